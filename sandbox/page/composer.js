// Where a person writes: text, a file, a command, or a button of the bot's keyboard.

import { CommandMenu } from "./commands.js";
import { icon, make } from "./dom.js";
import { replyKeyboard } from "./keyboard.js";
import { direction, locale, word } from "./words.js";

const tool = (name, label, onclick) =>
  make("button", { type: "button", class: "tool", "aria-label": word(label), title: word(label), onclick }, icon(name));

export class Composer {
  /**
   * `doing` has say(text), sendFile(file, caption) and press(messageId, text), which resolve to true
   * where the sandbox agreed, and unblock(), commands() and failed(error).
   */
  constructor(person, doing) {
    this.person = person;
    this.doing = doing;
    this.menu = new CommandMenu({ ask: doing.commands, say: doing.say, failed: doing.failed });
    this.#buildInput();
    this.keys = make("div", { class: "reply-place" });
    this.attachment = make("div", { class: "attachment", hidden: true });
    const row = make("div", { class: "composer-row" },
      this.menu.button, this.attach, this.chooser, this.input, this.keysToggle, this.send);
    const submitted = (event) => this.#submitted(event);
    this.form = make("form", { class: "composer", onsubmit: submitted }, this.attachment, row);
    this.refusal = make("div", { class: "blocked-note", hidden: true },
      make("p", { dir: direction(locale) }, word("blocked", { name: person.first_name })),
      make("button", { type: "button", class: "strong", onclick: doing.unblock }, word("unblock")));
    this.element = make("footer", { class: "writing" }, this.menu.list, this.keys, this.form, this.refusal);
    this.#acceptDrops();
  }

  #buildInput() {
    this.input = make("textarea", {
      rows: "1", dir: "auto", lang: this.person.language_code || "", placeholder: word("write"),
      "aria-label": word("writeAs", { name: this.person.first_name }), enterkeyhint: "send",
      oninput: () => this.#fit(), onkeydown: (event) => this.#keyed(event), onpaste: (event) => this.#pasted(event),
    });
    this.chooser = make("input", { type: "file", hidden: true, onchange: () => this.#take(this.chooser.files[0]) });
    this.attach = tool("attach", "attach", () => this.chooser.click());
    this.send = make("button", { class: "tool send", "aria-label": word("send"), title: word("send") }, icon("send"));
    this.keysToggle = tool("keys", "keyboard", () => this.#toggleKeys());
    this.keysToggle.hidden = true;
  }

  /** Someone who has blocked the bot does not write to it. */
  showBlocked(blocked) {
    this.form.hidden = blocked;
    this.keys.classList.toggle("away", blocked);
    this.refusal.hidden = !blocked;
  }

  /** Shows the reply keyboard in force ({keys, message, placeholder, used}) or none (null). */
  showKeyboard(inForce) {
    const told = JSON.stringify(inForce);
    if (told === this.keysTold) return;
    this.keysTold = told;
    this.input.placeholder = inForce?.placeholder || word("write");
    const held = this.keys.contains(document.activeElement);
    const press = (text) => this.doing.press(inForce.message, text);
    this.keys.replaceChildren(...(inForce ? [replyKeyboard(inForce.keys, press)] : []));
    this.keysToggle.hidden = !inForce;
    this.#openKeys(Boolean(inForce) && !inForce.used);
    if (held) (this.keys.querySelector("button") ?? this.input).focus({ preventScroll: true });
  }

  #toggleKeys() {
    this.#openKeys(this.keys.hidden);
  }

  #openKeys(open) {
    this.keys.hidden = !open;
    this.keysToggle.setAttribute("aria-expanded", String(open));
  }

  #keyed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  #pasted(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    this.#take(file);
  }

  #acceptDrops() {
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#take(event.dataTransfer?.files[0]);
    });
  }

  #take(file) {
    this.file = file ?? null;
    this.chooser.value = "";
    this.attachment.hidden = !file;
    if (!file) return;
    this.attachment.replaceChildren(icon("file"), make("bdi", {}, file.name), tool("close", "detach", () => {
      this.#take(null);
      this.attach.focus();
    }));
    this.input.focus();
  }

  async #submitted(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    const file = this.file;
    if (!text && !file) return;
    this.#write("");
    this.#take(null);
    const sent = await (file ? this.doing.sendFile(file, text) : this.doing.say(text));
    if (sent) return;
    if (!this.input.value) this.#write(text); // refused: nothing of it is lost
    if (file && !this.file) this.#take(file);
  }

  #write(text) {
    this.input.value = text;
    this.#fit();
  }

  #fit() {
    this.input.style.height = "auto";
    const borders = this.input.offsetHeight - this.input.clientHeight;
    this.input.style.height = `${this.input.scrollHeight + borders}px`;
  }
}
