// What happens to a person, told live. A browser keeps only six connections to a server, for all
// its tabs together; so at most four conversations stream, the others ask every two seconds, and
// a stream that becomes free is taken over.

import { eventsAddress } from "./api.js";

const STREAMS = 4;
const ASK_AGAIN = 2000; // milliseconds
const KINDS = ["message", "edit", "delete", "toast", "chat_action", "commands", "reset", "clock"];

const ownSlots = new Set();

/** Resolves to a function that frees the stream again, or to null where all are taken. */
async function takeStream() {
  for (let slot = 0; slot < STREAMS; slot += 1) {
    const free = navigator.locks ? await takeShared(slot) : takeOwn(slot);
    if (free) return free;
  }
  return null;
}

function takeOwn(slot) {
  if (ownSlots.has(slot)) return null;
  ownSlots.add(slot);
  return () => ownSlots.delete(slot);
}

/** Locks are common to all tabs of the page; the browser frees them when a tab goes. */
function takeShared(slot) {
  return new Promise((taken) => {
    navigator.locks.request(`chat-page-stream-${slot}`, { ifAvailable: true }, (lock) => {
      if (!lock) return taken(null);
      return new Promise((free) => taken(free));
    });
  });
}

/** A line to one person's events: `on(kind, data)` hears them, `sync()` is asked to fetch anew. */
export class Line {
  constructor(person, { on, sync }) {
    this.person = person;
    this.on = on;
    this.sync = sync;
    this.source = null;
    this.closed = false;
    this.seen = () => (document.hidden ? this.#hangUp() : this.#connect());
    document.addEventListener("visibilitychange", this.seen);
    this.#connect();
  }

  /** Whether events come by themselves. */
  get live() {
    return this.source !== null;
  }

  /** Something was done: what came of it is fetched where it does not come by itself. */
  nudge() {
    if (!this.live) this.sync();
  }

  close() {
    this.closed = true;
    document.removeEventListener("visibilitychange", this.seen);
    this.#hangUp();
  }

  async #connect() {
    clearTimeout(this.again);
    if (this.closed || this.source || this.connecting) return;
    this.connecting = true;
    const free = await takeStream();
    this.connecting = false;
    if (this.closed || document.hidden) free?.();
    else if (free) this.#stream(free);
    else this.#askAgain();
  }

  #stream(free) {
    this.free = free;
    this.source = new EventSource(eventsAddress(this.person));
    this.source.addEventListener("open", () => this.sync()); // also after every break
    this.source.addEventListener("error", () => this.source?.readyState === EventSource.CLOSED && this.#lost());
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) => this.on(kind, event.data ? JSON.parse(event.data) : null));
    }
  }

  /** The browser has given up (the server answered, but not with events): try again later. */
  #lost() {
    this.#hangUp();
    this.again = setTimeout(() => this.#connect(), ASK_AGAIN);
  }

  #askAgain() {
    this.sync();
    this.again = setTimeout(() => this.#connect(), ASK_AGAIN);
  }

  #hangUp() {
    clearTimeout(this.again);
    this.source?.close();
    this.source = null;
    this.free?.();
    this.free = null;
  }
}
