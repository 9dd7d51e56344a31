"""The listener: asks Telegram for updates, and confirms only what has been handled.

aiogram's own polling confirms updates while their handlers still run: what is in hand when the
process dies would be lost. Here the offset never passes an update whose work is not committed.
Each chat has a lane of its own, so that one person's trouble holds up nobody else.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramUnauthorizedError
from aiogram.types import Update

from bot.ledger import Ledger
from bot.middlewares import NotHandled

log = structlog.get_logger()

Result = TypeVar("Result")

KINDS = ["message", "callback_query", "my_chat_member"]
LONG_POLL = 25
"""Seconds for which Telegram holds a request open when there is nothing new."""
SETTLING = 0.2
"""Seconds given to updates in hand before asking for more with some of them unconfirmed: so long
may one person's slow answer hold up another's."""
PAUSE_AT_MOST = 15.0
BACKLOG = 20
"""Updates of one person that may wait for answers. Where more wait, the first of them are done
without one, since the last show where things stand: a chat takes about one message a second, and
Telegram hands out no more than 100 updates before the first of them is confirmed."""
LAST_WORDS = 5.0
"""Seconds for what is in hand when told to stop; what takes longer comes again after the start."""
UNREACHABLE = (TelegramAPIError, ClientDecodeError)


class Listener:
    """Updates from Telegram to the dispatcher, each handled before it is confirmed."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, ledger: Ledger) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._ledger = ledger
        self._lanes: dict[int, deque[Update]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._done: set[int] = set()
        self._next = 0
        self._writing: asyncio.Task[None] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until told to stop; then finish what is in hand and confirm it."""
        stopping = asyncio.create_task(stop.wait())
        try:
            await unless(stopping, insist(self._bot.delete_webhook))
            while not stop.is_set():
                await self._round(stopping)
            await self._finish()
        finally:
            stopping.cancel()

    async def _round(self, stopping: "asyncio.Task[bool]") -> None:
        for update in await unless(stopping, insist(self._ask)) or ():
            self._take(update)
        if self._running:
            await asyncio.wait(self._running, timeout=SETTLING)
        await self._write_down()

    async def _write_down(self) -> None:
        """Record what has been answered. A database that another process holds does not keep the
        bot from listening: the record is waited for in the rounds after this one."""
        if self._writing is None:
            self._writing = asyncio.create_task(self._ledger.write())
        written, _ = await asyncio.wait({self._writing}, timeout=SETTLING)
        if written:
            writing, self._writing = self._writing, None
            await writing

    async def _ask(self) -> list[Update]:
        """New updates. Waits for them only when nothing is in hand."""
        return await self._bot.get_updates(
            offset=self._confirmed(),
            timeout=0 if self._in_hand else LONG_POLL,
            allowed_updates=KINDS,
            request_timeout=LONG_POLL + 10,
        )

    def _confirmed(self) -> int:
        """The first update that is not finished; everything before it is confirmed by asking."""
        first = min(self._in_hand, default=self._next)
        self._done = {one for one in self._done if one >= first}
        return first

    def _take(self, update: Update) -> None:
        number = update.update_id
        self._next = max(self._next, number + 1)
        if number in self._in_hand or number in self._done:
            return
        self._in_hand.add(number)
        chat = _chat_of(update)
        lane = self._lanes.get(chat)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[chat] = deque([update])
        task = asyncio.create_task(self._drive(chat))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _drive(self, chat: int) -> None:
        """Handle a chat's updates in order; one that cannot be handled now is tried again
        before those after it."""
        lane = self._lanes[chat]
        pause = 0.5
        while lane:
            update = lane[0]
            try:
                hurried = len(lane) > BACKLOG
                await self._dispatcher.feed_update(self._bot, update, hurried=hurried)
            except NotHandled:
                await asyncio.sleep(pause)
                pause = min(pause * 2, PAUSE_AT_MOST)
                continue
            except Exception as error:  # noqa: BLE001, one update must not end the listening
                log.error("update-dropped", update=update.update_id, error=error)
            pause = 0.5
            await self._ledger.write()
            lane.popleft()
            self._in_hand.discard(update.update_id)
            self._done.add(update.update_id)
        del self._lanes[chat]

    async def _finish(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=LAST_WORDS)
        for lane in tuple(self._running):
            lane.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._ledger.write()
        try:
            await self._bot.get_updates(
                offset=self._confirmed(), timeout=0, limit=1, request_timeout=3
            )
        except UNREACHABLE as error:
            # What was answered is known to the ledger: it comes again, and is passed over.
            log.warning("last-words-unconfirmed", error=error)


async def insist(ask: Callable[[], Awaitable[Result]]) -> Result:
    """Ask Telegram until it answers, with growing pauses. Raises TelegramUnauthorizedError where
    it does not know the token."""
    pause = 0.5
    while True:
        try:
            return await ask()
        except TelegramUnauthorizedError:
            raise
        except UNREACHABLE as error:
            said = getattr(error, "message", None)
            log.warning("telegram-unreachable", error=error, said=said, pause=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, PAUSE_AT_MOST)


async def unless(
    stopping: "asyncio.Task[bool]", work: Coroutine[Any, Any, Result]
) -> Result | None:
    """The work's result; None where the process was told to stop first."""
    task = asyncio.create_task(work)
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return None


def _chat_of(update: Update) -> int:
    """Whose lane it is: the person's own."""
    inner = update.message or update.my_chat_member
    if inner is not None:
        return inner.chat.id
    return update.callback_query.from_user.id if update.callback_query else 0
