// Elements are built node by node: what people and bots write is only ever text, never markup.

/** An element with attributes (false and null are left out), listeners (on…) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const STROKES = {
  attach: "M20 11.5 12.4 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  down: "M12 5v13M6 12.5l6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  open: "M8 16 17 7M9.5 7H17v7.5",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  keys: "M3 6.5h18v11H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  reply: "M10 7 5 12l5 5M5 12h9a5 5 0 0 1 5 5",
};

/** A small line drawing that says nothing by itself: its button carries the label. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", `icon icon-${name}`);
  const stroke = document.createElementNS(space, "path");
  stroke.setAttribute("d", STROKES[name]);
  drawing.append(stroke);
  return drawing;
}

/** A round badge with initials, in a colour that stays the same for the same id. */
export function badge(name, id) {
  const initials = (name || "?").trim().split(/\s+/u).slice(0, 2).map((word) => [...word][0] ?? "");
  return make("span", { class: `badge hue-${Math.abs(Number(id) || 0) % 7}`, "aria-hidden": "true" },
    initials.join("").toLocaleUpperCase());
}
