"""Groups: the bot says once what it is, answers only when spoken to, and always the same: that it
talks in private. What people write there is neither kept nor understood, and nothing that somebody
has told in private is said there.

A group is an exchange's once somebody who runs it has brought the bot there by a link. What the bot
posts then is in the outbox; what is pressed beneath it is in bot/group_presses.py.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, User

from actions import groups
from bot.answering import Answering
from bot.floods import Floods, Haste
from bot.group_presses import GroupPresses
from delivery.message import Button
from delivery.message import Message as Said
from domain.clock import Clock
from domain.errors import Refusal
from domain.exchanges import Exchange
from domain.group_codes import LINK
from domain.languages import nearest
from domain.texts import shown
from locales.speech import Speech, speech
from storage.queries.openings import Opening
from storage.store import Store

log = structlog.get_logger()

KINDS = ("group", "supergroup")
PRESENT = ("member", "administrator", "restricted")
_LINK = re.compile(rf"/start(?:@\w+)?\s+{LINK}-([A-Za-z0-9_-]+)\s*")
MOST_ANSWERS = 3
"""Within ten seconds: Telegram takes 20 messages a minute to a group."""


class Groups:
    """What is heard in groups; each update is answered once at most."""

    def __init__(self, store: Store, clock: Clock, answering: Answering, bot_id: int) -> None:
        self._store = store
        self._clock = clock
        self._answering = answering
        self._bot_id = bot_id
        self._floods = Floods(MOST_ANSWERS)
        self._presses = GroupPresses(store, clock, answering, bot_id)

    async def hear(
        self, update_id: int, event: Message | CallbackQuery | ChatMemberUpdated
    ) -> None:
        """Something that happened in a chat of several."""
        if isinstance(event, CallbackQuery):
            await self._presses.hear(update_id, event)
        elif event.chat.type not in KINDS:
            return
        elif isinstance(event, ChatMemberUpdated):
            await self._membership(update_id, event)
        elif event.migrate_to_chat_id is not None:
            await groups.follow(self._store, event.chat.id, event.migrate_to_chat_id)
        elif event.migrate_from_chat_id is not None:
            await groups.follow(self._store, event.migrate_from_chat_id, event.chat.id)
        elif await self._spoken_to(event):
            link = _LINK.fullmatch(event.text or "")
            if link is None:
                await self._answer(update_id, event)
            else:
                await self._link(update_id, event, link[1])

    async def _membership(self, update_id: int, event: ChatMemberUpdated) -> None:
        was, now = event.old_chat_member.status, event.new_chat_member.status
        if now not in PRESENT:
            log.info("group-left")
            await groups.forget(self._store, event.chat.id)
        elif was not in PRESENT:
            log.info("group-joined")
            await self._say(update_id, event.chat.id, event.from_user, "group-hello")

    async def _spoken_to(self, message: Message) -> bool:
        speaker = message.from_user
        if speaker is None or speaker.is_bot or message.sender_chat is not None:
            return False
        us = await self._answering.who_we_are()
        answered = message.reply_to_message
        if answered is not None and answered.from_user and answered.from_user.id == us.id:
            return True
        return _named(message, us)

    async def _answer(self, update_id: int, message: Message) -> None:
        moment = datetime.now(UTC).timestamp()
        if self._floods.haste(message.chat.id, moment) is not Haste.NONE:
            return
        await self._say(
            update_id,
            message.chat.id,
            message.from_user,
            "group-private",
            to=message.message_id,
            topic=message.message_thread_id if message.is_topic_message else None,
        )

    async def _link(self, update_id: int, message: Message, code: str) -> None:
        """Somebody who runs an exchange has brought the bot into its group, by a link of theirs."""
        opening = await self._opening(update_id, message.from_user)
        if opening.answered is not None:
            return
        say = speech(_language(opening, message.from_user))
        try:
            async with self._store.unit():
                there = await self._linked(opening, message.chat.id, code)
                await self._record(update_id)
            said = say("group-linked", exchange=shown(there.title, say.language))
        except Refusal as refusal:
            await self._record(update_id)
            said = say(refusal.key, None, **refusal.values)
        chat, topic = message.chat.id, message.message_thread_id
        topic = topic if message.is_topic_message else None
        await self._answering.say_in_group(chat, Said(said), to=message.message_id, topic=topic)

    async def _linked(self, opening: Opening, chat_id: int, code: str) -> Exchange:
        if opening.person is None:
            raise Refusal("refusal-group-code")
        return await groups.link(
            self._store, self._clock, by=opening.person, chat_id=chat_id, code=code
        )

    async def _opening(self, update_id: int, reader: User | None) -> Opening:
        return await self._store.conversations.opening(
            bot_id=self._bot_id, update_id=update_id, telegram_id=reader.id if reader else 0
        )

    async def _record(self, update_id: int) -> None:
        async with self._store.transaction():
            await self._store.conversations.record_update(
                bot_id=self._bot_id, update_id=update_id, at=datetime.now(UTC)
            )

    async def _say(
        self,
        update_id: int,
        chat_id: int,
        reader: User | None,
        key: str,
        *,
        to: int | None = None,
        topic: int | None = None,
    ) -> None:
        opening = await self._opening(update_id, reader)
        if opening.answered is not None:
            return
        await self._record(update_id)
        say = speech(_language(opening, reader))
        us = await self._answering.who_we_are()
        await self._answering.say_in_group(chat_id, _said(say, key, us), to=to, topic=topic)


def _said(say: Speech, key: str, us: User) -> Said:
    private = Button(say.plain("button-private"), url=f"https://t.me/{us.username}")
    return Said(say(key), ((private,),))


def _language(opening: Opening, reader: User | None) -> str:
    if opening.person is not None:
        return opening.person.language
    return nearest(reader.language_code if reader else None)


def _named(message: Message, us: User) -> bool:
    """Whether a command or a mention names us."""
    text = message.text or message.caption or ""
    name = f"@{us.username}".lower()
    return any(_names(one, text, us, name) for one in _entities(message))


def _entities(message: Message) -> Sequence[MessageEntity]:
    return message.entities or message.caption_entities or ()


def _names(entity: MessageEntity, text: str, us: User, name: str) -> bool:
    words = entity.extract_from(text).lower()
    if entity.type == "bot_command":
        return words.endswith(name)
    if entity.type == "text_mention":
        return entity.user is not None and entity.user.id == us.id
    return entity.type == "mention" and words == name
