"""Around every update: one person's updates one at a time, what is known of them, one
transaction, and only then the answer.

The update's id commits together with what it did. A repeated update shows where things stand and
does nothing twice; one whose answer has certainly left is passed over.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update

from actions import people
from bot.answering import Answering, Progress
from bot.floods import Floods, Haste
from bot.groups import Groups
from bot.ledger import Ledger
from bot.written import caption_html_of, html_of
from delivery.buttons import (
    Back,
    Begin,
    Cancel,
    Change,
    Choose,
    Consent,
    Done,
    Drop,
    Page,
    Press,
    Skip,
    Unreadable,
    unpack,
)
from delivery.presses_of_sentence import TakeOver
from domain.conversations import Conversation
from domain.errors import Refusal
from domain.languages import DEFAULT, LANGUAGES, nearest
from domain.people import Person
from domain.uploads import Upload, UploadKind
from handlers import leaving
from handlers.profile import wizard
from handlers.turn import Menu, Services, Toast, Turn
from storage.store import UNAVAILABLE

log = structlog.get_logger()

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

# After these a repeated update only shows where things stand; every other verb is safe to repeat,
# and says again what it said.
_MOVES = (Choose, Drop, Page, Done, Skip, Back, Cancel, Change, Begin, Consent, TakeOver)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What is kept in mind of a stranger, of whom nothing is stored."""

    language: str
    link: str | None = None


class NotHandled(Exception):
    """The update could not be handled now and must come again."""


