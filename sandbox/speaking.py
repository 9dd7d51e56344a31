"""What people do on this Telegram: they speak, press buttons, block and come back."""

import asyncio
import re
import sqlite3
import time
from typing import Any

from sandbox.arguments import Upload
from sandbox.entities import FormattedText, format_text, is_empty
from sandbox.files import keep_file
from sandbox.groups import answered_message
from sandbox.keyboards import button_named
from sandbox.messages import Message, find_message, seen_message, write_message
from sandbox.messaging import MAX_CAPTION, MAX_TEXT
from sandbox.people import (
    Person,
    group_for_speech,
    is_member,
    mark_blocked,
    mark_spoken,
    the_person,
)
from sandbox.refusals import ControlError, Refusal
from sandbox.store import next_number
from sandbox.telegram import Telegram
from sandbox.updates import Update

ANSWER_SECONDS = 5.0
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")  # core.telegram.org/bots/features#deep-linking
_OTHER_ACTIONS = ("web_app", "login_url", "request_contact", "request_location", "request_poll")

Said = tuple[Message, Update | None]


async def say(
    telegram: Telegram,
    person_id: int,
    text: str,
    *,
    upload: Upload | None = None,
    kind: str = "document",
    chat_id: int | None = None,
    chat_title: str | None = None,
    reply_to: int | None = None,
) -> list[int]:
    """A person writes to the bot; ids of the messages.

    A text of more than 4096 characters leaves in several messages, as from Telegram's apps.
    """

    def write(db: sqlite3.Connection) -> list[Said]:
        person = _free_to_speak(db, person_id)
        chat = person.chat()
        if chat_id not in (None, person_id):
            assert chat_id is not None
            chat = group_for_speech(db, chat_id, chat_title).chat()
        answered = answered_message(db, int(chat["id"]), reply_to)
        contents = [answered | one for one in _contents(db, text, upload, kind)]
        return [_write_said(telegram, db, person, chat, content) for content in contents]

    said = await telegram.store.run(write)
    for message, update in said:
        telegram.events.publish(message["chat"]["id"], "message", message)
        telegram.updates.announce(update)
    return [message["message_id"] for message, _ in said]


def _free_to_speak(db: sqlite3.Connection, person_id: int) -> Person:
    person = the_person(db, person_id)
    if person.blocked:
        raise ControlError(400, f"{person.first_name} has blocked the bot; unblock it first.")
    return person


def _contents(db: sqlite3.Connection, text: str, upload: Upload | None, kind: str) -> list[Message]:
    if upload is not None:
        return [_file_content(db, text, upload, kind)]
    formatted = format_text(text, None)
    if is_empty(formatted.text):
        raise ControlError(400, "A message needs a text or a file.")
    if len(formatted.text) <= MAX_TEXT:
        return [_with_entities("text", formatted)]
    pieces = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
    return [_with_entities("text", format_text(piece, None)) for piece in pieces if piece.strip()]


def _with_entities(field: str, formatted: FormattedText) -> Message:
    content: Message = {field: formatted.text}
    if formatted.entities:
        content["entities" if field == "text" else "caption_entities"] = formatted.entities
    return content


def _file_content(db: sqlite3.Connection, caption: str, upload: Upload, kind: str) -> Message:
    formatted = format_text(caption, None)
    if len(formatted.text) > MAX_CAPTION:
        raise ControlError(400, f"A caption has at most {MAX_CAPTION} characters.")
    try:
        content = keep_file(db, upload, kind).as_content()
    except Refusal as refusal:
        raise ControlError(400, f"Telegram would not take this file: {refusal}.") from None
    return content | (_with_entities("caption", formatted) if formatted.text else {})


def _write_said(
    telegram: Telegram,
    db: sqlite3.Connection,
    person: Person,
    chat: dict[str, Any],
    content: Message,
) -> Said:
    message = write_message(
        db, sender=person.user(), chat=chat, date=telegram.clock.now(), content=content
    )
    if chat["id"] == person.id:
        mark_spoken(db, person)
    elif is_member(db, chat["id"]) is False or not _meant_for_bot(telegram, message):
        return message, None
    return message, telegram.updates.write(db, chat["id"], "message", message)


def _meant_for_bot(telegram: Telegram, message: Message) -> bool:
    """In a group a bot in privacy mode sees commands, what mentions it, and answers to it."""
    if message.get("reply_to_message", {}).get("from", {}).get("id") == telegram.bot.id:
        return True
    kinds = {entity["type"] for entity in message.get("entities", [])}
    text = str(message.get("text") or message.get("caption") or "")
    return "bot_command" in kinds or f"@{telegram.bot.username}" in text


