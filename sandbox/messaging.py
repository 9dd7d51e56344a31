"""Sending, editing, deleting, answering a tap: what the bot does in chats."""

import sqlite3
from collections.abc import Callable
from typing import Any

from sandbox.arguments import Arguments
from sandbox.entities import FormattedText, format_text, is_empty
from sandbox.files import file_to_send
from sandbox.keyboards import Markup, is_inline, read_markup
from sandbox.messages import (
    Message,
    as_seen,
    came_with_other_keyboard,
    find_message,
    remove_message,
    rewrite_message,
    write_message,
)
from sandbox.people import find_chat, find_person, writable_chat
from sandbox.refusals import bad_request, chat_not_found, not_modified, query_too_old
from sandbox.telegram import Telegram

MAX_TEXT = 4096  # characters after parsing, core.telegram.org/bots/api#sendmessage
MAX_CAPTION = 1024
MAX_TOAST = 200
DELETABLE_SECONDS = 48 * 3600


def read_chat_id(arguments: Arguments) -> int:
    if not arguments.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat_id = arguments.integer("chat_id")
    if chat_id is None:
        raise chat_not_found()
    return chat_id


def _message_id(arguments: Arguments, complaint: str) -> int:
    message_id = arguments.integer("message_id")
    if not message_id:
        raise bad_request(complaint)
    return message_id


def _formatted(arguments: Arguments, field: str, entities: str) -> FormattedText:
    explicit = arguments.structure(entities, "can't parse entities JSON object")
    if explicit is not None and not isinstance(explicit, list):
        raise bad_request("expected an Array of MessageEntity")
    return format_text(arguments.text(field) or "", arguments.text("parse_mode"), explicit)


