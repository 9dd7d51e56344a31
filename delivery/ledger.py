"""The worker's ledger: what it has in hand, and what became of it, however the database fares."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from delivery.message import NotYet
from domain.clock import Clock
from domain.notices import Priority
from domain.outbox import Delivery, DeliveryState, Outcome
from storage.store import Store

log = structlog.get_logger()

_REASON_LENGTH = 80
_PAUSE_MOST = 5.0

# However much of the most urgent keeps coming, something of these gets into a worker's hands; there
# the gate gives now and then a turn to whoever has waited longest.
_LESSER = tuple(one for one in Priority if one is not Priority.CONVERSATION)

LOOK_AGAIN = timedelta(hours=6)
"""So often, by the product's clock, a row that is held is looked at."""


class Pauses:
    """Pauses that double, in seconds, while something is out of order."""

    def __init__(self, first: float, most: float) -> None:
        self._first = first
        self._most = most
        self._failures = 0
        self._until = 0.0

    def left(self) -> float:
        """Seconds of pause left."""
        return max(0.0, self._until - time.monotonic())

    def longer(self) -> None:
        """It failed; several that fail together count as one."""
        if self.left() > 0:
            return
        self._until = time.monotonic() + backoff(self._failures, self._first, self._most)
        self._failures += 1

    def over(self) -> None:
        """It works again."""
        self._failures = 0
        self._until = 0.0


def backoff(failures: int, first: float, most: float) -> float:
    """Seconds to wait after so many failures: doubled each time, and spread by a half around, so
    that many do not come back in step."""
    wait: float = min(most, first * 2 ** min(failures, 30))
    return wait * spread()


def spread() -> float:
    """Half to one and a half, by chance."""
    return random.uniform(0.5, 1.5)  # noqa: S311, because chance is all that is wanted


