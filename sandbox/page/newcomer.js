// The form that brings a new person onto this Telegram.

import * as api from "./api.js";
import { make } from "./dom.js";
import { LANGUAGES } from "./texts.js";
import { locale, word } from "./words.js";

/** Opens by its button; `added(id)` is told who came. */
export function welcomeNewcomers(added) {
  const dialog = document.getElementById("newcomer");
  const form = dialog.querySelector("form");
  const refused = form.querySelector(".refused");
  const languages = form.elements.language_code;
  const option = ([code, name]) => make("option", { value: code, lang: code }, name);
  languages.append(...Object.entries(LANGUAGES).map(option));

  document.getElementById("open-newcomer").addEventListener("click", () => {
    form.reset();
    languages.value = locale.split("-")[0].toLowerCase();
    refused.textContent = "";
    dialog.showModal();
  });
  document.getElementById("newcomer-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { id } = await api.addPerson(described(form));
      dialog.close();
      await added(id);
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      refused.textContent = error.message || word("offline");
    }
  });
}

function described(form) {
  const { first_name: name, language_code: language, username } = Object.fromEntries(new FormData(form));
  const person = { first_name: name.trim(), language_code: language };
  return username ? { ...person, username } : person;
}
