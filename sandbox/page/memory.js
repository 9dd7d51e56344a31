// What this browser remembers. Private windows and strict settings may forbid it: then nothing is
// remembered and nothing breaks.

const PREFIX = "chat-page.";

/** The remembered value of a name, or the fallback where there is none or it cannot be read. */
export function recall(name, fallback) {
  try {
    const stored = window.localStorage.getItem(PREFIX + name);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

/** Remembers a value; null forgets it. */
export function remember(name, value) {
  try {
    if (value === null) window.localStorage.removeItem(PREFIX + name);
    else window.localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Forbidden or full: the page works on without a memory.
  }
}
