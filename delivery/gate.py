"""One gate for everything that leaves: paced, most urgent first, one flood wait for all.

Telegram allows about 30 messages a second in all, about one a second to a chat (short bursts pass)
and 20 a minute to a group (core.telegram.org/bots/faq, "My bot is hitting limits").
A flood wait is a deadline here, not a flag: nothing that ends early can lift it, and the longest of
several holds (what python-telegram-bot's own limiter got wrong, its issue 5338).
"""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from delivery.journeys import Journey, Journeys
from domain.notices import Priority

Monotonic = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]

REMEMBERED_CHATS = 4_096
NO_CHAT = 0
"""Stands for a chat where only the pace over all chats counts: an edit adds nothing to a chat."""
_GROUP_WINDOW = 60.5
"""Seconds; half a second over Telegram's minute, since the line does not take equally long."""
_LATE = 0.25
"""How much of a beat a late turn may be made good: more than half would let 31 into a second."""
_AHEAD = 4
"""So many beats an answer to somebody may be ahead of its turn; the turns after it come later by as
much, and how many arrive within a second is minded all the same (delivery/journeys.py)."""
_INSTANT = 1e-6
"""Seconds below which waiting is not worth the while."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages may leave.

    per_second: over all chats, evenly; None switches it off. chat_burst, chat_refill: a private
    chat's messages at once, and how many come back each second. conversation_extra: how many more
    an answer to somebody's own doing may have. group_per_minute: messages to one group.
    fair_turn: each so-manieth turn goes to whoever has waited longest.
    """

    per_second: float | None = 29.5
    chat_burst: int = 10
    chat_refill: float = 1.0
    conversation_extra: int = 8
    group_per_minute: int = 20
    fair_turn: int = 8

    @property
    def beat(self) -> float:
        """Seconds between two turns."""
        return 1 / self.per_second if self.per_second else 0.0


class _Bucket:
    """A private chat's: a burst, then so many a second."""

    __slots__ = ("_at", "_pace", "_tokens")

    def __init__(self, pace: Pace, now: float) -> None:
        self._pace = pace
        self._tokens = float(pace.chat_burst)
        self._at = now

    def wait(self, now: float, priority: Priority) -> float:
        """Seconds until one more may go."""
        extra = self._pace.conversation_extra if priority is Priority.CONVERSATION else 0
        missing = 1 - extra - self._filled(now)
        return missing / self._pace.chat_refill if missing > 0 else 0.0

    def take(self, now: float) -> None:
        self._tokens = self._filled(now) - 1
        self._at = now

    def rested(self, now: float) -> bool:
        """Whether it is as good as new."""
        return self._filled(now) >= self._pace.chat_burst

    def _filled(self, now: float) -> float:
        gained = (now - self._at) * self._pace.chat_refill
        return min(self._pace.chat_burst, self._tokens + gained)


class _Window:
    """A group's: so many in any sliding minute."""

    __slots__ = ("_pace", "_sent")

    def __init__(self, pace: Pace, _now: float) -> None:
        self._pace = pace
        self._sent: deque[float] = deque(maxlen=pace.group_per_minute)

    def wait(self, now: float, _priority: Priority) -> float:
        """Seconds until one more may go."""
        if len(self._sent) < self._pace.group_per_minute:
            return 0.0
        return max(0.0, self._sent[0] + _GROUP_WINDOW - now)

    def take(self, now: float) -> None:
        self._sent.append(now)

    def rested(self, now: float) -> bool:
        """Whether it is as good as new."""
        return not self._sent or self._sent[-1] + _GROUP_WINDOW <= now


