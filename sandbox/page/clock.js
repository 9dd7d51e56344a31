// The sandbox's clock at the top, and the two buttons that push it on.

import * as api from "./api.js";
import { nowOf } from "./moments.js";
import { announce } from "./notices.js";

const HOUR = 3600;
const DAY = 24 * HOUR;

export class SandboxClock {
  constructor(failed) {
    this.failed = failed;
    this.face = document.getElementById("now");
    document.getElementById("hour").addEventListener("click", () => this.#advance(HOUR));
    document.getElementById("day").addEventListener("click", () => this.#advance(DAY));
    setInterval(() => this.#tick(), 1000);
  }

  /** Goes by {now, offset}; without one it asks. */
  async follow(told) {
    try {
      this.#set(told?.now === undefined ? await api.clock() : told);
    } catch (error) {
      this.failed(error);
    }
  }

  async #advance(seconds) {
    try {
      this.#set(await api.advance(seconds));
      announce(this.face.textContent);
    } catch (error) {
      this.failed(error);
    }
  }

  #set({ now }) {
    this.ahead = now * 1000 - Date.now();
    this.#tick();
  }

  #tick() {
    if (this.ahead === undefined) return;
    const now = (Date.now() + this.ahead) / 1000;
    this.face.textContent = nowOf(now);
    this.face.dateTime = new Date(now * 1000).toISOString();
  }
}
