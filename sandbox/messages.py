"""Messages as they are kept: as the bot sees them, and as the person does."""

import json
import sqlite3
from typing import Any

from sandbox.store import next_number

Message = dict[str, Any]


def encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_message(
    db: sqlite3.Connection,
    *,
    sender: dict[str, Any],
    chat: dict[str, Any],
    date: float,
    content: Message,
    keyboard: Message | None = None,
) -> Message:
    """A new message. An inline keyboard is part of it; another one only the person sees."""
    message_id = next_number(db, "message")
    message = {"message_id": message_id, "from": sender, "chat": chat, "date": int(date)}
    message |= content
    shown: str | None = None
    if keyboard is not None and "inline_keyboard" in keyboard:
        message["reply_markup"] = keyboard
    elif keyboard is not None:
        shown = encode(keyboard)
    db.execute(
        "INSERT INTO messages VALUES (?, ?, ?, ?, ?)",
        (message_id, chat["id"], sender["is_bot"], encode(message), shown),
    )
    return message


def find_message(db: sqlite3.Connection, chat_id: int, message_id: int) -> Message | None:
    """As the bot sees it."""
    row = db.execute(
        "SELECT body FROM messages WHERE id = ? AND chat_id = ?", (message_id, chat_id)
    ).fetchone()
    return None if row is None else _decode(row[0])


def seen_message(db: sqlite3.Connection, chat_id: int, message_id: int) -> Message | None:
    """As the person sees it: with whatever keyboard came with it."""
    row = db.execute(
        "SELECT body, keyboard FROM messages WHERE id = ? AND chat_id = ?", (message_id, chat_id)
    ).fetchone()
    return None if row is None else _as_seen(*row)


def seen_messages(db: sqlite3.Connection, chat_id: int, after: int) -> list[Message]:
    """All of a chat that came after this message id, oldest first."""
    rows = db.execute(
        "SELECT body, keyboard FROM messages WHERE chat_id = ? AND id > ? ORDER BY id",
        (chat_id, after),
    )
    return [_as_seen(*row) for row in rows]


def came_with_other_keyboard(db: sqlite3.Connection, message_id: int) -> bool:
    """Whether it brought a keyboard that is not inline: such a message cannot be edited."""
    row = db.execute("SELECT keyboard FROM messages WHERE id = ?", (message_id,)).fetchone()
    return row is not None and row[0] is not None


def rewrite_message(db: sqlite3.Connection, message: Message) -> None:
    db.execute(
        "UPDATE messages SET body = ? WHERE id = ?", (encode(message), message["message_id"])
    )


def remove_message(db: sqlite3.Connection, message_id: int) -> None:
    db.execute("DELETE FROM messages WHERE id = ?", (message_id,))


def as_seen(message: Message, keyboard: Message | None) -> Message:
    """A message with the keyboard that came with it, whichever kind it is."""
    return message | {"reply_markup": keyboard} if keyboard is not None else message


def _as_seen(body: str, keyboard: str | None) -> Message:
    return as_seen(_decode(body), None if keyboard is None else _decode(keyboard))


def _decode(body: str) -> Message:
    message: Message = json.loads(body)
    return message
