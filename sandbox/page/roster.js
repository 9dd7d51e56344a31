// Who is on this Telegram, and whose conversations are shown: the first four, until someone
// chooses otherwise.

import { badge, make } from "./dom.js";
import { recall, remember } from "./memory.js";
import { languageName } from "./words.js";

const AT_FIRST = 4;

export class Roster {
  /** `changed()` is told whenever someone has chosen. */
  constructor(changed) {
    this.changed = changed;
    this.people = [];
    this.chosen = recall("shown", {});
    this.list = document.getElementById("roster");
    this.#placePicker();
  }

  /** Takes everybody in; true if anything about them is new. */
  update(people) {
    const told = JSON.stringify(people);
    if (told === this.told) return false;
    this.told = told;
    this.people = people;
    this.#fill();
    return true;
  }

  /** The people whose conversations are shown, in order. */
  get shown() {
    let places = AT_FIRST - this.people.filter((person) => this.chosen[person.id] === true).length;
    return this.people.filter((person) => this.chosen[person.id] ?? places-- > 0);
  }

  choose(id, shown) {
    // Those shown so far are chosen with it: hiding one must not bring in another.
    const sofar = Object.fromEntries(this.shown.map((person) => [person.id, true]));
    this.chosen = { ...this.chosen, ...sofar, [id]: shown };
    remember("shown", this.chosen);
    this.#fill();
    this.changed();
  }

  #fill() {
    const shown = new Set(this.shown.map((person) => person.id));
    document.getElementById("shown-count").textContent = `${shown.size}/${this.people.length}`;
    const held = document.activeElement?.closest?.("#roster input")?.value;
    this.list.replaceChildren(...this.people.map((person) => this.#entry(person, shown.has(person.id))));
    if (held) this.list.querySelector(`input[value="${CSS.escape(held)}"]`)?.focus();
  }

  #entry(person, shown) {
    const chosen = () => this.choose(person.id, box.checked);
    const box = make("input", { type: "checkbox", value: String(person.id), onchange: chosen });
    box.checked = shown;
    return make("li", {}, make("label", {}, box, badge(person.first_name, person.id),
      make("bdi", { class: "roster-name" }, person.first_name),
      make("bdi", { class: "roster-language" }, languageName(person.language_code))));
  }

  #placePicker() {
    const picker = document.getElementById("picker");
    const button = document.getElementById("open-picker");
    picker.addEventListener("beforetoggle", (event) => {
      if (event.newState !== "open") return;
      const { bottom, left, right } = button.getBoundingClientRect();
      picker.style.setProperty("--top", `${bottom + 8}px`);
      const end = document.documentElement.dir === "rtl" ? left : window.innerWidth - right;
      picker.style.setProperty("--end", `${Math.max(end, 8)}px`);
    });
  }
}
