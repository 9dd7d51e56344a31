"""A worker at work: a real store, gate and courier, and a server at the other end of the line."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from delivery.courier import Courier
from delivery.gate import Gate, Pace
from delivery.message import Letter, Message
from delivery.worker import Habits, Render, Worker
from domain.clock import Clock
from domain.outbox import Delivery
from storage.store import Store
from tests.support.outboxes import NOON

TOKEN = "4242:sandbox"
UNPACED = Pace(per_second=None, chat_burst=1_000)
QUICK = Habits(
    lease=timedelta(seconds=1),
    poll=0.05,
    pause=0.05,
    line_pause_most=0.2,
    retry_most=0.1,
)


@dataclass(slots=True)
class AtWork:
    """A running worker, and how it is ended."""

    worker: Worker
    gate: Gate
    task: "asyncio.Task[None]"
    stop: asyncio.Event

    async def end(self) -> None:
        """Cleanly."""
        self.stop.set()
        await self.task

    async def drop_dead(self) -> None:
        """Without any cleaning up, as by kill -9."""
        self.task.cancel()
        await asyncio.wait({self.task})


def letters_to(store: Store) -> Render:
    """A letter to whoever a row is for, naming the row's subject."""

    async def render(delivery: Delivery) -> Letter:
        person = await store.people.by_id(delivery.recipient)
        assert person is not None
        return Letter(person.telegram_id, Message(f"{delivery.notice.subject}"))

    return render


def running_clock() -> Clock:
    """A product's clock that began to run at noon."""
    began = time.monotonic()
    return lambda: NOON + timedelta(seconds=time.monotonic() - began)


def hasty_clock() -> Clock:
    """A product's clock that runs so fast that nothing is put off for long."""
    moments = count()
    return lambda: NOON + timedelta(seconds=next(moments))


@asynccontextmanager
async def at_work(
    store: Store,
    base_url: str,
    *,
    render: Render | None = None,
    gate: Gate | None = None,
    habits: Habits = QUICK,
    clock: Clock | None = None,
    answer_timeout: float = 5.0,
    token: str = TOKEN,
    **changed: object,
) -> AsyncIterator[AtWork]:
    """A worker that delivers to the server at `base_url`; `changed` are habits."""
    gate = gate or Gate(UNPACED)
    courier = Courier(
        token, gate, base_url=base_url, connect_timeout=1.0, answer_timeout=answer_timeout
    )
    await courier.start()
    worker = Worker(
        store,
        gate,
        courier.deliver,
        render or letters_to(store),
        clock or running_clock(),
        habits=replace(habits, **changed),  # type: ignore[arg-type]
    )
    stop = asyncio.Event()
    running = AtWork(worker, gate, asyncio.create_task(worker.run(stop)), stop)
    try:
        yield running
    finally:
        stop.set()
        await asyncio.wait({running.task})
        await courier.stop()
    if not running.task.cancelled():
        await running.task


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait until something holds; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < deadline, f"{holds} did not come to hold in {seconds} s"
        await asyncio.sleep(0.02)