class Lanes:
    """One lane a chat: its updates one at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}

    @asynccontextmanager
    async def lane(self, chat_id: int) -> AsyncIterator[None]:
        """Wait for this chat's turn, and hold it."""
        lock = self._locks.setdefault(chat_id, asyncio.Lock())
        self._waiting[chat_id] = self._waiting.get(chat_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[chat_id] -= 1
            if not self._waiting[chat_id]:
                del self._waiting[chat_id], self._locks[chat_id]


class Turns(BaseMiddleware):
    """Makes a turn of every update, commits it, and answers it."""

    def __init__(
        self,
        services: Services,
        answering: Answering,
        ledger: Ledger,
        bot_id: int,
        floods: Floods,
    ) -> None:
        self._services = services
        self._store = services.store
        self._answering = answering
        self._ledger = ledger
        self._bot_id = bot_id
        self._lanes = Lanes()
        self._floods = floods
        self._groups = Groups(services.store, services.clock, answering, bot_id)
        self._strangers: dict[int, Acquaintance] = {}

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> None:
        """Handle one update whole."""
        if not isinstance(event, Update):
            return
        inner = event.message or event.callback_query or event.my_chat_member
        if inner is None:
            return
        with self._answering.busy():
            await self._in_its_lane(handler, event, inner, data)

    async def _in_its_lane(
        self,
        handler: Next,
        update: Update,
        inner: Message | CallbackQuery | ChatMemberUpdated,
        data: dict[str, Any],
    ) -> None:
        async with self._lanes.lane(_chat_id(inner)):
            try:
                if not _in_private(inner):
                    await self._groups.hear(update.update_id, inner)
                    return
                haste = self._haste(inner)
                if haste is Haste.LASTS:
                    await self._answering.stop_waiting(_callback(inner))
                    return
                data["haste"] = haste
                await self._handle(handler, update, inner, data)
            except UNAVAILABLE as error:
                log.error("store-unavailable", update=update.update_id, error=error)
                raise NotHandled from error

    async def _handle(
        self,
        handler: Next,
        update: Update,
        inner: Message | CallbackQuery | ChatMemberUpdated,
        data: dict[str, Any],
    ) -> None:
        opening = await self._store.conversations.opening(
            bot_id=self._bot_id, update_id=update.update_id, telegram_id=_chat_id(inner)
        )
        if opening.answered is True:
            return
        if isinstance(inner, ChatMemberUpdated):
            await self._membership(inner, update.update_id, opening.person, opening.answered)
            return
        turn = self._turn(inner, opening.person, opening.conversation)
        data["turn"] = turn
        if data.get("haste") is Haste.BEGINS and opening.answered is None:
            await self._ask_for_patience(turn, update.update_id)
        elif opening.answered is False and _only_shown_again(turn):
            await wizard.show_again(turn)
        else:
            repeated = opening.answered is False
            await self._do(handler, update, turn, data, record=not repeated)
        callback = _callback(inner)
        if turn.person is None:
            self._remember_stranger(turn)
        if data.get("hurried") and data.get("haste") is not Haste.BEGINS:
            turn.sayings = [one for one in turn.sayings if isinstance(one, Toast | Menu)]
        progress = Progress(self._bot_id, update.update_id, opening.said)
        await self._answering.send(turn, callback, progress)
        self._ledger.answered(update.update_id)

    async def _do(
        self, handler: Next, update: Update, turn: Turn, data: dict[str, Any], *, record: bool
    ) -> None:
        """Handle, and commit all of it or nothing; a refusal or a fault is told kindly."""
        before = stands = turn.conversation
        try:
            async with self._store.unit():
                if turn.person is not None and record:
                    await people.seen(self._store, self._services.clock, turn.person)
                await handler(update, data)
                await leaving.keep_unfinished(turn, before)
                await leaving.go_on_after_words(turn, before)
                await self._keep(turn, before, update.update_id, record=record)
            return
        except Refusal as refusal:
            said = turn.say(refusal.key, None, **refusal.values)
            stands = leaving.after_refusal(turn, before)
        except UNAVAILABLE:
            raise
        except Exception as error:  # noqa: BLE001, the person must be answered whatever broke
            log.error("handler-failed", update=update.update_id, error=error)
            said = turn.say("sorry")
        turn.conversation = stands
        turn.sayings.clear()
        if turn.message_id is not None:
            turn.toast(turn.say.plain("look-below"))
        turn.send(said)
        if stands != before:
            await leaving.go_on(turn)
        if record:
            async with self._store.unit():
                await self._keep(turn, before, update.update_id, record=True)

    async def _keep(
        self, turn: Turn, before: Conversation, update_id: int, *, record: bool
    ) -> None:
        """Where the person stands now, and that the update has been handled."""
        now = self._services.clock()
        async with self._store.transaction(reading=False):
            if turn.person is not None and turn.conversation != before:
                await self._store.conversations.keep(turn.person.id, turn.conversation, at=now)
            if record:
                await self._store.conversations.record_update(
                    bot_id=self._bot_id, update_id=update_id, at=now
                )

    async def _ask_for_patience(self, turn: Turn, update_id: int) -> None:
        """This update is not handled, nor are those after it until it is calm; the question that
        waits is shown, since what came before may have been done without an answer."""
        if turn.person is not None and turn.conversation.step is not None:
            await wizard.show_question(turn, turn.say("too-fast"), anew=True)
        else:
            turn.send(turn.say("too-fast"))
        await self._keep(turn, turn.conversation, update_id, record=True)

    async def _membership(
        self, event: ChatMemberUpdated, update_id: int, person: Person | None, handled: bool | None
    ) -> None:
        """Somebody has blocked the bot, or has come back."""
        if handled is None:
            async with self._store.unit():
                if person is not None:
                    if event.new_chat_member.status == "member":
                        await people.come_back(self._store, self._services.clock, person)
                    else:
                        await people.set_reachable(self._store, person, reachable=False)
                async with self._store.transaction():
                    await self._store.conversations.record_update(
                        bot_id=self._bot_id, update_id=update_id, at=self._services.clock()
                    )
        self._ledger.answered(update_id)

    def _haste(self, inner: Message | CallbackQuery | ChatMemberUpdated) -> Haste:
        """How fast a person's messages and presses come; a press does not say when it was."""
        if isinstance(inner, ChatMemberUpdated):
            return Haste.NONE
        sent = inner.date if isinstance(inner, Message) else self._services.clock()
        return self._floods.haste(_chat_id(inner), sent.timestamp())

    def _turn(
        self, inner: Message | CallbackQuery, person: Person | None, conversation: Conversation
    ) -> Turn:
        chat_id = _chat_id(inner)
        turn = Turn(
            services=self._services,
            chat_id=chat_id,
            language=person.language if person else self._language_of(inner, chat_id),
            person=person,
            conversation=conversation,
        )
        if isinstance(inner, Message):
            turn.text = inner.text
            turn.html = html_of(inner)
            turn.upload = upload_of(inner)
            turn.caption = caption_html_of(inner)
        else:
            turn.press = _press(inner)
            turn.message_id = _editable(inner)
            turn.is_question = self._answering.questions.of(chat_id) == turn.message_id
        turn.language_of_telegram = _language_of_menu(inner)
        if person is None:
            turn.link = self._link_of(turn)
        return turn

    def _link_of(self, turn: Turn) -> str | None:
        """The link by which a stranger came: in the pressed button, else in mind."""
        met = self._strangers.get(turn.chat_id)
        return getattr(turn.press, "link", None) or (met.link if met else None)

    def _language_of(self, inner: Message | CallbackQuery, chat_id: int) -> str:
        code = inner.from_user.language_code if inner.from_user else None
        met = self._strangers.get(chat_id)
        return met.language if met else nearest(code)

    def _remember_stranger(self, turn: Turn) -> None:
        if len(self._strangers) > 10_000:
            self._strangers.clear()
        self._strangers[turn.chat_id] = Acquaintance(turn.language, turn.link)


def _only_shown_again(turn: Turn) -> bool:
    """Whether repeating the handler could do something twice, or something else: an answer to a
    question might be taken for the answer to the next one, or for words out of place."""
    if turn.person is None:
        return False
    if turn.press is not None:
        return isinstance(turn.press, _MOVES)
    return turn.text is None or not turn.text.startswith("/") or turn.text.startswith("/cancel")


def _language_of_menu(inner: Message | CallbackQuery) -> str:
    """In which language Telegram shows everybody's menu: the person's own, else the one for all
    others (bot/menus.py)."""
    code = (inner.from_user.language_code if inner.from_user else None) or ""
    own = code.partition("-")[0].lower()
    return own if own in LANGUAGES else DEFAULT


def _callback(inner: Message | CallbackQuery | ChatMemberUpdated) -> str | None:
    return inner.id if isinstance(inner, CallbackQuery) else None


def _press(query: CallbackQuery) -> Press | None:
    try:
        return unpack(query.data or "")
    except Unreadable:
        log.info("press-unreadable", size=len(query.data or ""))
        return None


def upload_of(message: Message) -> Upload | None:
    """The file that was sent; of a photo its largest size."""
    if message.photo:
        largest = max(message.photo, key=lambda one: one.width * one.height)
        return Upload(largest.file_id, None, UploadKind.PHOTO, largest.file_size)
    if message.document is None:
        return None
    sent = message.document
    return Upload(sent.file_id, sent.file_name, UploadKind.DOCUMENT, sent.file_size)


def _editable(query: CallbackQuery) -> int | None:
    """The message of the button, where its text can be changed: a file has none."""
    shown = query.message
    if shown is None or any(getattr(shown, one, None) for one in ("document", "photo")):
        return None
    return shown.message_id


def _in_private(inner: Message | CallbackQuery | ChatMemberUpdated) -> bool:
    if isinstance(inner, CallbackQuery):
        return inner.message is None or inner.message.chat.type == "private"
    return inner.chat.type == "private"


def _chat_id(inner: Message | CallbackQuery | ChatMemberUpdated) -> int:
    """A private chat's id is its person's id."""
    if isinstance(inner, CallbackQuery):
        return inner.from_user.id
    return inner.chat.id
