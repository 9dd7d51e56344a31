// The menu of the bot's commands, asked anew whenever it is opened.

import { make } from "./dom.js";
import { direction, locale, word } from "./words.js";

export class CommandMenu {
  /** `ask()` resolves to [{command, description}]; `say(text)` sends the chosen one. */
  constructor({ ask, say, failed }) {
    Object.assign(this, { ask, say, failed });
    this.list = make("div", { class: "command-menu", role: "menu", "aria-label": word("commands"), hidden: true });
    this.button = make("button", {
      type: "button", class: "tool slash", "aria-haspopup": "menu", "aria-expanded": "false",
      "aria-label": word("commands"), title: word("commands"), onclick: () => this.toggle(),
    }, make("span", { "aria-hidden": "true" }, "/"));
    this.list.addEventListener("keydown", (event) => this.#keyed(event));
    this.outside = (event) => !this.list.contains(event.target) && !this.button.contains(event.target) && this.close();
  }

  toggle() {
    if (this.list.hidden) this.#open();
    else this.close();
  }

  close() {
    if (this.list.hidden) return;
    if (this.list.contains(document.activeElement)) this.button.focus();
    this.list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", this.outside);
  }

  async #open() {
    let commands;
    try {
      commands = await this.ask();
    } catch (error) {
      this.failed(error);
      return;
    }
    this.#fill(commands);
    this.list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", this.outside);
    this.#items()[0]?.focus();
  }

  #fill(commands) {
    const items = commands.map(({ command, description }) =>
      make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => this.#choose(command) },
        make("span", { class: "command-name", dir: "ltr" }, `/${command}`),
        make("span", { class: "command-about", dir: "auto" }, description)));
    this.list.replaceChildren(...(items.length ? items : [make("p", { dir: direction(locale) }, word("noCommands"))]));
  }

  #choose(command) {
    this.close();
    this.say(`/${command}`);
  }

  #items() {
    return [...this.list.querySelectorAll("[role=menuitem]")];
  }

  #keyed(event) {
    const items = this.#items();
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items.at(to % items.length)?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      this.close();
    }
  }
}
