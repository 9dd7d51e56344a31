// One message as a bubble. An edit changes the same element, and whoever was at one of its buttons
// stays there.

import { fileAddress } from "./api.js";
import { icon, make } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboard.js";
import { timeOf } from "./moments.js";
import { direction, locale, word } from "./words.js";

const QUOTED = 120; // characters of a message that another one answers
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

function sizeOf(bytes) {
  const step = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)), UNITS.length - 1);
  const shape = { style: "unit", unit: UNITS[step], unitDisplay: "short", maximumFractionDigits: step ? 1 : 0 };
  return new Intl.NumberFormat(locale, shape).format(bytes / 1000 ** step);
}

function download(kind, fileId, name, ...children) {
  const label = word("download", { file: name });
  return make("a", { class: kind, href: fileAddress(fileId), download: name, "aria-label": label }, ...children);
}

function photo(sizes, caption) {
  const largest = sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const { file_id: id, width = false, height = false } = largest; // known sizes keep the page from jumping
  const picture = { src: fileAddress(id), alt: caption || word("photo"), width, height, decoding: "async" };
  return download("photo", id, word("photo"), make("img", picture));
}

function attachment(file) {
  const name = file.file_name || word("file");
  return download("file", file.file_id, name,
    make("span", { class: "file-mark" }, icon("file")),
    make("span", { class: "file-words" },
      make("bdi", { class: "file-name" }, name),
      file.file_size === undefined ? null : make("bdi", { class: "file-size" }, sizeOf(file.file_size))));
}

function quote(message) {
  const text = message.text ?? message.caption ?? word("file");
  const shortened = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  return make("p", { class: "quote", dir: "auto" }, icon("reply"), shortened);
}

function words(message, doing) {
  const text = message.text ?? message.caption;
  if (text === undefined) return null;
  const entities = message.entities ?? message.caption_entities;
  return make("div", { class: "text" }, formatted(text, entities, doing));
}

// Names and times carry directions of their own, so that the bubble takes its from what was said.
function stamp(message) {
  const moment = new Date(message.date * 1000).toISOString();
  return make("p", { class: "stamp", dir: direction(locale) },
    message.edit_date ? make("span", { class: "edited" }, `${word("edited")} `) : null,
    make("time", { datetime: moment }, timeOf(message.date)));
}

function content(message, doing, author) {
  const parts = [
    message.reply_to_message ? quote(message.reply_to_message) : null,
    message.photo?.length ? photo(message.photo, message.caption) : null,
    message.document ? attachment(message.document) : null,
    words(message, doing),
  ].filter(Boolean);
  if (!parts.length) parts.push(make("p", { class: "unshown" }, word("unshown")));
  return [make("span", { class: "unseen", dir: "auto" }, `${author}: `), ...parts, stamp(message)];
}

/** A bubble: `element` for the page, `show(message)` for its first and every later version. */
export class Bubble {
  constructor(message, doing, author) {
    this.doing = doing;
    this.author = author;
    this.balloon = make("div", { class: "balloon" });
    this.element = make("article", {
      class: `message ${message.from?.is_bot ? "theirs" : "own"}`, "data-id": message.message_id, tabindex: "-1",
    }, this.balloon);
    this.show(message);
  }

  show(message) {
    const before = this.message;
    this.message = message;
    const { reply_markup: keys, ...told } = message;
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const { reply_markup: keysBefore, ...toldBefore } = before ?? {};
    this.#keepingFocus(() => {
      if (!before || !same(told, toldBefore)) this.#showContent(message);
      if (!before || !same(keys?.inline_keyboard, keysBefore?.inline_keyboard)) this.#showKeys(keys?.inline_keyboard);
    });
  }

  /** Its direction is that of its words; without words it is the person's. */
  #showContent(message) {
    this.balloon.replaceChildren(...content(message, this.doing, this.author));
    if (message.text ?? message.caption) this.balloon.dir = "auto";
    else this.balloon.removeAttribute("dir");
  }

  #showKeys(keys) {
    this.keys?.remove();
    this.keys = keys?.length ? inlineKeyboard(keys, this.#doingHere()) : null;
    if (this.keys) this.element.append(this.keys);
  }

  #doingHere() {
    return { ...this.doing, tap: (what) => this.doing.tap(this.message.message_id, what) };
  }

  /** The same button, else the one in its place, else the first, else the bubble itself. */
  #keepingFocus(rebuild) {
    const held = this.element.contains(document.activeElement) ? document.activeElement : null;
    rebuild();
    if (!held || held.isConnected) return;
    const buttons = [...this.element.querySelectorAll("button.key:not(:disabled)")];
    const heir = buttons.find((button) => held.dataset.key !== undefined && button.dataset.key === held.dataset.key)
      ?? buttons.find((button) => button.dataset.place === held.dataset.place)
      ?? buttons[0] ?? this.element;
    heir.focus({ preventScroll: true });
  }
}
