// Dark or light: as the system has it, unless someone here has said otherwise.

import { recall, remember } from "./memory.js";

const system = window.matchMedia("(prefers-color-scheme: dark)");
let chosen = recall("theme", null);

function show(button) {
  const dark = chosen ? chosen === "dark" : system.matches;
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  button.setAttribute("aria-checked", String(dark));
}

function choose(dark) {
  const named = dark ? "dark" : "light";
  chosen = dark === system.matches ? null : named; // what agrees with the system follows it on
  remember("theme", chosen);
}

/** Lets a switch choose. */
export function chooseTheme(button) {
  button.addEventListener("click", () => {
    choose(button.getAttribute("aria-checked") !== "true");
    show(button);
  });
  system.addEventListener("change", () => show(button));
  show(button);
}
