// One person's phone: their conversation with the bot, as a column.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { badge, icon, make } from "./dom.js";
import { safeAddress } from "./entities.js";
import { Line } from "./events.js";
import { keyboardInForce } from "./keyboard.js";
import { alertOf, Toasts } from "./notices.js";
import { Transcript } from "./transcript.js";
import { direction, languageName, locale, word } from "./words.js";

const TYPING = 5000; // milliseconds that Telegram shows a chat action for

export class Chat {
  /** `page` has bot(), onNews(id), onClock(clock), onReset(), hide(id) and blockedChanged(). */
  constructor(person, page) {
    Object.assign(this, { person, page, bot: page.bot() });
    this.toasts = new Toasts();
    this.transcript = new Transcript({
      person, doing: this.#doing(),
      authorOf: (message) => (message.from?.is_bot ? page.bot().first_name : person.first_name),
      onNews: () => page.onNews(person.id),
    });
    this.composer = new Composer(person, this.#doing());
    this.#build();
    this.show(person);
    this.line = new Line(person.id, { on: (kind, data) => this.#hear(kind, data), sync: () => this.#sync() });
  }

  #build() {
    const { first_name: name, language_code: language, username, id } = this.person;
    this.switch = make("button", {
      type: "button", class: "tool block", role: "switch", "aria-label": word("blocking"), title: word("blocking"),
      onclick: () => this.#setBlocked(!this.person.blocked),
    }, icon("block"));
    const about = make("p", { class: "person-about" }, make("bdi", { lang: language || "" }, languageName(language)),
      ...(username ? [" · ", make("bdi", { class: "username" }, `@${username}`)] : []));
    const words = make("div", { class: "person-words" }, make("h2", { dir: "auto" }, name), about);
    const hiding = word("hide", { name });
    const hide = make("button", {
      type: "button", class: "tool hide", "aria-label": hiding, title: hiding, onclick: () => this.page.hide(id),
    }, icon("close"));
    const header = make("header", { class: "person" }, badge(name, id), words, this.switch, hide);
    this.typing = make("p", { class: "typing", dir: direction(locale), hidden: true });
    this.greeting = make("div", { class: "greeting", hidden: true });
    this.transcript.log.prepend(this.greeting);
    this.transcript.log.append(this.typing);
    this.transcript.element.append(this.toasts.element);
    this.element = make("section", {
      class: "column", id: `person-${id}`, dir: direction(language), "aria-label": word("conversation", { name }),
    }, header, this.transcript.element, this.composer.element);
  }

  /** The person as they are now. */
  show(person) {
    this.person = person;
    this.switch.setAttribute("aria-checked", String(Boolean(person.blocked)));
    this.element.classList.toggle("blocked", Boolean(person.blocked));
    this.composer.showBlocked(Boolean(person.blocked));
  }

  /** The bot may have changed what it says of itself, which an empty conversation shows. */
  async refreshGreeting() {
    if (!this.greeted || !this.transcript.empty) return;
    this.bot = await api.bot(this.person.language_code ?? "").catch(() => this.bot);
    this.#greet();
  }

  close() {
    this.line.close();
    this.element.remove();
  }

  #doing() {
    const id = this.person.id;
    return {
      say: (text) => this.#try(() => api.say(id, text)),
      sendFile: (file, caption) => this.#try(() => api.sendFile(id, file, caption)),
      press: (message, text) => this.#try(() => api.tap(id, message, { text })),
      tap: (message, what) => this.#try(() => this.#tap(message, what)),
      commands: () => api.commands(id),
      unblock: () => this.#setBlocked(false),
      open: (address) => this.#open(address),
      copy: (text) => this.#copy(text),
      failed: (error) => this.#failed(error),
    };
  }

  /** Does something at the sandbox; true if it agreed, otherwise people read why not. */
  async #try(work) {
    try {
      await work();
      this.line.nudge();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  #failed(error) {
    if (!(error instanceof api.Refusal)) throw error;
    this.toasts.show(error.message || word("offline"));
  }

  async #tap(message, what) {
    const { answer } = await api.tap(this.person.id, message, what);
    if (answer === null) this.toasts.show(word("noAnswer"));
    else if (!this.line.live) this.#answered(answer);
    const address = answer?.url ? safeAddress(answer.url) : null;
    if (address !== null) this.#open(address) || window.open(address, "_blank", "noopener,noreferrer");
  }

