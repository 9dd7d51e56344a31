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
from storage.sealing import Seal, UnusableKey
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
    return Keeping(
        grace=timedelta(hours=settings.erase_after_hours),
        updates=timedelta(days=settings.keep_updates_days),
        notices=timedelta(days=settings.keep_notices_days),
        trail=timedelta(days=settings.keep_trail_days),
        showings=timedelta(days=settings.keep_showings_days),
        concerns=timedelta(days=settings.keep_concerns_days),
        introductions=timedelta(days=settings.keep_introductions_days),
        people=timedelta(days=settings.keep_people_days),
    )


def keys_of(settings: Settings) -> tuple[str, ...]:
    """The keys of contact details. Whoever serves real people has one, or says that there is none;
    ends the process with a sentence where that is not so."""
    said = settings.contact_keys.get_secret_value().strip() if settings.contact_keys else ""
    if not said and not settings.in_sandbox:
        raise SystemExit(
            "CONTACT_KEYS is not set: make a key with `python -m bot make-key` and set it, "
            "or set CONTACT_KEYS=none to store contact details unencrypted."
        )
    keys = () if said == "none" else tuple(one.strip() for one in said.split(",") if one.strip())
    try:
        Seal(keys)
    except UnusableKey as error:
        raise SystemExit(f"CONTACT_KEYS: {error}.") from None
    return keys


def store_of(settings: Settings) -> Store:
    """The database in use, with its keys."""
    return Store(settings.database, keys_of(settings))


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
    store = store_of(settings)
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
