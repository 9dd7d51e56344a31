// Which language the page speaks, and its sentences in it.

import { LANGUAGES, TEXTS } from "./texts.js";

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

const base = (tag) => tag.toLowerCase().split("-")[0];

/** The first of the browser's languages that the page speaks, whole ("de-AT"); English if none. */
export const locale = (navigator.languages ?? [navigator.language]).find((tag) => base(tag) in TEXTS) ?? "en";

/** "rtl" or "ltr", by a language tag. */
export const direction = (tag) => (RIGHT_TO_LEFT.has(base(tag ?? "")) ? "rtl" : "ltr");

/** A word or sentence of the page; inserted names are isolated, so that no script turns another. */
export function word(key, inserted = {}) {
  return TEXTS[base(locale)][key].replace(/\{(\w+)\}/g, (_, name) => `\u2068${inserted[name]}\u2069`);
}

/** Sets the document's language and direction and fills in the words that index.html names. */
export function speak() {
  document.documentElement.lang = locale;
  document.documentElement.dir = direction(locale);
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button")) element.title = word(element.dataset.label);
  }
}

/** A language's own name, or its code where the page does not know it. */
export const languageName = (tag) => LANGUAGES[base(tag ?? "")] ?? tag ?? "";