async def start(telegram: Telegram, person_id: int, payload: str = "") -> list[int]:
    """The Start button or a deep link; where the bot is blocked, it unblocks first."""
    if not _PAYLOAD.fullmatch(payload):
        raise ControlError(400, "A payload has at most 64 characters of A-Z a-z 0-9 _ and -.")
    await set_blocked(telegram, person_id, is_blocked=False)
    return await say(telegram, person_id, f"/start {payload}".strip())


async def set_blocked(telegram: Telegram, person_id: int, *, is_blocked: bool) -> None:
    """Block or unblock the bot; doing it twice changes nothing."""

    def write(db: sqlite3.Connection) -> Update | None:
        person = the_person(db, person_id)
        if person.blocked == is_blocked:
            return None
        mark_blocked(db, person, is_blocked)
        change = _membership(telegram, person, is_blocked)
        return telegram.updates.write(db, person_id, "my_chat_member", change)

    telegram.updates.announce(await telegram.store.run(write))


def _membership(telegram: Telegram, person: Person, is_blocked: bool) -> dict[str, Any]:
    """As Telegram's ChatMemberUpdated."""
    member = {"status": "member", "user": telegram.bot.user()}
    kicked = {"status": "kicked", "user": telegram.bot.user(), "until_date": 0}
    old, new = (member, kicked) if is_blocked else (kicked, member)
    return {
        "chat": person.chat(),
        "from": person.user(),
        "date": int(telegram.clock.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }


async def tap(
    telegram: Telegram,
    person_id: int,
    message_id: int,
    *,
    text: str | None = None,
    callback_data: str | None = None,
    chat_id: int | None = None,
) -> dict[str, Any]:
    """Press a button: {"answer": the bot's, or None after five seconds}, or {"url"} of a link.
    `chat_id` is a group's; without it the person presses in their private chat."""
    chat = person_id if chat_id is None else chat_id
    seen = await telegram.store.run(lambda db: _seen(db, person_id, chat, message_id))
    if callback_data is None:
        button = button_named(seen, text or "")
        callback_data = button.get("callback_data")
        if "url" in button:
            return {"answer": None, "url": button["url"]}
        if callback_data is None:
            return await _tap_reply_button(telegram, person_id, button)
    return {"answer": await _ask_bot(telegram, person_id, chat, message_id, callback_data)}


def _seen(db: sqlite3.Connection, person_id: int, chat_id: int, message_id: int) -> Message:
    if chat_id == person_id:
        _free_to_speak(db, person_id)
    seen = seen_message(db, chat_id, message_id)
    if seen is None:
        raise ControlError(404, f"There is no message {message_id} in this chat.")
    return seen


async def _tap_reply_button(
    telegram: Telegram, person_id: int, button: dict[str, Any]
) -> dict[str, Any]:
    """A button of a keyboard that is not inline says its own text."""
    if any(action in button for action in (*_OTHER_ACTIONS, "copy_text")):
        raise ControlError(400, f"The sandbox cannot press the button {button['text']!r} yet.")
    message_ids = await say(telegram, person_id, button["text"])
    return {"answer": None, "message_id": message_ids[-1]}


async def _ask_bot(
    telegram: Telegram, person_id: int, chat_id: int, message_id: int, data: str
) -> dict[str, Any] | None:
    def write(db: sqlite3.Connection) -> tuple[str, Update | None]:
        person = the_person(db, person_id)
        message = find_message(db, chat_id, message_id)
        if message is None:
            raise ControlError(404, f"There is no message {message_id} in this chat.")
        query_id = f"{person_id}{next_number(db, 'query'):09d}"
        db.execute(
            "INSERT INTO queries (id, person_id, message_id, asked) VALUES (?, ?, ?, ?)",
            (query_id, person_id, message_id, time.time()),
        )
        query = {
            "id": query_id,
            "from": person.user(),
            "message": message,
            "chat_instance": str(chat_id * 7919),
            "data": data,
        }
        return query_id, telegram.updates.write(db, chat_id, "callback_query", query)

    query_id, update = await telegram.store.run(write)
    answer = telegram.expect_answer(query_id)
    telegram.updates.announce(update)
    try:
        return await asyncio.wait_for(answer, ANSWER_SECONDS)
    except TimeoutError:
        return None
    finally:
        telegram.forget_tap(query_id)
