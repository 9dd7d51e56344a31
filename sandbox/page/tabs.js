// In a narrow window there is room for one person at a time: a bar of tabs says who.

import { badge, make } from "./dom.js";
import { word } from "./words.js";

const dot = () => make("span", { class: "dot", role: "img", "aria-label": word("unread") });

export class Tabs {
  constructor(columns) {
    this.columns = columns;
    this.bar = document.getElementById("tabs");
    this.unread = new Set();
    this.bar.addEventListener("keydown", (event) => this.#keyed(event));
  }

  show(people) {
    this.people = people;
    if (!people.some((person) => person.id === this.current)) this.current = people[0]?.id;
    this.#fill();
  }

  select(id) {
    this.current = id;
    this.unread.delete(id);
    this.#fill();
  }

  /** Someone else's conversation has news: a dot, until it is looked at. */
  mark(id) {
    if (id === this.current || this.unread.has(id)) return;
    this.unread.add(id);
    this.#fill();
  }

  #fill() {
    const held = this.bar.contains(document.activeElement);
    this.bar.replaceChildren(...this.people.map((person) => this.#tab(person)));
    for (const column of this.columns.children) {
      column.classList.toggle("current", column.id === `person-${this.current}`);
    }
    const selected = this.bar.querySelector("[aria-selected=true]");
    if (held) selected?.focus();
    selected?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  #tab({ id, first_name: name }) {
    const selected = id === this.current;
    return make("button", {
      type: "button", class: "tab", role: "tab", "data-id": id, "aria-controls": `person-${id}`,
      "aria-selected": String(selected), tabindex: selected ? "0" : "-1", onclick: () => this.select(id),
    }, badge(name, id), make("bdi", {}, name), this.unread.has(id) ? dot() : null);
  }

  #keyed(event) {
    const rightward = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: rightward, ArrowLeft: -rightward }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.people.findIndex((person) => person.id === this.current);
    this.select(this.people.at((at + step) % this.people.length).id);
  }
}
