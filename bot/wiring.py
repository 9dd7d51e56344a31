"""The only place where real parts meet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import SandboxClock
from bot.settings import Settings
from delivery.courier import Courier
from delivery.gate import Gate, Pace
from delivery.render import Renderer
from delivery.shared_gate import SharedGate
from delivery.worker import Habits, Worker
from domain.clock import Clock, wall_clock
from domain.introductions import Patience
from domain.keeping import Keeping
from storage.migrate import upgrading
from storage.store import Store

UNLIMITED = 10**9


@dataclass(frozen=True, slots=True)
class Parts:
    """What both a listener and a worker need."""

    settings: Settings
    store: Store
    clock: Clock
    gate: Gate


def patience_of(settings: Settings) -> Patience:
    """How long introductions wait."""
    return Patience(
        remind_after=timedelta(days=settings.remind_after_days),
        expire_after=timedelta(days=settings.expire_after_days),
        follow_up_after=timedelta(days=settings.follow_up_after_days),
    )


def keeping_of(settings: Settings) -> Keeping:
    """How long what is remembered stays."""
    return Keeping(grace=timedelta(hours=settings.erase_after_hours))


def gate_of(settings: Settings) -> Gate:
    """The gate of this process, shared through Redis where several use one token."""
    unlimited = Pace(per_second=None, chat_burst=UNLIMITED)
    per_second = settings.sends_per_second
    pace = Pace(per_second=per_second) if per_second else unlimited
    if settings.redis_url:
        return SharedGate(settings.redis_url, f"partnerlotse:{settings.bot_id}", pace)
    return Gate(pace)


@asynccontextmanager
async def parts(settings: Settings, stop: asyncio.Event) -> AsyncIterator[Parts]:
    """The database brought up to date, the clock and the gate; closed in the end."""
    await upgrading(settings.database)
    store = Store(settings.database)
    gate = gate_of(settings)
    following: asyncio.Task[None] | None = None
    clock: Clock = wall_clock
    if settings.in_sandbox:
        followed = SandboxClock(settings.api_url)
        following = asyncio.create_task(followed.follow(stop))
        clock = followed
    try:
        await gate.start()
        yield Parts(settings, store, clock, gate)
    finally:
        if following is not None:
            following.cancel()
        await gate.stop()
        await store.close()


@asynccontextmanager
async def delivering(parts: Parts) -> AsyncIterator[Worker]:
    """A worker with its courier, ready to run."""
    settings = parts.settings
    courier = Courier(settings.token, parts.gate, base_url=settings.api_url)
    worker = Worker(
        parts.store,
        parts.gate,
        courier.deliver,
        Renderer(parts.store, parts.clock).letter,
        parts.clock,
        habits=Habits(lease=settings.lease),
    )
    parts.store.queued = worker.wake
    await courier.start()
    try:
        yield worker
    finally:
        await courier.stop()
