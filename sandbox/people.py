"""People and chats: who may be written to, and how Telegram shows them."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from sandbox.refusals import (
    ControlError,
    Refusal,
    bad_request,
    blocked,
    chat_not_found,
    never_spoke,
    no_such_person,
    removed,
)
from sandbox.store import next_number


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the page. A private chat's id is its person's id."""

    id: int
    first_name: str
    username: str | None
    language_code: str | None
    spoke: bool
    blocked: bool

    def user(self) -> dict[str, Any]:
        """As Telegram's User."""
        return self._with_optional({"id": self.id, "is_bot": False, "first_name": self.first_name})

    def chat(self) -> dict[str, Any]:
        """As Telegram's Chat."""
        chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.first_name}
        if self.username:
            chat["username"] = self.username
        return chat

    def public(self) -> dict[str, Any]:
        """As the control API tells of this person."""
        return asdict(self)

    def _with_optional(self, user: dict[str, Any]) -> dict[str, Any]:
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat; its id is negative."""

    id: int
    title: str

    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "supergroup", "title": self.title}


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is on this Telegram."""

    id: int
    first_name: str
    username: str

    def user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def me(self) -> dict[str, Any]:
        """What getMe answers: the User with what only getMe tells."""
        return self.user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_guest_queries": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }


_COLUMNS = "id, first_name, username, language_code, spoke, blocked"


def _person(row: tuple[Any, ...]) -> Person:
    return Person(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]))


def find_person(db: sqlite3.Connection, person_id: int) -> Person | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM people WHERE id = ?", (person_id,)).fetchone()  # noqa: S608, because the columns are ours
    return None if row is None else _person(row)


def the_person(db: sqlite3.Connection, person_id: int) -> Person:
    """For the control API. Raises ControlError (404) where there is none."""
    person = find_person(db, person_id)
    if person is None:
        raise no_such_person(person_id)
    return person


def all_people(db: sqlite3.Connection) -> list[Person]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM people ORDER BY id")  # noqa: S608, because the columns are ours
    return [_person(row) for row in rows]


def add_person(
    db: sqlite3.Connection, first_name: str, language_code: str | None, username: str | None
) -> int:
    """A new person, or the one who has this username already."""
    if username:
        row = db.execute(
            "SELECT id FROM people WHERE lower(username) = lower(?)", (username,)
        ).fetchone()
        if row is not None:
            return int(row[0])
    person_id = next_number(db, "person")
    db.execute(
        "INSERT INTO people (id, first_name, username, language_code) VALUES (?, ?, ?, ?)",
        (person_id, first_name, username, language_code),
    )
    return person_id


def mark_spoken(db: sqlite3.Connection, person: Person) -> None:
    if not person.spoke:
        db.execute("UPDATE people SET spoke = 1 WHERE id = ?", (person.id,))


def mark_blocked(db: sqlite3.Connection, person: Person, is_blocked: bool) -> None:
    db.execute("UPDATE people SET blocked = ? WHERE id = ?", (is_blocked, person.id))


def find_chat(db: sqlite3.Connection, chat_id: int) -> Person | Group:
    """The chat that the bot means. Raises Refusal where Telegram knows none."""
    if chat_id < 0:
        row = db.execute("SELECT id, title FROM groups WHERE id = ?", (chat_id,)).fetchone()
        found: Person | Group | None = None if row is None else Group(row[0], row[1])
    else:
        found = find_person(db, chat_id)
    if found is None:
        raise chat_not_found()
    return found


def writable_chat(db: sqlite3.Connection, chat_id: int) -> Person | Group:
    """The chat, if the bot may write there. Raises Telegram's refusals."""
    chat = find_chat(db, chat_id)
    if isinstance(chat, Person):
        refusal = _closed_to_the_bot(chat)
        if refusal is not None:
            raise refusal
    elif is_member(db, chat.id) is False:
        raise removed()
    return chat


def _closed_to_the_bot(person: Person) -> Refusal | None:
    if person.blocked:
        return blocked()
    return None if person.spoke else never_spoke()


def is_member(db: sqlite3.Connection, chat_id: int) -> bool | None:
    """Whether the bot is in this group; None where nobody has ever said."""
    row = db.execute("SELECT member FROM memberships WHERE chat_id = ?", (chat_id,)).fetchone()
    return None if row is None else bool(row[0])


def group_for_speech(db: sqlite3.Connection, chat_id: int, title: str | None) -> Group:
    """The group in which a person speaks; it comes into being with its first word."""
    if chat_id >= 0:
        raise ControlError(400, "A group's chat_id is negative; leave it out for the private chat.")
    row = db.execute("SELECT title FROM groups WHERE id = ?", (chat_id,)).fetchone()
    if row is not None:
        return Group(chat_id, row[0])
    group = Group(chat_id, title or f"Group {-chat_id}")
    db.execute("INSERT INTO groups VALUES (?, ?)", (group.id, group.title))
    return group


def full_chat(chat: Person | Group) -> dict[str, Any]:
    """As Telegram's ChatFullInfo, with every field that it requires."""
    if isinstance(chat, Person) and not chat.spoke:
        raise bad_request("chat not found")
    full = chat.chat() | {
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if isinstance(chat, Person) and chat.username:
        full["active_usernames"] = [chat.username]
    return full
