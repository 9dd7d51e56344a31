"""What the bot says of itself: command menus and descriptions, by scope and language."""

import json
import re
import sqlite3
from typing import Any

from sandbox.messages import encode
from sandbox.people import Person
from sandbox.refusals import bad_request

Commands = list[dict[str, str]]

MAX_COMMANDS = 100
LONGEST = {"name": 64, "description": 512, "short_description": 120}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def scope_key(scope: Any) -> str:
    """A BotCommandScope as one word. Raises Refusal where it is none."""
    if scope in (None, ""):
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _PLAIN_SCOPES:
        return str(kind)
    if kind in ("chat", "chat_administrators", "chat_member"):
        parts = [kind, str(scope.get("chat_id", "")), str(scope.get("user_id", ""))]
        return ":".join(part for part in parts if part)
    raise bad_request("can't parse BotCommandScope: Unsupported type specified")


def language_key(code: str | None) -> str:
    """A two-letter language, or an empty string for all others."""
    if code and not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code or ""


def read_commands(value: Any) -> Commands:
    """The commands of a call, checked. Raises Refusal in Telegram's words."""
    if not isinstance(value, list):
        raise bad_request("expected an Array of BotCommand")
    if len(value) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(entry) for entry in value]


def _read_command(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(entry.get("command", "")).removeprefix("/")
    description = str(entry.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def write_commands(db: sqlite3.Connection, scope: str, language: str, commands: Commands) -> None:
    if commands:
        db.execute(
            "INSERT OR REPLACE INTO commands VALUES (?, ?, ?)", (scope, language, encode(commands))
        )
    else:
        db.execute("DELETE FROM commands WHERE scope = ? AND language = ?", (scope, language))


def find_commands(db: sqlite3.Connection, scope: str, language: str) -> Commands | None:
    row = db.execute(
        "SELECT body FROM commands WHERE scope = ? AND language = ?", (scope, language)
    ).fetchone()
    return None if row is None else json.loads(row[0])


def menu_for(db: sqlite3.Connection, person: Person) -> Commands:
    """What a person finds behind "/": the narrowest scope first, within it their language.

    Order: core.telegram.org/bots/api#determining-list-of-commands.
    """
    language = (person.language_code or "").partition("-")[0]
    for scope in (f"chat:{person.id}", "all_private_chats", "default"):
        for key in dict.fromkeys((language, "")):
            commands = find_commands(db, scope, key)
            if commands:
                return commands
    return []


def write_words(db: sqlite3.Connection, kind: str, language: str, words: str) -> None:
    """A name, description or short description. An empty one takes it away."""
    if len(words) > LONGEST[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    if words:
        db.execute("INSERT OR REPLACE INTO descriptions VALUES (?, ?, ?)", (kind, language, words))
    else:
        db.execute("DELETE FROM descriptions WHERE kind = ? AND language = ?", (kind, language))


def find_words(db: sqlite3.Connection, kind: str, language: str) -> str:
    """In this language, else the one for all others, else empty."""
    rows = db.execute(
        "SELECT words FROM descriptions WHERE kind = ? AND language IN (?, '')"
        " ORDER BY language = '' LIMIT 1",
        (kind, language),
    )
    row = rows.fetchone()
    return "" if row is None else str(row[0])