class _Chats:
    """What was sent to which chat lately; chats that have rested are forgotten."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._chats: OrderedDict[int, _Bucket | _Window] = OrderedDict()

    def wait(self, chat_id: int, priority: Priority, now: float) -> float:
        """Seconds until this chat may have one more."""
        chat = self._chats.get(chat_id)
        return chat.wait(now, priority) if chat else 0.0

    def take(self, chat_id: int, now: float) -> None:
        if chat_id == NO_CHAT:
            return
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = (_Window if chat_id < 0 else _Bucket)(self._pace, now)
            self._forget_one(now)
        chat.take(now)
        self._chats.move_to_end(chat_id)

    def _forget_one(self, now: float) -> None:
        if len(self._chats) <= REMEMBERED_CHATS:
            return
        longest_untouched = next(iter(self._chats))
        if self._chats[longest_untouched].rested(now):
            del self._chats[longest_untouched]


class _Waiter:
    """Somebody at the gate."""

    __slots__ = ("chat_id", "future", "number", "priority")

    def __init__(self, chat_id: int, priority: Priority, number: int) -> None:
        self.chat_id = chat_id
        self.priority = priority
        self.number = number
        self.future: asyncio.Future[Journey] = asyncio.get_running_loop().create_future()


class Gate:
    """Lets sends and edits pass, one beat apart. One for a whole process, and in one event loop.

    It follows real, monotonic time, whatever the product's clock says.
    """

    def __init__(
        self,
        pace: Pace | None = None,
        *,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.pace = pace or Pace()
        self._monotonic = monotonic
        self._sleep = sleep
        self._chats = _Chats(self.pace)
        self._journeys = Journeys(math.ceil(self.pace.per_second or 1), monotonic)
        self._lines: dict[Priority, dict[int, _Waiter]] = {priority: {} for priority in Priority}
        self._arrived = 0
        self._turns = 0
        self._next_at = -math.inf
        self._shut_until = -math.inf
        self._porter: asyncio.Task[None] | None = None
        self._nudge = asyncio.Event()

    async def start(self) -> None:
        """Be ready."""

    async def stop(self) -> None:
        """Let nobody pass any more: whoever still waits is cancelled."""
        for waiter in list(self._waiting()):
            waiter.future.cancel()
        self._dismiss()

    async def passing(self, chat_id: int, priority: Priority) -> None:
        """Wait for this chat's turn. `chat_id` is Telegram's: negative for groups; NO_CHAT for
        what no chat's own limit counts."""
        (await self.setting_out(chat_id, priority)).dropped()

    async def setting_out(self, chat_id: int, priority: Priority) -> Journey:
        """The same for who says when their request was answered, or that they make none."""
        if self._passes_at_once(chat_id, priority):
            return self._set_out()
        self._arrived += 1
        waiter = _Waiter(chat_id, priority, self._arrived)
        line = self._lines[priority]
        line[waiter.number] = waiter
        self._nudge.set()
        self._call_porter()
        try:
            return await waiter.future
        finally:
            line.pop(waiter.number, None)
            if waiter.future.cancelled() and not any(self._lines.values()):
                self._dismiss()

    def flooded(self, retry_after: float) -> None:
        """Telegram has asked to wait so many seconds: nobody passes until then."""
        self._shut_until = max(self._shut_until, self._monotonic() + max(0.0, retry_after))

    def chat_wait(self, chat_id: int, priority: Priority) -> float:
        """Seconds until this chat may have one more, whatever the others do."""
        return self._chats.wait(chat_id, priority, self._monotonic())

    def _passes_at_once(self, chat_id: int, priority: Priority) -> bool:
        """Let one pass without waiting, where nobody is there and nothing is in the way."""
        now = self._monotonic()
        if now < self._shut_until or self._turn_in(now, priority) > 0 or any(self._lines.values()):
            return False
        if self._chats.wait(chat_id, priority, now) > 0 or self._journeys_wait() > 0:
            return False
        self._chats.take(chat_id, now)
        self._count_beat(now)
        return True

    async def _turn(self, priority: Priority) -> float:
        """Take the next turn: 0 when it is taken, else the seconds after which to ask again."""
        now = self._monotonic()
        wait = self._turn_in(now, priority)
        if wait > _INSTANT:
            return wait
        self._count_beat(now)
        return 0.0

    def _turn_in(self, now: float, priority: Priority) -> float:
        """Seconds until it is the turn of something so urgent."""
        ahead = _AHEAD * self.pace.beat if priority is Priority.CONVERSATION else 0.0
        return self._next_at - ahead - now

    def _count_beat(self, now: float) -> None:
        beat = self.pace.beat
        self._next_at = max(self._next_at, now - _LATE * beat) + beat

    def _call_porter(self) -> None:
        if self._porter is None or self._porter.done():
            self._porter = asyncio.create_task(self._keep_the_gate(), name="gate")
            self._porter.add_done_callback(self._left)

    def _dismiss(self) -> None:
        if self._porter is not None:
            self._porter.cancel()
            self._porter = None

    def _left(self, porter: "asyncio.Task[None]") -> None:
        """What ended the porter ends the waiting: nobody is left standing there for ever."""
        error = None if porter.cancelled() else porter.exception()
        if error is not None:
            for waiter in list(self._waiting()):
                if not waiter.future.done():
                    waiter.future.set_exception(error)

    async def _keep_the_gate(self) -> None:
        """Admit one after the other, until nobody waits."""
        while any(self._lines.values()):
            wait, first = self._shut_for(), self._next()
            if wait <= _INSTANT and first is None:
                await self._nap(self._soonest())
                continue
            if wait <= _INSTANT and first is not None:
                wait = self._journeys_wait() or await self._turn(first.priority)
            if wait > _INSTANT:
                await self._nap(wait)
            elif self._shut_for() <= _INSTANT:
                self._admit()

    def _journeys_wait(self) -> float:
        """Seconds until what set out long before has certainly arrived a second ago."""
        return self._journeys.wait() if self.pace.per_second else 0.0

    def _shut_for(self) -> float:
        return self._shut_until - self._monotonic()

    def _admit(self) -> None:
        waiter = self._next()
        if waiter is None:
            return
        self._turns += 1
        self._chats.take(waiter.chat_id, self._monotonic())
        del self._lines[waiter.priority][waiter.number]
        if not waiter.future.done():
            waiter.future.set_result(self._set_out())

    def _set_out(self) -> Journey:
        return self._journeys.begin()

    def _next(self) -> _Waiter | None:
        """Whose turn it is: the most urgent's, now and then that of who has waited longest."""
        now = self._monotonic()
        first = filter(None, (self._first_ready(line, now) for line in self._lines.values()))
        if (self._turns + 1) % self.pace.fair_turn:
            return next(first, None)
        return min(first, key=lambda waiter: waiter.number, default=None)

    def _first_ready(self, line: dict[int, _Waiter], now: float) -> _Waiter | None:
        for waiter in line.values():
            if self._chats.wait(waiter.chat_id, waiter.priority, now) <= _INSTANT:
                return waiter
        return None

    def _soonest(self) -> float:
        """Seconds until the first of the waiting chats may have one."""
        now = self._monotonic()
        return min(
            (self._chats.wait(one.chat_id, one.priority, now) for one in self._waiting()),
            default=0.0,
        )

    def _waiting(self) -> Iterator[_Waiter]:
        for line in self._lines.values():
            yield from line.values()

    async def _nap(self, seconds: float) -> None:
        """Sleep; somebody who comes meanwhile ends it."""
        self._nudge.clear()
        sleeping = asyncio.ensure_future(_asleep(self._sleep, seconds))
        nudged = asyncio.ensure_future(self._nudge.wait())
        try:
            await asyncio.wait({sleeping, nudged}, return_when=asyncio.FIRST_COMPLETED)
            if sleeping.done():
                await sleeping  # A sleep that failed says so.
        finally:
            sleeping.cancel()
            nudged.cancel()


async def _asleep(sleep: Sleep, seconds: float) -> None:
    await sleep(seconds)
