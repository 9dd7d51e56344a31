"""Answering: what a turn has said leaves through aiogram, after its work was committed."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
    User,
)
from aiogram.types import Message as TelegramMessage
from aiohttp import ClientConnectorError

from actions import people
from bot.menus import Menus
from delivery.message import Attachment, Keyboard, Message
from domain.people import Person
from handlers.turn import Edit, Menu, Saying, Send, Toast, Turn
from storage.store import UNAVAILABLE, Store

log = structlog.get_logger()

PAUSES = (0.3, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0)
"""Seconds between attempts at an answer that certainly was not taken."""
REMEMBERED = 20_000
UNTIDY_AT_MOST = 50
"""Answered questions that wait to lose their buttons; more than these keep them."""
TIDYING_AT_LAST = 2.0
"""Seconds for tidying up before the process ends."""


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Rows of buttons as aiogram's."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=one.text, callback_data=one.data, url=one.url)
                for one in row
            ]
            for row in keyboard
        ]
    )


def file_of(attachment: Attachment) -> BufferedInputFile | str:
    """The file as aiogram has it: its content, or the id that Telegram knows."""
    if attachment.file_id is not None:
        return attachment.file_id
    return BufferedInputFile(attachment.content, attachment.filename)


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the answer to an update has left: the first `said` of its new messages."""

    bot_id: int
    update_id: int
    said: int = 0


class Questions:
    """Which message carries the question that waits in a chat. Forgotten by a restart: then a
    button of an older question is known by its turn alone."""

    def __init__(self) -> None:
        self._messages: OrderedDict[int, int] = OrderedDict()

    def of(self, chat_id: int) -> int | None:
        """The message, if it is known."""
        return self._messages.get(chat_id)

    def place(self, chat_id: int, message_id: int) -> int | None:
        """The question stands in this message now; the message where it stood before."""
        before = self._messages.pop(chat_id, None)
        self._messages[chat_id] = message_id
        if len(self._messages) > REMEMBERED:
            self._messages.popitem(last=False)
        return before if before != message_id else None

    def forget(self, chat_id: int) -> int | None:
        """No question waits any more; the message where it stood."""
        return self._messages.pop(chat_id, None)