  #answered({ text, show_alert: alerting }) {
    if (!text) return;
    const between = `${this.page.bot().first_name} → ${this.person.first_name}`;
    if (alerting) alertOf(between, text, this.person.language_code || "");
    else this.toasts.show(text);
  }

  /** A deep link to this very bot presses its Start button; true if it was one. */
  #open(address) {
    const url = new URL(address);
    const web = ["t.me", "telegram.me"].includes(url.hostname);
    const name = web ? url.pathname.slice(1) : url.protocol === "tg:" && url.searchParams.get("domain");
    if (!name || name.toLowerCase() !== this.page.bot().username?.toLowerCase()) return false;
    this.#try(() => api.start(this.person.id, url.searchParams.get("start")));
    return true;
  }

  async #copy(text) {
    await navigator.clipboard?.writeText(text);
    this.toasts.show(word("copied"));
  }

  async #setBlocked(blocked) {
    const agreed = await this.#try(() => (blocked ? api.block : api.unblock)(this.person.id));
    if (!agreed) return;
    const held = this.composer.element.contains(document.activeElement);
    this.show({ ...this.person, blocked });
    if (held && !blocked) this.composer.input.focus();
    this.page.blockedChanged();
  }

  /** Fetches the whole conversation; what is told meanwhile waits and comes after it. */
  async #sync() {
    if (this.waiting) return;
    this.waiting = [];
    try {
      this.transcript.showAll(await api.messages(this.person.id));
      this.greeted = true;
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error; // the page says that the line is down
    } finally {
      const meanwhile = this.waiting;
      this.waiting = null;
      for (const [kind, data] of meanwhile) this.#hear(kind, data);
    }
    this.#settled();
  }

  #hear(kind, data) {
    if (this.waiting && ["message", "edit", "delete", "reset"].includes(kind)) {
      this.waiting.push([kind, data]);
      return;
    }
    const heard = {
      message: () => this.#said(data), edit: () => this.transcript.put(data),
      delete: () => this.transcript.remove(data.message_id),
      toast: () => this.#answered(data), chat_action: () => this.#typing(), commands: () => this.refreshGreeting(),
      clock: () => this.page.onClock(data), reset: () => this.#reset(),
    };
    heard[kind]();
    this.#settled();
  }

  #said(message) {
    if (message.from?.is_bot) this.#stopTyping();
    this.transcript.put(message);
  }

  #reset() {
    this.transcript.clear();
    this.page.onReset();
  }

  #typing() {
    const { following } = this.transcript;
    this.typing.textContent = word("typing", { bot: this.page.bot().first_name });
    this.typing.hidden = false;
    if (following) this.transcript.toEnd();
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.#stopTyping(), TYPING);
  }

  #stopTyping() {
    clearTimeout(this.typingEnds);
    this.typing.hidden = true;
  }

  #settled() {
    this.composer.showKeyboard(keyboardInForce(this.transcript.messages));
    const starting = Boolean(this.greeted) && this.transcript.empty;
    if (this.greeting.hidden !== starting) return;
    this.greeting.hidden = !starting;
    if (starting) this.refreshGreeting();
  }

  #greet() {
    const told = JSON.stringify(this.bot);
    if (told === this.greetingTold) return;
    this.greetingTold = told;
    const begin = () => this.#try(() => api.start(this.person.id)).then(() => this.composer.input.focus());
    this.greeting.replaceChildren(
      badge(this.bot.first_name, this.bot.id),
      make("h3", { dir: "auto" }, this.bot.description ? word("welcome") : this.bot.first_name),
      make("p", { dir: "auto" }, this.bot.description ?? ""),
      make("button", { type: "button", class: "strong start", onclick: begin }, word("start")));
  }
}
