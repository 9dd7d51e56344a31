// The chat page: it puts the parts together and keeps up with who is there.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { SandboxClock } from "./clock.js";
import { make } from "./dom.js";
import { welcomeNewcomers } from "./newcomer.js";
import { announce } from "./notices.js";
import { Roster } from "./roster.js";
import { Tabs } from "./tabs.js";
import { chooseTheme } from "./theme.js";
import { locale, speak, word } from "./words.js";

const LOOK_AGAIN = 3000; // milliseconds

const columns = document.getElementById("columns");
const offline = document.getElementById("offline");
const chats = new Map();
let bot = { id: 0, first_name: "Bot", username: "" };

speak();
chooseTheme(document.getElementById("dark"));
const tabs = new Tabs(columns);
const roster = new Roster(arrange);
const clock = new SandboxClock(lineIsDown);
welcomeNewcomers(async (id) => {
  await look();
  roster.choose(id, true);
  tabs.select(id);
  chats.get(id)?.composer.input.focus();
});

function lineIsDown(error) {
  if (!(error instanceof api.Refusal)) throw error;
  offline.textContent = error.message || word("offline");
}

function lineIsUp() {
  if (!offline.textContent) return;
  offline.textContent = "";
  announce(word("back"));
  clock.follow();
}

function introduceBot(told) {
  bot = told;
  document.title = word("title", { bot: bot.first_name });
  document.getElementById("bot-name").textContent = bot.first_name;
  document.querySelector(".bot-badge").textContent = [...bot.first_name][0] ?? "";
  const about = [`@${bot.username}`, bot.short_description].filter(Boolean);
  document.getElementById("bot-about").replaceChildren(
    // The dots stand between the isolated pieces: inside one they would follow its direction.
    ...about.flatMap((text, at) => [at ? " · " : "", make("bdi", {}, text)]));
}

/** Columns for those who are shown, in order; nobody's column moves without need. */
function arrange() {
  const shown = roster.shown;
  const staying = new Set(shown.map((person) => person.id));
  for (const [id, chat] of chats) {
    if (staying.has(id)) continue;
    chat.close();
    chats.delete(id);
  }
  shown.forEach((person, place) => {
    if (chats.has(person.id)) chats.get(person.id).show(person);
    else chats.set(person.id, new Chat(person, page));
    const { element } = chats.get(person.id);
    if (columns.children[place] !== element) columns.insertBefore(element, columns.children[place] ?? null);
  });
  sayIfEmpty(shown);
  tabs.show(shown);
}

function sayIfEmpty(shown) {
  columns.querySelector(".nobody")?.remove();
  if (shown.length) return;
  columns.append(make("p", { class: "nobody" }, word(roster.people.length ? "nobodyShown" : "nobody")));
}

const page = {
  bot: () => bot,
  onNews: (id) => tabs.mark(id),
  onClock: (told) => clock.follow(told),
  onReset: () => {
    clock.follow();
    look();
  },
  hide: (id) => roster.choose(id, false),
  blockedChanged: () => look(),
};

async function look() {
  try {
    introduceBot(await api.bot(locale.split("-")[0]));
    if (roster.update(await api.people())) arrange();
    lineIsUp();
  } catch (error) {
    lineIsDown(error);
  }
}

async function keepLooking() {
  if (!document.hidden) {
    await look();
    for (const chat of chats.values()) chat.refreshGreeting();
  }
  setTimeout(keepLooking, LOOK_AGAIN);
}

clock.follow();
keepLooking();