class Answering:
    """Sends what turns have said."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store
        self._menus = Menus(bot, store)
        self.questions = Questions()
        self._answering = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._untidy: deque[tuple[int, int]] = deque(maxlen=UNTIDY_AT_MOST)
        self._tidying: asyncio.Task[None] | None = None

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Somebody waits for an answer; tidying up does not come between."""
        self._answering += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._answering -= 1
            if not self._answering:
                self._quiet.set()

    async def send(self, turn: Turn, callback: str | None, progress: Progress) -> None:
        """Send everything, in order; a person who has blocked the bot is marked unreachable."""
        toasts = [one.text for one in turn.sayings if isinstance(one, Toast)]
        said = [one for one in turn.sayings if isinstance(one, Send | Edit)]
        saying = self._say_all(turn.chat_id, said, progress)
        blocked = False
        try:
            if callback is None:
                await saying
            else:
                await self._answer_beside(saying, callback, toasts[0] if toasts else None)
        except* TelegramForbiddenError:
            blocked = True
        if blocked:
            await self._lost(turn.person)
        if turn.conversation.step is None:
            self._tidy(turn.chat_id, self.questions.forget(turn.chat_id), said)
        for menu in dict.fromkeys(one for one in turn.sayings if isinstance(one, Menu)):
            await self._menus.refresh(menu)

    async def _answer_beside(
        self, saying: Coroutine[Any, Any, None], callback: str, toast: str | None
    ) -> None:
        """Both at the same time."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._answer(callback, toast))
            group.create_task(saying)

    async def _lost(self, person: Person | None) -> None:
        if person is not None:
            await people.set_reachable(self._store, person, reachable=False)

    async def who_we_are(self) -> User:
        """The bot itself; asked for once."""
        return await self._bot.me()

    async def say_in_group(
        self, chat_id: int, message: Message, *, to: int | None, topic: int | None
    ) -> None:
        """Say something in a chat of several, as an answer to a message, in its topic. Whoever has
        sent the bot away is not insisted upon."""
        reply = ReplyParameters(message_id=to, allow_sending_without_reply=True) if to else None

        async def attempt() -> None:
            await self._bot.send_message(
                chat_id,
                str(message.html),
                reply_markup=markup(message.keyboard),
                reply_parameters=reply,
                message_thread_id=topic,
            )

        try:
            await self._insist(attempt)
        except TelegramForbiddenError:
            log.info("group-left")

    async def stop_waiting(self, callback: str | None) -> None:
        """Answer a press without a word, if it is one."""
        if callback is not None:
            await self._answer(callback, None)

    async def toast(self, callback: str, text: str, *, alert: bool = False) -> None:
        """Answer a press in a few words above the chat; an alert stays until it is closed."""
        await self._answer(callback, text, alert=alert)

    async def _answer(self, callback: str, text: str | None, *, alert: bool | None = None) -> None:
        """Answer a press, so that its button stops waiting."""

        async def attempt() -> None:
            await self._bot.answer_callback_query(callback, text=text, show_alert=alert)

        await self._insist(attempt, repeatable=True)

    async def _say_all(self, chat_id: int, said: Sequence[Saying], progress: Progress) -> None:
        """In order. Of several new messages those that left before a crash do not leave again."""
        new = sum(isinstance(one, Send) for one in said)
        number = 0
        for one in said:
            if isinstance(one, Edit):
                await self._edit(chat_id, one)
            elif isinstance(one, Send):
                number += 1
                if number <= progress.said:
                    continue
                await self._say(chat_id, one.message, question=one.question)
                if number < new:
                    await self._record(replace(progress, said=number))

    async def _record(self, progress: Progress) -> None:
        """Not knowing it costs no more than a message said again, should the process die now."""
        try:
            async with self._store.transaction():
                await self._store.conversations.record_said(
                    bot_id=progress.bot_id, update_id=progress.update_id, said=progress.said
                )
        except UNAVAILABLE as error:
            log.warning("progress-unrecorded", update=progress.update_id, error=error)

    async def _say(self, chat_id: int, message: Message, *, question: bool) -> None:
        async def attempt() -> None:
            sent = await self._new(chat_id, message)
            if question:
                self._tidy(chat_id, self.questions.place(chat_id, sent.message_id), [])

        await self._insist(attempt)

    async def _new(self, chat_id: int, message: Message) -> TelegramMessage:
        """As words, or as a file with words beside it."""
        words, keyboard = str(message.html), markup(message.keyboard)
        if message.attachment is None:
            return await self._bot.send_message(chat_id, words, reply_markup=keyboard)
        file = file_of(message.attachment)
        if message.attachment.kind == "photo":
            return await self._bot.send_photo(chat_id, file, caption=words, reply_markup=keyboard)
        return await self._bot.send_document(chat_id, file, caption=words, reply_markup=keyboard)

    async def _edit(self, chat_id: int, edit: Edit) -> None:
        stands = self.questions.of(chat_id)
        if edit.message.attachment is not None:
            await self._say(chat_id, edit.message, question=edit.question)
            return
        if edit.question and stands not in (None, edit.message_id):
            # The button of an older message: the question would be out of sight up there.
            await self._say(chat_id, edit.message, question=True)
            return

        async def attempt() -> None:
            try:
                await self._bot.edit_message_text(
                    str(edit.message.html),
                    chat_id=chat_id,
                    message_id=edit.message_id,
                    reply_markup=markup(edit.message.keyboard),
                )
            except TelegramBadRequest as refused:
                if "not modified" in refused.message:
                    return
                if "message to edit" in refused.message or "be edited" in refused.message:
                    await self._say(chat_id, edit.message, question=edit.question)
                    return
                raise
            if edit.question:
                self._tidy(chat_id, self.questions.place(chat_id, edit.message_id), [])

        await self._insist(attempt, repeatable=True)

    async def _insist(
        self, attempt: Callable[[], Awaitable[None]], *, repeatable: bool = False
    ) -> None:
        """Try again what certainly was not taken, or may be done twice. A new message whose line
        broke after the request may have been taken: it is left as it is, and recorded."""
        for pause in (*PAUSES, None):
            try:
                await attempt()
            except TelegramForbiddenError:
                raise
            except (TelegramServerError, TelegramNetworkError) as error:
                if pause is None or not (repeatable or _certainly_not_taken(error)):
                    log.warning("answer-unknown", error=error)
                    return
                await asyncio.sleep(pause)
            except ClientDecodeError as error:
                log.warning("answer-unknown", error=error)
                return
            except TelegramAPIError as error:
                log.error("answer-refused", error=error, method=type(error.method).__name__)
                return
            else:
                return

    def _tidy(self, chat_id: int, message_id: int | None, said: Sequence[Saying]) -> None:
        """Take the buttons off a question that has been answered, when nobody waits for an
        answer. A button that stays is known as stale by its turn."""
        edited = {one.message_id for one in said if isinstance(one, Edit)}
        if message_id is None or message_id in edited:
            return
        self._untidy.append((chat_id, message_id))
        if self._tidying is None:
            self._tidying = asyncio.create_task(self._tidy_up(), name="tidying")

    async def _tidy_up(self) -> None:
        try:
            while self._untidy:
                await self._quiet.wait()
                await self._take_buttons_off(*self._untidy.popleft())
        finally:
            self._tidying = None

    async def _take_buttons_off(self, chat_id: int, message_id: int) -> None:
        try:
            await self._bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)
        except TelegramAPIError as error:
            log.debug("buttons-stay", error=error)

    async def settle(self) -> None:
        """Tidy up, as far as that goes quickly."""
        if self._tidying is not None:
            await asyncio.wait({self._tidying}, timeout=TIDYING_AT_LAST)
            self._tidying.cancel()


def _certainly_not_taken(error: TelegramAPIError) -> bool:
    return isinstance(error, TelegramServerError) or isinstance(
        error.__cause__, ClientConnectorError
    )
