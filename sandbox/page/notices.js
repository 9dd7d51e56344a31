// What is said beside the conversation: toasts in a column, alerts above everything.

import { make } from "./dom.js";

/** A place in a column where toasts appear for as long as they take to read. */
export class Toasts {
  constructor() {
    this.element = make("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  show(text) {
    const toast = make("p", { class: "toast", dir: "auto" }, text);
    this.element.append(toast);
    setTimeout(() => toast.remove(), Math.max(4000, text.length * 70));
  }
}

const waiting = [];

/** An alert that must be confirmed; several wait for one another. */
export function alertOf(from, text, language) {
  waiting.push({ from, text, language });
  const dialog = document.getElementById("alert");
  if (!dialog.open) showNext(dialog);
}

function showNext(dialog) {
  const next = waiting.shift();
  if (!next) return;
  document.getElementById("alert-from").textContent = next.from;
  const words = document.getElementById("alert-text");
  words.textContent = next.text;
  words.lang = next.language;
  dialog.addEventListener("close", () => showNext(dialog), { once: true });
  dialog.showModal();
}

/** Says something to those who listen to the page rather than see it. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