def _text_content(arguments: Arguments) -> Message:
    """The text part of a message. Raises Refusal for an empty one or too long a one."""
    formatted = _formatted(arguments, "text", "entities")
    if is_empty(formatted.text):
        raise bad_request("message text is empty")
    if len(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    content: Message = {"text": formatted.text}
    if formatted.entities:
        content["entities"] = formatted.entities
    preview = arguments.structure("link_preview_options", "can't parse LinkPreviewOptions")
    if isinstance(preview, dict) and preview:
        content["link_preview_options"] = preview
    return content


def _caption_content(arguments: Arguments) -> Message:
    formatted = _formatted(arguments, "caption", "caption_entities")
    if len(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not formatted.text:
        return {}
    content: Message = {"caption": formatted.text}
    if formatted.entities:
        content["caption_entities"] = formatted.entities
    return content


def _markup(arguments: Arguments) -> Markup | None:
    complaint = "can't parse reply keyboard markup JSON object"
    return read_markup(arguments.structure("reply_markup", complaint))


def _replied(db: sqlite3.Connection, chat_id: int, reply: Any) -> Message:
    """The part of a message that says what it answers."""
    message_id = reply.get("message_id") if isinstance(reply, dict) else None
    if not isinstance(message_id, int):
        return {}
    original = find_message(db, chat_id, message_id)
    if original is not None:
        original.pop("reply_to_message", None)
        return {"reply_to_message": original}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


Content = Callable[[sqlite3.Connection], Message]
Change = Callable[[sqlite3.Connection, Message], Message]


async def _send(telegram: Telegram, arguments: Arguments, content: Content) -> Message:
    """Write the message that `content` makes to the chat that the call names."""
    chat_id = read_chat_id(arguments)
    keyboard = _markup(arguments)
    reply = arguments.structure("reply_parameters", "can't parse ReplyParameters JSON object")
    telegram.gate.admit_send(chat_id)

    def write(db: sqlite3.Connection) -> Message:
        chat = writable_chat(db, chat_id)
        return write_message(
            db,
            sender=telegram.named_bot(db).user(),
            chat=chat.chat(),
            date=telegram.clock.now(),
            content=_replied(db, chat_id, reply)
            | _with_known_people(db, content(db))
            | _protection(arguments),
            keyboard=keyboard,
        )

    message = await telegram.store.run(write)
    telegram.events.publish(chat_id, "message", as_seen(message, keyboard))
    return message


def _with_known_people(db: sqlite3.Connection, content: Message) -> Message:
    """Mentions by tg://user?id= name the whole User; one that nobody knows is no mention."""
    for field in ("entities", "caption_entities"):
        if not any(entity["type"] == "text_mention" for entity in content.get(field, [])):
            continue
        kept = [_with_known_user(db, entity) for entity in content[field]]
        content = content | {field: [entity for entity in kept if entity]}
    return {key: value for key, value in content.items() if value}


def _with_known_user(db: sqlite3.Connection, entity: Message) -> Message:
    if entity["type"] != "text_mention":
        return entity
    user = entity.get("user")
    user_id = user.get("id") if isinstance(user, dict) else None
    person = find_person(db, user_id) if isinstance(user_id, int) else None
    return entity | {"user": person.user()} if person else {}


def _protection(arguments: Arguments) -> Message:
    return {"has_protected_content": True} if arguments.flag("protect_content") else {}


async def send_message(telegram: Telegram, arguments: Arguments) -> Any:
    content = _text_content(arguments)
    return await _send(telegram, arguments, lambda db: content)


async def send_photo(telegram: Telegram, arguments: Arguments) -> Any:
    return await _send_file(telegram, arguments, "photo")


async def send_document(telegram: Telegram, arguments: Arguments) -> Any:
    return await _send_file(telegram, arguments, "document")


async def _send_file(telegram: Telegram, arguments: Arguments, kind: str) -> Message:
    caption = _caption_content(arguments)
    upload, reference = arguments.upload(kind), arguments.text(kind)

    def content(db: sqlite3.Connection) -> Message:
        return file_to_send(db, upload, reference, kind).as_content() | caption

    return await _send(telegram, arguments, content)


async def edit_message_text(telegram: Telegram, arguments: Arguments) -> Any:
    content = _text_content(arguments)

    def edit(db: sqlite3.Connection, message: Message) -> Message:
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        dropped = ("text", "entities", "link_preview_options")
        kept = {key: value for key, value in message.items() if key not in dropped}
        return kept | _with_known_people(db, content)

    return await _edit(telegram, arguments, edit)


async def edit_message_caption(telegram: Telegram, arguments: Arguments) -> Any:
    content = _caption_content(arguments)

    def edit(db: sqlite3.Connection, message: Message) -> Message:
        if "text" in message:
            raise bad_request("there is no caption in the message to edit")
        dropped = ("caption", "caption_entities")
        kept = {key: value for key, value in message.items() if key not in dropped}
        return kept | _with_known_people(db, content)

    return await _edit(telegram, arguments, edit)


async def edit_message_reply_markup(telegram: Telegram, arguments: Arguments) -> Any:
    return await _edit(telegram, arguments, lambda db, message: message)


async def _edit(telegram: Telegram, arguments: Arguments, change: Change) -> Message:
    """Change a message of the bot's; its keyboard becomes the call's, or goes."""
    chat_id = read_chat_id(arguments)
    message_id = _message_id(arguments, "message identifier is not specified")
    keyboard = _markup(arguments)
    telegram.gate.admit_edit()

    def rewrite(db: sqlite3.Connection) -> Message:
        writable_chat(db, chat_id)
        before = _editable(telegram, db, chat_id, message_id)
        after = change(db, before)
        after = {key: kept for key, kept in after.items() if key != "reply_markup"}
        if is_inline(keyboard):
            after["reply_markup"] = keyboard
        if after == before:
            raise not_modified()
        after["edit_date"] = int(telegram.clock.now())
        rewrite_message(db, after)
        return after

    message = await telegram.store.run(rewrite)
    telegram.events.publish(chat_id, "edit", message)
    return message


def _editable(telegram: Telegram, db: sqlite3.Connection, chat_id: int, message_id: int) -> Message:
    message = find_message(db, chat_id, message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != telegram.bot.id or came_with_other_keyboard(db, message_id):
        raise bad_request("message can't be edited")
    return message


async def delete_message(telegram: Telegram, arguments: Arguments) -> Any:
    chat_id = read_chat_id(arguments)
    message_id = _message_id(arguments, "message identifier is not specified")

    def delete(db: sqlite3.Connection) -> None:
        find_chat(db, chat_id)
        message = find_message(db, chat_id, message_id)
        if message is None:
            raise bad_request("message to delete not found")
        if telegram.clock.now() - message["date"] > DELETABLE_SECONDS:
            raise bad_request("message can't be deleted for everyone")
        remove_message(db, message_id)

    await telegram.store.run(delete)
    telegram.events.publish(chat_id, "delete", {"message_id": message_id})
    return True


async def answer_callback_query(telegram: Telegram, arguments: Arguments) -> Any:
    query_id = arguments.text("callback_query_id") or ""
    text = arguments.text("text") or None
    if text is not None and len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    url = arguments.text("url")
    answer = {"text": text, "show_alert": arguments.flag("show_alert"), "url": url}

    def take(db: sqlite3.Connection) -> tuple[int, int, bool]:
        row = db.execute(
            "SELECT person_id, message_id, asked, answered FROM queries WHERE id = ?", (query_id,)
        ).fetchone()
        if row is None or not telegram.query_is_fresh(row[2]):
            raise query_too_old()
        db.execute("UPDATE queries SET answered = 1 WHERE id = ?", (query_id,))
        return row[0], row[1], bool(row[3])

    person_id, message_id, answered_before = await telegram.store.run(take)
    if not answered_before:
        telegram.answer_tap(query_id, answer)
        telegram.events.publish(person_id, "toast", answer | {"message_id": message_id})
    return True


async def send_chat_action(telegram: Telegram, arguments: Arguments) -> Any:
    chat_id = read_chat_id(arguments)
    action = arguments.text("action") or ""
    if action.removeprefix("upload_").removeprefix("record_") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    await telegram.store.run(lambda db: writable_chat(db, chat_id))
    telegram.events.publish(chat_id, "chat_action", {"action": action})
    return True


_ACTIONS = (
    "typing",
    "photo",
    "video",
    "voice",
    "document",
    "video_note",
    "choose_sticker",
    "find_location",
)
