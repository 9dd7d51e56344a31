"""The worker: empties the outbox. Each row leaves once, and what became of it is recorded.

A row is claimed for a short time, put into words, waits for its turn at the gate, is marked as
being sent, sent, and settled. So a row that is being sent really is on the line: only one whose
worker died in that moment, or whose line broke, becomes unknown.
"""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import uuid4

import structlog

from delivery.answers import Hurdle, TryAgain
from delivery.gate import NO_CHAT, Gate
from delivery.journeys import Journey
from delivery.ledger import Ledger, Pauses, backoff, named, spread
from delivery.message import Letter, Mail, Nothing, NotYet
from domain.clock import Clock, wall_clock
from domain.outbox import Delivery, DeliveryState, Outcome
from storage.store import Store

log = structlog.get_logger()

Deliver = Callable[[Mail], Awaitable[Outcome | TryAgain]]
Render = Callable[[Delivery], Awaitable[Mail | NotYet | Nothing]]


def owner_name() -> str:
    """A name that no other start of a worker has: host, process and chance, at most 60 letters."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:12]}"


def counted_chat(mail: Mail) -> int:
    """The chat whose own limit it counts towards: what changes or takes away adds nothing."""
    return mail.chat_id if isinstance(mail, Letter) else NO_CHAT


@dataclass(frozen=True, slots=True)
class Habits:
    """How a worker goes about it; times are in seconds unless they are timedeltas.

    lease: how long a row is a worker's without it saying so again; after a crash its rows come back
    so late. Workers on several machines need clocks that agree better than that.
    at_once: requests under way. batch: rows in hand. poll: how often to look by itself.
    chat_patience: a chat whose turn is further off gives way to others. stale_after: words older
    than that are made anew. tries: requests that Telegram itself failed before a row fails;
    render_tries: the same for putting it into words. pause, line_pause_most, retry_most: the first
    wait after a failure, and the longest while nobody can be reached, and for a single row.
    """

    lease: timedelta = timedelta(seconds=20)
    at_once: int = 8
    batch: int = 30
    poll: float = 1.0
    chat_patience: float = 0.5
    stale_after: float = 1.0
    tries: int = 20
    render_tries: int = 3
    pause: float = 1.0
    line_pause_most: float = 30.0
    retry_most: float = 900.0


class Worker:
    """Delivers what is due, as long as it runs. Any number of workers may share a database."""

    def __init__(
        self,
        store: Store,
        gate: Gate,
        deliver: Deliver,
        render: Render,
        clock: Clock,
        *,
        now: Clock = wall_clock,
        owner: str | None = None,
        habits: Habits | None = None,
    ) -> None:
        """`clock` says what is due; `now`, the machine's time, how long a row is owned."""
        self.habits = habits or Habits()
        self.owner = owner or owner_name()
        self._gate = gate
        self._deliver = deliver
        self._render = render
        self._ledger = Ledger(
            store,
            clock=clock,
            now=now,
            owner=self.owner,
            lease=self.habits.lease,
            pause=self.habits.pause,
        )
        self._slots = asyncio.Semaphore(self.habits.at_once)
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._latest: dict[tuple[int | None, int | None], asyncio.Task[None]] = {}
        self._on_the_line: set[int] = set()
        self._awake = asyncio.Event()
        self._stop = asyncio.Event()
        self._line = Pauses(self.habits.pause, self.habits.line_pause_most)

    def wake(self) -> None:
        """Something has been queued: look at once."""
        self._awake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; then end what is on the line and give back the rest."""
        log.info("worker-started", owner=self.owner)
        self._stop = stop
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(self._keep_what_is_in_hand()),
                group.create_task(self._wake_at(stop)),
            ]
            while not stop.is_set():
                await self._take_some(group)
                await self._rest()
            await self._put_down()
            for task in beside:
                task.cancel()
        log.info("worker-stopped", owner=self.owner)

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._awake.set()

    async def _rest(self) -> None:
        """Until something is queued or hands are free, or until it is time to look again."""
        wait = max(self.habits.poll, self._line.left(), self._ledger.pause())
        try:
            async with asyncio.timeout(wait):
                await self._awake.wait()
        except TimeoutError:
            return

    async def _take_some(self, group: asyncio.TaskGroup) -> None:
        """Claim what there is room for, and begin with it."""
        self._awake.clear()
        room = self.habits.batch - len(self._in_hand)
        if room <= 0 or self._line.left() > 0 or self._ledger.pause() > 0:
            return
        for delivery in await self._ledger.take(room):
            self._begin(group, delivery)

    def _begin(self, group: asyncio.TaskGroup, delivery: Delivery) -> None:
        """Handle a row beside the others, though after an earlier one to the same reader."""
        earlier = self._latest.get(delivery.addressee)
        task = group.create_task(self._handle(delivery, earlier))
        self._in_hand[delivery.id] = task
        self._latest[delivery.addressee] = task
        task.add_done_callback(partial(self._done, delivery))

    def _done(self, delivery: Delivery, task: "asyncio.Task[None]") -> None:
        if self._in_hand.get(delivery.id) is task:
            del self._in_hand[delivery.id]
        if self._latest.get(delivery.addressee) is task:
            del self._latest[delivery.addressee]
        # Half-empty hands take more: claiming one by one would cost a query a row.
        if len(self._in_hand) == self.habits.batch // 2:
            self._awake.set()

    async def _handle(self, delivery: Delivery, earlier: "asyncio.Task[None] | None") -> None:
        if earlier is not None:
            await asyncio.wait({earlier})
        letter = await self._letter(delivery)
        if letter is None or await self._gave_way(delivery, letter):
            return
        async with self._slots:
            came = time.monotonic()
            journey = await self._gate.setting_out(counted_chat(letter), delivery.notice.priority)
            try:
                current = await self._passed(delivery, letter, time.monotonic() - came)
                if current is not None:
                    await self._send(delivery, current, journey)
            finally:
                journey.dropped()

    async def _letter(self, delivery: Delivery) -> Mail | None:
        """The letter; None where there is none now, which then has been recorded."""
        try:
            letter = await self._render(delivery)
        except Exception as error:  # noqa: BLE001, because one bad row must not hold up the others
            await self._not_rendered(delivery, error)
            return None
        if isinstance(letter, NotYet):
            await self._ledger.put_off(delivery, letter)
            return None
        if isinstance(letter, Nothing):
            await self._ledger.settle(delivery, Outcome(DeliveryState.SKIPPED, letter.reason))
            return None
        return letter

    async def _not_rendered(self, delivery: Delivery, error: Exception) -> None:
        """Try again a little later, since a database that went away looks the same from here."""
        reason = f"render-{type(error).__name__}"
        log.error("render-failed", **named(delivery), error=type(error).__name__)
        if delivery.attempts + 1 >= self.habits.render_tries:
            await self._ledger.settle(delivery, Outcome(DeliveryState.FAILED, reason))
            return
        await self._ledger.give_back(delivery, reason, wait=self._pause(delivery), counted=True)

    async def _gave_way(self, delivery: Delivery, letter: Mail) -> bool:
        """Whether it makes room for others, because its own chat cannot have more for a while."""
        wait = self._gate.chat_wait(counted_chat(letter), delivery.notice.priority)
        if wait <= self.habits.chat_patience:
            return False
        await self._ledger.give_back(delivery, "chat-limit", wait=wait * spread(), counted=False)
        return True

    async def _passed(self, delivery: Delivery, letter: Mail, waited: float) -> Mail | None:
        """What is to be said after so many seconds at the gate: what is true now, where that was
        long; None where the line has broken meanwhile."""
        if self._line.left() > 0:
            await self._ledger.give_back(delivery, Hurdle.LINE, counted=False)
            return None
        if waited < self.habits.stale_after:
            return letter
        return await self._letter(delivery)

    async def _send(self, delivery: Delivery, letter: Mail, journey: Journey) -> None:
        """From here on nothing may interrupt, until it is recorded what became of it."""
        if self._stop.is_set():
            return
        self._on_the_line.add(delivery.id)
        try:
            if await self._ledger.start(delivery):
                await self._record(delivery, await self._answer(delivery, letter, journey))
        finally:
            self._on_the_line.discard(delivery.id)

    async def _answer(
        self, delivery: Delivery, letter: Mail, journey: Journey
    ) -> Outcome | TryAgain:
        try:
            return await self._deliver(letter)
        except Exception as error:  # noqa: BLE001, because the request may have been made
            log.error("courier-failed", **named(delivery), error=type(error).__name__)
            return Outcome(DeliveryState.UNKNOWN, f"courier-{type(error).__name__}")
        finally:
            journey.answered()

    async def _record(self, delivery: Delivery, answer: Outcome | TryAgain) -> None:
        if isinstance(answer, Outcome):
            self._judge_the_line(answer)
            await self._ledger.settle(delivery, answer)
        elif answer.counted and delivery.attempts + 1 >= self.habits.tries:
            failed = Outcome(DeliveryState.FAILED, f"{answer.hurdle}-failed")
            await self._ledger.settle(delivery, failed)
        else:
            wait = self._wait_after(delivery, answer)
            await self._ledger.give_back(delivery, answer.hurdle, wait=wait, counted=answer.counted)

    def _judge_the_line(self, outcome: Outcome) -> None:
        """A line that breaks is given time: it would make many more unknown, one by one."""
        if outcome.state is DeliveryState.UNKNOWN:
            self._line.longer()
        else:
            self._line.over()

    def _wait_after(self, delivery: Delivery, answer: TryAgain) -> float:
        """Seconds until this one goes again; 0 where everybody is made to wait anyway."""
        if answer.for_all:
            self._line.longer()
        if answer.for_all or answer.hurdle is Hurdle.FLOOD:
            return 0.0
        return self._pause(delivery)

    def _pause(self, delivery: Delivery) -> float:
        return backoff(delivery.attempts, self.habits.pause, self.habits.retry_most)

    async def _keep_what_is_in_hand(self) -> None:
        while True:
            await asyncio.sleep(self.habits.lease.total_seconds() / 4)
            if self._in_hand:
                await self._ledger.keep(tuple(self._in_hand))

    async def _put_down(self) -> None:
        """What is on the line ends, within two leases; the rest goes back untouched."""
        tasks = set(self._in_hand.values())
        for delivery, task in tuple(self._in_hand.items()):
            if delivery not in self._on_the_line:
                task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=2 * self.habits.lease.total_seconds())
        for task in tuple(self._in_hand.values()):
            task.cancel()
        await self._ledger.release()
