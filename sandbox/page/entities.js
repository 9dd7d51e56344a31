// A message's text with Telegram's entities as nodes. Offsets count UTF-16 units, as JavaScript's
// own strings do.

import { make } from "./dom.js";
import { word } from "./words.js";

const SAFE_PROTOCOLS = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);
const PLAIN_TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** The address if it is one that a page may safely open, otherwise null. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE_PROTOCOLS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(address, children, open) {
  const safe = safeAddress(address);
  if (safe === null) return make("span", {}, children);
  const opened = (event) => open?.(safe) && event.preventDefault();
  return make("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick: opened }, children);
}

function spoiler(children) {
  const cover = make("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": word("revealSpoiler"),
  }, make("span", { class: "covered" }, children));
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (cover.classList.contains("revealed")) return;
    event.preventDefault();
    cover.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  };
  cover.addEventListener("click", reveal);
  cover.addEventListener("keydown", reveal);
  return cover;
}

function preformatted(entity, children) {
  const language = entity.language ? { "data-language": entity.language } : {};
  return make("pre", { dir: "auto", tabindex: "0", ...language }, make("code", {}, children));
}

function command(raw, children, doing) {
  const tapped = () => doing.say?.(raw);
  return make("button", { type: "button", class: "command", dir: "ltr", onclick: tapped }, children);
}

function wrap(entity, raw, children, doing) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return make(tag, {}, children);
  switch (entity.type) {
    case "spoiler": return spoiler(children);
    case "pre": return preformatted(entity, children);
    case "text_link": return link(entity.url, children, doing.open);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `https://${raw}`, children, doing.open);
    case "email": return link(`mailto:${raw}`, children);
    case "phone_number": return link(`tel:${raw.replace(/[^+\d]/g, "")}`, children);
    case "bot_command": return command(raw, children, doing);
    default: return make("span", { class: "marked" }, children);
  }
}

/**
 * The nodes of a text. `doing.say(text)` sends a tapped command; `doing.open(address)` may open an
 * address in its own way and then returns true.
 */
export function formatted(text, entities = [], doing = {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, ordered, doing);
}

function between(text, from, to, entities, doing) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < end) next += 1;
    if (entity.offset >= at && end > entity.offset) {
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const inner = between(text, entity.offset, end, entities.slice(index + 1, next), doing);
      nodes.push(wrap(entity, text.slice(entity.offset, end), inner, doing));
      at = end;
    }
    index = next;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}
