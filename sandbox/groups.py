"""Groups: the bot is brought into one, spoken to there, and sent away again."""

import sqlite3
from typing import Any

from sandbox.messages import Message, find_message
from sandbox.people import Group, group_for_speech, is_member, the_person
from sandbox.refusals import ControlError
from sandbox.telegram import Telegram
from sandbox.updates import Update


async def set_bot_in_group(
    telegram: Telegram, person_id: int, chat_id: int, title: str | None, *, present: bool
) -> None:
    """A person brings the bot into a group, or removes it; doing it twice changes nothing."""

    def write(db: sqlite3.Connection) -> Update | None:
        person = the_person(db, person_id)
        group = group_for_speech(db, chat_id, title)
        if bool(is_member(db, chat_id)) == present:
            return None
        db.execute("INSERT OR REPLACE INTO memberships VALUES (?, ?)", (chat_id, present))
        change = _change(telegram, person.user(), group, present)
        return telegram.updates.write(db, chat_id, "my_chat_member", change)

    telegram.updates.announce(await telegram.store.run(write))


def _change(telegram: Telegram, by: dict[str, Any], group: Group, present: bool) -> dict[str, Any]:
    """As Telegram's ChatMemberUpdated."""
    member: dict[str, Any] = {"status": "member", "user": telegram.bot.user()}
    gone: dict[str, Any] = {"status": "left", "user": telegram.bot.user()}
    if not present:
        gone = {"status": "kicked", "user": telegram.bot.user(), "until_date": 0}
    old, new = (gone, member) if present else (member, gone)
    return {
        "chat": group.chat(),
        "from": by,
        "date": int(telegram.clock.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }


def answered_message(db: sqlite3.Connection, chat_id: int, message_id: int | None) -> Message:
    """The part of a message that says which one it answers."""
    if message_id is None:
        return {}
    original = find_message(db, chat_id, message_id)
    if original is None:
        raise ControlError(404, f"There is no message {message_id} in this chat.")
    original.pop("reply_to_message", None)
    return {"reply_to_message": original}
