"""People of one language before the bot's front door; everything that they are told is judged."""

import re
from itertools import count
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
)
from aiogram.types import Update

from actions import representing
from bot.floods import Floods
from bot.middlewares import Turns
from delivery.buttons import Press
from delivery.message import Correction, Letter
from delivery.render import Renderer
from domain.notices import Notice, notice
from domain.outbox import Delivery
from domain.people import Person
from domain.places import Place
from domain.roles import Role
from tests.hostile.inputs import Input, Said, Shown, Tapped
from tests.hostile.test_every_step import Front
from tests.support import outboxes
from tests.support.judged import faults_in
from tests.support.partners import Side, side, somebody
from tests.support.validated_calls import complaints_about

# Letters of scripts by which a text can be told from one in another language.
SCRIPTS = {"ar": re.compile("[\u0600-\u06ff]"), "uk": re.compile("[\u0400-\u04ff]")}
GROUP = -1_000_000_000_500
START = "/start@partnerlotse_bot"
METHODS = {SendMessage: "sendMessage", EditMessageText: "editMessageText"}
_NUMBERS = count(7_500_000_001)


class Hall:
    """Who says what to the bot, and is answered in their language."""

    def __init__(self, front: Front, language: str) -> None:
        self.front, self.language = front, language
        self.store, self.clock = front.store, front.clock
        self.faults: list[str] = []
        self.told: set[type[Notice]] = set()
        self._rendered: set[tuple[int, str, str]] = set()

    def stranger(self) -> int:
        """Somebody of whom nothing is stored; their Telegram id."""
        return next(_NUMBERS)

    async def somebody(self, *roles: Role) -> Person:
        """Somebody who has agreed, and holds these roles."""
        person = await somebody(self.store, self.clock, self.language)  # type: ignore[arg-type]
        async with self.store.transaction():
            for role in roles:
                await self.store.roles.grant(person.id, role, by=None, at=self.clock())
        return person

    async def side(self, name: str, place: Place, **more: Any) -> Side:
        """A visible organisation, and who speaks for it."""
        clock: Any = self.clock
        return await side(self.store, clock, name, place, language=self.language, **more)

    async def colleague(self, of: Side) -> Person:
        """Somebody who speaks for it, too."""
        person = await self.somebody()
        code = await representing.invite(self.store, self.clock, by=of.person)
        await representing.redeem(self.store, self.clock, by=person, code=code)
        return person

    async def says(self, who: Person | int, *texts: str) -> None:
        """One text after the other."""
        for text in texts:
            await self._hear(who, Said(text))

    async def shows(self, who: Person | int, kind: str = "photo", caption: str = "") -> None:
        """Something that is no text, with words beneath it or without."""
        await self._hear(who, Shown(kind, caption))

    async def presses(self, who: Person | int, *several: Press) -> None:
        """One button after the other; one that belongs to a question, while it waits."""
        for press in several:
            turned = hasattr(press, "turn")
            await self._hear(who, Tapped(press.pack(), turned=turned))

    async def stands(self, who: Person, step: str | None, **pending: Any) -> None:
        """Let a question wait."""
        before = await self.store.conversations.of(who.id)
        now = before.over().at(step)
        async with self.store.transaction():
            await self.store.conversations.keep(who.id, now.choosing(**pending), at=self.clock())

    async def draft_of(self, who: Person) -> int:
        """The number of the draft that waits."""
        conversation = await self.store.conversations.of(who.id)
        return int(conversation.pending["draft"]["number"])

    async def in_group(self, what: str, said: str = START, who: Person | None = None) -> None:
        """The bot is added to a group, or spoken to in one; somebody presses a button there, or
        Telegram gives it another id. `said` is the text, the button's data, or that id."""
        chat = {"id": GROUP, "type": "supergroup", "title": "G"}
        number = who.telegram_id if who else self.stranger()
        sender = {"id": number, "is_bot": False, "first_name": "X",
                  "language_code": self.language}  # fmt: skip
        us = {"id": 1, "is_bot": True, "first_name": "Partnerlotse"}
        events: dict[str, dict[str, Any]] = {
            "added": {
                "my_chat_member": {
                    "chat": chat, "from": sender, "date": 1_790_000_000,
                    "old_chat_member": {"user": us, "status": "left"},
                    "new_chat_member": {"user": us, "status": "member"},
                }
            },
            "spoken to": {
                "message": {
                    "message_id": 9, "date": 1_790_000_000, "chat": chat, "from": sender,
                    "text": said,
                    "entities": [{"type": "bot_command", "offset": 0, "length": len(START)}],
                }
            },
            "pressed": {
                "callback_query": {
                    "id": "1", "from": sender, "chat_instance": "1", "data": said,
                    "message": {"message_id": 8, "date": 1_790_000_000, "chat": chat, "from": us,
                                "text": "?"},
                }
            },
            "migrated": {
                "message": {
                    "message_id": 9, "date": 1_790_000_000, "chat": chat, "from": sender,
                    "migrate_to_chat_id": int(said) if what == "migrated" else None,
                }
            },
        }  # fmt: skip
        before = len(self.front.line.calls)
        update = {"update_id": next(_NUMBERS), **events[what]}
        await self.front.dispatcher.feed_update(self.front.bot, Update.model_validate(update))
        self._judge(before, what)

    async def too_fast(self, who: Person | int) -> None:
        """More than anybody reads."""
        turns = next(
            one for one in self.front.dispatcher.update.outer_middleware if isinstance(one, Turns)
        )
        before, turns._floods = turns._floods, Floods(1)
        await self.says(who, "1", "2")
        turns._floods = before

    async def letters(self) -> None:
        """What the bot says unasked, put into words for each reader."""
        renderer = Renderer(self.store, self.clock)
        # SQLite gives an id again whose row is gone.
        waiting = {one.id: tuple(one) for one in await outboxes.names(self.store)}
        new = {number for number, one in waiting.items() if one not in self._rendered}
        self._rendered |= {waiting[number] for number in new}
        for row in await outboxes.rows(self.store, new) if new else ():
            said = notice(row.kind, row.payload)
            letter = await renderer.letter(
                Delivery(row.id, said, row.recipient, 0, group=row.group_id)
            )
            if isinstance(letter, Letter | Correction):
                self.told.add(type(said))
                html = str(letter.message.html)
                self.faults += faults_in(letter.message)
                if await self._reads_here(row.recipient):
                    self.faults += self._foreign(row.kind, html)

    async def _reads_here(self, person: int | None) -> bool:
        """Whether somebody reads this hall's language; groups do."""
        reader = await self.store.people.by_id(person) if person is not None else None
        return reader is None or reader.language == self.language

    async def _hear(self, who: Person | int, one: Input) -> None:
        number = who if isinstance(who, int) else who.telegram_id
        turn = 1
        if isinstance(who, Person):
            turn = (await self.store.conversations.of(who.id)).turn
        before = len(self.front.line.calls)
        await self.front.hear(number, one, turn, self.language)
        self._judge(before, one)
        await self.letters()

    def _judge(self, since: int, heard: object) -> None:
        for call in self.front.line.calls[since:]:
            if isinstance(call, SendDocument | SendPhoto):
                self.faults += self._foreign(heard, str(call.caption))
            elif isinstance(call, AnswerCallbackQuery):
                self.faults += self._of_toast(heard, call.text)
            elif isinstance(call, SendMessage | EditMessageText):
                markup = call.reply_markup
                params = {"chat_id": call.chat_id, "text": call.text, "parse_mode": "HTML"}
                if isinstance(call, EditMessageText):
                    params["message_id"] = call.message_id
                if markup is not None:
                    params["reply_markup"] = markup.model_dump(exclude_none=True)
                found = complaints_about(METHODS[type(call)], params)
                self.faults += [f"{heard}: {one}" for one in found]
                self.faults += self._foreign(heard, str(call.text))

    def _of_toast(self, heard: object, text: str | None) -> list[str]:
        if not text:
            return []
        long = [f"{heard}: longer than Telegram takes: {text}"] if len(text) > 200 else []
        return long + self._foreign(heard, text)

    def _foreign(self, heard: object, text: str) -> list[str]:
        script = SCRIPTS.get(self.language)
        return [f"{heard}: not theirs: {text}"] if script and not script.search(text) else []
