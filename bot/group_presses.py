"""Buttons beneath what the bot posts in groups: only replies to a session mean anything there.

Who presses is answered above the chat, where nobody else sees it, and has it in their private chat
as well. A stranger cannot be written to: they are told how to come.
"""

from datetime import UTC, datetime

from aiogram.types import CallbackQuery

from actions import people, rsvps
from actions.rsvps import NO_MEMBER
from bot.answering import Answering
from bot.floods import Floods, Haste
from delivery.buttons import Unreadable, unpack
from delivery.presses_of_exchanges import ReplyTo
from delivery.reply_cards import toast_of
from domain.clock import Clock
from domain.errors import Refusal
from domain.languages import nearest
from domain.people import Person
from domain.sessions import Reply
from locales.speech import Speech, speech
from storage.store import Store

MOST_PRESSES = 15
"""Of a person within ten seconds."""
LONGEST_TOAST = 200
"""Characters; Telegram takes no more."""


class GroupPresses:
    """What is pressed in groups; each press is answered, and does what it says once."""

    def __init__(self, store: Store, clock: Clock, answering: Answering, bot_id: int) -> None:
        self._store = store
        self._clock = clock
        self._answering = answering
        self._bot_id = bot_id
        self._floods = Floods(MOST_PRESSES)

    async def hear(self, update_id: int, query: CallbackQuery) -> None:
        """Somebody has pressed a button in a group."""
        press = _reply_of(query)
        if press is None or self._hasty(query):
            await self._answering.stop_waiting(query.id)
            return
        opening = await self._store.conversations.opening(
            bot_id=self._bot_id, update_id=update_id, telegram_id=query.from_user.id
        )
        person = opening.person
        if person is None:
            say = speech(nearest(query.from_user.language_code))
            await self._tell_the_way(query, say, "group-press-stranger")
            return
        say = speech(person.language)
        try:
            toast = await self._do(update_id, person, press, say, anew=opening.answered is None)
        except Refusal as refusal:
            if refusal.key == NO_MEMBER:
                await self._tell_the_way(query, say, "group-press-no-member")
            else:
                await self._alert(query, say.plain(refusal.key, None, **refusal.values))
            return
        await self._answering.toast(query.id, toast)

    async def _do(
        self, update_id: int, person: Person, press: ReplyTo, say: Speech, *, anew: bool
    ) -> str:
        """Reply, and tell them in private; both commit with the update's id."""
        async with self._store.unit():
            await people.seen(self._store, self._clock, person)
            said = await rsvps.reply_in_group(
                self._store, self._clock, by=person, session=press.session,
                reply=Reply(press.reply),
            )  # fmt: skip
            place = await rsvps.place(self._store, said)
            if anew:
                async with self._store.transaction():
                    await self._store.conversations.record_update(
                        bot_id=self._bot_id, update_id=update_id, at=datetime.now(UTC)
                    )
        return toast_of(say, said.reply, place)

    def _hasty(self, query: CallbackQuery) -> bool:
        moment = datetime.now(UTC).timestamp()
        return self._floods.haste(query.from_user.id, moment) is not Haste.NONE

    async def _tell_the_way(self, query: CallbackQuery, say: Speech, key: str) -> None:
        """How to join. A button beneath a message can open no page, so that it stands in words."""
        us = await self._answering.who_we_are()
        await self._alert(query, say.plain(key, address=f"t.me/{us.username}"))

    async def _alert(self, query: CallbackQuery, text: str) -> None:
        await self._answering.toast(query.id, text[:LONGEST_TOAST], alert=True)


def _reply_of(query: CallbackQuery) -> ReplyTo | None:
    try:
        press = unpack(query.data or "")
    except Unreadable:
        return None
    if isinstance(press, ReplyTo) and press.reply in (Reply.YES, Reply.MAYBE, Reply.NO):
        return press
    return None
