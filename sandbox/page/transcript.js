// A conversation as it stands: bubbles under their days, in order, following the newest unless the
// reader has scrolled up.

import { Bubble } from "./bubble.js";
import { icon, make } from "./dom.js";
import { dayOf } from "./moments.js";
import { word } from "./words.js";

const NEAR = 48; // pixels from the end that still count as being at the end

const dayKey = (seconds) => {
  const day = new Date(seconds * 1000);
  return day.getFullYear() * 10000 + day.getMonth() * 100 + day.getDate();
};

export class Transcript {
  /** `authorOf(message)` names who speaks; `onNews()` is told of the bot's new messages. */
  constructor({ person, doing, authorOf, onNews }) {
    this.doing = doing;
    this.authorOf = authorOf;
    this.onNews = onNews;
    this.bubbles = new Map();
    this.days = new Map();
    this.atEnd = true;
    this.restedAt = 0; // where following the newest last left the scroll bar
    this.#build(person);
  }

  #build(person) {
    this.list = make("div", { class: "days" });
    this.log = make("div", {
      class: "log", role: "log", "aria-live": "polite", "aria-label": word("messages", { name: person.first_name }),
      lang: person.language_code || "", tabindex: "0",
    }, this.list);
    this.newest = make("button", { type: "button", class: "newest", hidden: true, onclick: () => this.toEnd() },
      icon("down"), word("newMessages"));
    this.element = make("div", { class: "transcript" }, this.log, this.newest);
    this.log.addEventListener("scroll", () => this.#scrolled());
    const grown = new ResizeObserver(() => this.#resized());
    grown.observe(this.log);
    grown.observe(this.list);
  }

  get empty() {
    return this.bubbles.size === 0;
  }

  /** The messages in force, oldest first. */
  get messages() {
    return [...this.bubbles.values()].map((bubble) => bubble.message).sort((a, b) => a.message_id - b.message_id);
  }

  /** Shows exactly these messages: what is not among them has been deleted. */
  showAll(messages) {
    this.log.setAttribute("aria-busy", "true"); // a whole history is not read aloud
    const first = this.empty;
    const told = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.bubbles.keys()]) if (!told.has(id)) this.remove(id);
    for (const message of messages) this.put(message, { quietly: first });
    this.log.removeAttribute("aria-busy");
  }

  /** A new message, or a new version of one. */
  put(message, { quietly = false } = {}) {
    const known = this.bubbles.get(message.message_id);
    if (known) {
      known.show(message);
      return;
    }
    const bubble = new Bubble(message, this.doing, this.authorOf(message));
    if (!quietly) bubble.element.classList.add("fresh");
    this.bubbles.set(message.message_id, bubble);
    this.#place(bubble);
    if (!quietly) this.#tellOf(message);
  }

  #tellOf(message) {
    if (!message.from?.is_bot) {
      this.toEnd();
      return;
    }
    if (this.following) this.toEnd();
    else this.newest.hidden = false;
    this.onNews();
  }

  remove(id) {
    const bubble = this.bubbles.get(id);
    if (!bubble) return;
    const held = bubble.element.contains(document.activeElement);
    const neighbour = this.#after(bubble) ?? this.log;
    this.bubbles.delete(id);
    const day = bubble.element.parentElement;
    bubble.element.remove();
    if (!day.querySelector(".message")) this.#removeDay(day);
    if (held) neighbour.focus({ preventScroll: true });
  }

  clear() {
    this.bubbles.clear();
    this.days.clear();
    this.list.replaceChildren();
    this.newest.hidden = true;
    this.atEnd = true;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.restedAt = this.log.scrollTop;
    this.atEnd = true;
    this.newest.hidden = true;
  }

  /** Whether the reader is at the end; scrolling up counts at once, before the browser tells of it. */
  get following() {
    const untouched = !this.#onScreen || this.log.scrollTop >= this.restedAt - NEAR;
    return this.#nearEnd || (this.atEnd && untouched);
  }

  get #onScreen() {
    return this.log.clientHeight > 0;
  }

  get #nearEnd() {
    return this.#onScreen && this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  #scrolled() {
    if (!this.#onScreen) return; // nobody scrolls what is not there
    this.atEnd = this.following;
    if (this.atEnd) this.newest.hidden = true;
  }

  /** More to read or less room; a column that comes back on screen is where it was left. */
  #resized() {
    const back = this.#onScreen && !this.wasOnScreen;
    this.wasOnScreen = this.#onScreen;
    if (back ? this.atEnd : this.following) this.toEnd();
  }

  #after(bubble) {
    const all = [...this.list.querySelectorAll(".message")];
    const at = all.indexOf(bubble.element);
    return all[at + 1] ?? all[at - 1];
  }

  #place(bubble) {
    const day = this.#dayOf(bubble.message.date);
    let earlier = day.lastElementChild;
    while (Number(earlier.dataset.id ?? 0) > bubble.message.message_id) earlier = earlier.previousElementSibling;
    earlier.after(bubble.element);
  }

  #dayOf(seconds) {
    const key = dayKey(seconds);
    if (!this.days.has(key)) this.days.set(key, this.#addDay(key, seconds));
    return this.days.get(key);
  }

  #addDay(key, seconds) {
    const heading = make("h3", { class: "day-name", dir: "auto" }, dayOf(seconds));
    const day = make("section", { class: "day", "data-day": key }, heading);
    const next = [...this.list.children].find((other) => Number(other.dataset.day) > key) ?? null;
    this.list.insertBefore(day, next);
    return day;
  }

  #removeDay(day) {
    this.days.delete(Number(day.dataset.day));
    day.remove();
  }
}
