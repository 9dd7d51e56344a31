// The sandbox's control interface, a function a question. Addresses are relative to the page, so
// that it also works behind a path of a proxy.

const BASE = new URL("sim/", document.baseURI);

/** The sandbox said no, or was not there; the message is a sentence for people. */
export class Refusal extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

const address = (path) => new URL(path, BASE).href;

async function ask(path, { method = "GET", json, form } = {}) {
  const headers = json === undefined ? {} : { "Content-Type": "application/json" };
  const body = json === undefined ? form : JSON.stringify(json);
  let response;
  try {
    response = await fetch(address(path), { method, headers, body });
  } catch {
    throw new Refusal("", 0);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(answer?.error ?? `${response.status} ${response.statusText}`, response.status);
  return answer;
}

const post = (path, json = {}) => ask(path, { method: "POST", json });

export const bot = (language) => ask(`bot?language=${encodeURIComponent(language)}`);
export const clock = () => ask("clock");
export const advance = (seconds) => post("clock", { advance: seconds });
export const people = () => ask("people");
export const addPerson = (person) => post("people", person);
export const start = (person, payload) => post(`people/${person}/start`, payload ? { payload } : {});
export const block = (person) => post(`people/${person}/block`);
export const unblock = (person) => post(`people/${person}/unblock`);
export const commands = (person) => ask(`people/${person}/commands`);
export const messages = (person) => ask(`people/${person}/messages`);
export const say = (person, text) => post(`people/${person}/messages`, { text });
export const tap = (person, message, what) =>
  post(`people/${person}/taps`, { message_id: message, ...what });

/** Sends a file, with what was written beside it as its caption. */
export function sendFile(person, file, caption) {
  const form = new FormData();
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name);
  return ask(`people/${person}/messages`, { method: "POST", form });
}

export const fileAddress = (fileId) => address(`files/${encodeURIComponent(fileId)}`);
export const eventsAddress = (person) => address(`people/${person}/events`);