def _next_look(now: datetime) -> datetime:
    """The next of the moments at which everything held is looked at: somebody may have ended their
    pause just while a worker had a row of theirs in hand."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // LOOK_AGAIN + 1) * LOOK_AGAIN


def named(delivery: Delivery) -> dict[str, object]:
    """What a log line may say of a row: ids and kinds."""
    return {"delivery": delivery.id, "kind": delivery.notice.kind}


class Ledger:
    """One owner's writes to the outbox.

    A database that is gone for a while ends nothing: what must be written is written when it is
    back. Its errors come from SQLAlchemy, the driver or the socket, hence the wide excepts.
    """

    def __init__(
        self, store: Store, *, clock: Clock, now: Clock, owner: str, lease: timedelta, pause: float
    ) -> None:
        self._store = store
        self._clock = clock
        self._now = now
        self.owner = owner
        self.lease = lease
        self._looked_for_dead = -lease.total_seconds()
        self._trouble = Pauses(pause, _PAUSE_MOST)

    def pause(self) -> float:
        """Seconds for which the database is better left alone."""
        return self._trouble.left()

    async def take(self, most: int) -> tuple[Delivery, ...]:
        """Claim up to so many due rows, after having freed those of dead owners; none while the
        database is gone. Where more wait than that, one of each lesser priority comes on top."""
        try:
            await self._take_from_the_dead()
            async with self._store.transaction():
                taken = await self._claim(most)
                if len(taken) == most:
                    for priority in _LESSER:
                        taken += await self._claim(1, priority)
        except Exception as error:  # noqa: BLE001, because a database that is gone comes back
            self._out_of_order("claim", error)
            return ()
        self._trouble.over()
        return taken

    async def _claim(self, most: int, priority: Priority | None = None) -> tuple[Delivery, ...]:
        return await self._store.outbox.claim(
            owner=self.owner,
            due=self._clock(),
            until=self._until(),
            limit=most,
            priority=priority,
        )

    async def start(self, delivery: Delivery) -> bool:
        """Record that its request is being made; False when it is not ours, or was given back."""
        try:
            async with self._store.transaction():
                return await self._store.outbox.start(
                    delivery.id, owner=self.owner, until=self._until()
                )
        except Exception as error:  # noqa: BLE001, because a database that is gone comes back
            self._out_of_order("start", error)
            # Whether that was committed is not known here; that no request was made is.
            await self.give_back(delivery, "database-gone", counted=False)
            return False

    async def settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Record what became of it, and that its reader cannot be reached where that is so."""
        outcome = replace(outcome, reason=outcome.reason and outcome.reason[:_REASON_LENGTH])

        async def write() -> bool:
            async with self._store.transaction():
                if outcome.state is DeliveryState.BLOCKED and delivery.recipient is not None:
                    await self._store.people.change(delivery.recipient, reachable=False)
                return await self._store.outbox.settle(
                    delivery.id, outcome, owner=self.owner, at=self._clock()
                )

        ours = await self._insist(write)
        log.info(
            "settled", **named(delivery), state=outcome.state, reason=outcome.reason, ours=ours
        )

    async def give_back(
        self, delivery: Delivery, reason: str, *, wait: float = 0.0, counted: bool
    ) -> None:
        """Queue it again, due in `wait` seconds of the product's time: it was not sent."""
        due = self._clock() + timedelta(seconds=wait)
        await self._queue_again(delivery, reason, due=due, counted=counted)
        log.info("given-back", **named(delivery), reason=reason, seconds=round(wait, 1))

    async def put_off(self, delivery: Delivery, wish: NotYet) -> None:
        """Queue it again for when its reader may be told, and look again before a long time is up.

        All that is held for a person becomes due at the same moment, so that it keeps its order.
        """
        due = min(wish.until, _next_look(self._clock()))
        await self._queue_again(delivery, wish.reason, due=due, counted=False)
        log.info("put-off", **named(delivery), reason=wish.reason)

    async def _queue_again(
        self, delivery: Delivery, reason: str, *, due: datetime, counted: bool
    ) -> None:
        async def write() -> bool:
            async with self._store.transaction():
                return await self._store.outbox.give_back(
                    delivery.id, owner=self.owner, due=due, reason=reason, counted=counted
                )

        await self._insist(write)

    async def keep(self, deliveries: Iterable[int]) -> None:
        """Say that these are still in hand."""
        try:
            async with self._store.transaction():
                await self._store.outbox.extend(deliveries, owner=self.owner, until=self._until())
        except Exception as error:  # noqa: BLE001, because a database that is gone comes back
            self._out_of_order("keep", error)

    async def release(self) -> None:
        """Give back, as if never touched, all that was claimed and not begun."""
        try:
            async with self._store.transaction():
                await self._store.outbox.release(owner=self.owner)
        except Exception as error:  # noqa: BLE001, because a stop must come to an end
            self._out_of_order("release", error)

    async def _take_from_the_dead(self) -> None:
        moment = time.monotonic()
        if moment - self._looked_for_dead < self.lease.total_seconds() / 4:
            return
        async with self._store.transaction():
            queued, unknown = await self._store.outbox.take_from_the_dead(
                now=self._now(), at=self._clock()
            )
        self._looked_for_dead = moment
        if queued or unknown:
            log.warning("taken-from-the-dead", queued=queued, unknown=unknown)

    async def _insist(self, write: Callable[[], Awaitable[bool]]) -> bool:
        """Write until it is written, however long the database is away; whether it was ours."""
        while True:
            try:
                return await write()
            except Exception as error:  # noqa: BLE001, because a database that is gone comes back
                self._out_of_order("record", error)
            await asyncio.sleep(self._trouble.left())

    def _until(self) -> datetime:
        return self._now() + self.lease

    def _out_of_order(self, doing: str, error: Exception) -> None:
        self._trouble.longer()
        # An error's text may hold the values of the statement.
        log.error("outbox-out-of-order", doing=doing, error=type(error).__name__)
