// The two kinds of keyboards that a bot sends: under a message, and in place of the person's own.

import { icon, make } from "./dom.js";
import { safeAddress } from "./entities.js";
import { word } from "./words.js";

const STYLES = new Set(["primary", "success", "danger"]);

function key(button, place, attributes, ...marks) {
  const style = STYLES.has(button.style) ? ` ${button.style}` : "";
  return make("button", { type: "button", class: `key${style}`, dir: "auto", "data-place": place, ...attributes },
    make("span", { class: "key-text" }, button.text), ...marks);
}

async function whileBusy(element, work) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}

function urlKey(button, place, doing) {
  const address = safeAddress(button.url);
  if (address === null) return key(button, place, { disabled: true });
  const opened = () => doing.open(address) || window.open(address, "_blank", "noopener,noreferrer");
  return key(button, place, { title: address, onclick: opened }, icon("open"));
}

function inlineKey(button, place, doing) {
  if (button.callback_data !== undefined) {
    const { callback_data: data } = button;
    const tapped = (event) => whileBusy(event.currentTarget, () => doing.tap({ callback_data: data }));
    return key(button, place, { "data-key": data, onclick: tapped });
  }
  if (button.url !== undefined) return urlKey(button, place, doing);
  if (button.copy_text) {
    return key(button, place, { onclick: () => doing.copy(button.copy_text.text) }, icon("copy"));
  }
  return key(button, place, { disabled: true, title: word("keyNotHere") });
}

function rows(keys, makeKey) {
  return keys.map((row, r) => make("div", { class: "key-row" }, row.map((button, c) => makeKey(button, `${r}/${c}`))));
}

/** The buttons under a message; `doing` has tap({callback_data}), open(address) and copy(text). */
export function inlineKeyboard(keys, doing) {
  return make("div", { class: "inline-keyboard", role: "group", "aria-label": word("buttons") },
    rows(keys, (button, place) => inlineKey(button, place, doing)));
}

/** The buttons above the input; press(text) says what a button says. */
export function replyKeyboard(keys, press) {
  const replyKey = (given, place) => {
    const button = typeof given === "string" ? { text: given } : given;
    const asksForMore = Object.keys(button).some((name) => name.startsWith("request_") || name === "web_app");
    if (asksForMore) return key(button, place, { disabled: true, title: word("keyNotHere") });
    return key(button, place, { onclick: (event) => whileBusy(event.currentTarget, () => press(button.text)) });
  };
  const named = { class: "reply-keyboard", role: "group", "aria-label": word("keyboard") };
  return make("div", named, rows(keys, replyKey));
}

/**
 * The reply keyboard that the messages leave in force: {keys, message, placeholder, used} or null.
 * A later keyboard replaces an earlier one, remove_keyboard takes it away.
 */
export function keyboardInForce(messages) {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const markup = messages[index].reply_markup;
    if (markup?.remove_keyboard) return null;
    if (!markup?.keyboard) continue;
    const { keyboard: keys, one_time_keyboard: once, input_field_placeholder: placeholder } = markup;
    const used = Boolean(once) && messages.slice(index + 1).some((later) => !later.from?.is_bot);
    return { keys, message: messages[index].message_id, placeholder, used };
  }
  return null;
}
