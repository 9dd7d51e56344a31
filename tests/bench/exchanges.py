"""Reminders of 2,000 sessions to 100,000 members: what is due is found, told and moved, and none of
it is held in memory.

    python -m tests.bench.exchanges [postgresql://…]

On SQLite, and on an empty PostgreSQL database where its URL is given. Beside it, in the same run:
an outbox row a member in a loop, and APScheduler with a job a reminder in memory.
"""

import asyncio
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psutil
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Table, insert

from actions import reminders, telling
from domain.exchanges import Exchange
from domain.notices import SessionChanged, SessionReminder
from domain.sessions import Session
from storage import migrate
from storage.store import Store
from storage.tables import (
    exchanges,
    memberships,
    people,
    sessions,
)
from storage.tables import (
    reminders as reminders_table,
)
from tests.bench.register import sqlite

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MEMBERS, LARGEST, EXCHANGES = 100_000, 10_000, 91
SESSIONS, DISTANCES = 2_000, 50
FEW = 20
"""Sessions whose reminders are there at first: 1,000 rows."""
IN_A_LOOP = 1_000
FOUND_AIM, TOLD_AIM, MOVED_AIM = 20.0, 1.0, 2.0
MEBIBYTE = 2**20


class Undone(Exception):
    """It was measured, and is undone."""


async def write(store: Store, table: Table, rows: list[dict[str, object]]) -> None:
    """So many rows."""
    async with store.transaction() as unit:
        assert unit.opened is not None
        for first in range(0, len(rows), 5_000):
            await unit.opened.execute(insert(table), rows[first : first + 5_000])


async def fill(store: Store) -> None:
    """Everybody, and every session; the first exchange is the largest, and its first session the
    only one of which anything is due."""
    everybody = range(1, MEMBERS + 1)
    await write(store, people, [
        {"id": one, "telegram_id": one, "language": "de", "consented_at": NOW, "reachable": True,
         "example": False} for one in everybody
    ])  # fmt: skip
    await write(store, exchanges, [
        {"id": one, "entry": "open", "title": {"de": f"Nr. {one}"}, "description": {}, "rules": {},
         "sectors": frozenset(), "topics": frozenset(), "contact_name": "A", "contact_email": "a@b",
         "zone": "Europe/Berlin", "reminders": [10_080, 1_440, 60], "created_at": NOW}
        for one in range(1, EXCHANGES + 1)
    ])  # fmt: skip
    await write(store, memberships, [
        {"person_id": one, "state": "member", "asked_at": NOW, "shows_coming": False,
         "exchange_id": 1 if one <= LARGEST else 2 + one % (EXCHANGES - 1)} for one in everybody
    ])  # fmt: skip
    await write(store, sessions, [
        {"id": one, "exchange_id": 1 + (one - 1) % EXCHANGES, "uid": f"{one}", "sequence": 0,
         "starts_at": starts(one), "ends_at": starts(one) + timedelta(hours=2),
         "zone": "Europe/Berlin", "form": "online", "title": {"de": "Treffen"}, "agenda": {},
         "interpreters": frozenset(), "created_at": NOW, "announced_at": NOW}
        for one in range(1, SESSIONS + 1)
    ])  # fmt: skip


def starts(session: int) -> datetime:
    """The first session begins in a day, the others from two months on."""
    return NOW + (timedelta(days=1) if session == 1 else timedelta(days=60, minutes=session))


async def fill_reminders(store: Store, which: range) -> None:
    """The reminders of these sessions."""
    await write(store, reminders_table, [
        {"session_id": one, "minutes": minutes, "due_at": starts(one) - timedelta(minutes=minutes)}
        for one in which
        for minutes in (1_440 - 20 * place for place in range(DISTANCES))
    ])  # fmt: skip


def now() -> datetime:
    """The clock of this measurement."""
    return NOW


async def found(store: Store) -> float:
    """Milliseconds until what is due is found, and claimed; the median of several."""
    took = []
    for _ in range(9):
        began = time.perf_counter()
        async with store.transaction():
            claimed = await store.reminders.claim(NOW, limit=reminders.AT_ONCE)
            due = await store.reminders.due(claimed, NOW)
        took.append((time.perf_counter() - began) * 1_000)
        assert [(one.session, one.minutes) for one in due] == [(1, 1_440)]
    return statistics.median(took)


async def told_in_a_loop(store: Store, session: Session) -> float:
    """Seconds for a member, where each row of the outbox is a statement; undone afterwards."""
    item = SessionReminder(session.id, 1_440, int(session.starts_at.timestamp()))
    began = time.perf_counter()
    try:
        async with store.transaction():
            for member in await store.memberships.members(1, limit=IN_A_LOOP):
                assert member.person is not None
                await store.outbox.add(item, [member.person], at=NOW)
            raise Undone
    except Undone:
        return (time.perf_counter() - began) / IN_A_LOOP


async def told(store: Store) -> float:
    """Seconds until everybody is reminded."""
    began = time.perf_counter()
    assert await reminders.enqueue_due(store, now) == LARGEST
    return time.perf_counter() - began


async def moved(store: Store, session: Session, exchange: Exchange) -> float:
    """Seconds until a session takes place at another time, and everybody is told of it."""
    later = session.starts_at + timedelta(days=7)
    began = time.perf_counter()
    async with store.transaction():
        await store.sessions.change(session.id, starts_at=later, sequence=1)
        await reminders.follow(store, now, replace(session, starts_at=later, sequence=1))
        item = SessionChanged(session.id, 1)
        assert await telling.tell_members(store, now, item, exchange) == LARGEST
    return time.perf_counter() - began


def _rss() -> float:
    return psutil.Process().memory_info().rss / MEBIBYTE


def growth_of_rows(url: str, _: int) -> float:
    """MB by which a process grows that looks what is due."""

    async def look() -> float:
        store = Store(url)
        before = _rss()
        try:
            async with store.transaction():
                await store.reminders.claim(NOW, limit=reminders.AT_ONCE)
            return _rss() - before
        finally:
            await store.close()

    return asyncio.run(look())


def growth_of_jobs(_: str, number: int) -> float:
    """MB by which a process grows that holds a job a reminder."""

    async def hold() -> float:
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.start(paused=True)
        before = _rss()
        far = datetime.now(UTC) + timedelta(days=365)
        for one in range(number):
            due = far + timedelta(minutes=one)
            scheduler.add_job(print, "date", run_date=due, args=(one, 1_440))
        grown = _rss() - before
        scheduler.shutdown(wait=False)
        return grown

    return asyncio.run(hold())


def in_a_process(growth: Callable[[str, int], float], url: str, number: int) -> float:
    """The same measured in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(growth, (url, number))


async def measure(name: str, url: str) -> None:
    """Say how reminders fare on a database."""
    store = Store(url)
    few, many = FEW * DISTANCES, SESSIONS * DISTANCES
    try:
        await fill(store)
        await fill_reminders(store, range(1, FEW + 1))
        small = await asyncio.to_thread(in_a_process, growth_of_rows, url, few)
        await fill_reminders(store, range(FEW + 1, SESSIONS + 1))
        large = await asyncio.to_thread(in_a_process, growth_of_rows, url, many)
        session, exchange = await store.sessions.by_id(1), await store.exchanges.by_id(1)
        assert session is not None
        assert exchange is not None
        finding = await found(store)
        loop = await told_in_a_loop(store, session)
        telling_all = await told(store)
        moving = await moved(store, session, exchange)
    finally:
        await store.close()
    print(
        f"{name}: {MEMBERS:,} members, {SESSIONS:,} sessions, {many:,} reminders\n"
        f"  due is found in {finding:.1f} ms (aim {FOUND_AIM:.0f})\n"
        f"  {LARGEST:,} people are reminded in {telling_all:.2f} s (aim {TOLD_AIM:.0f}); a row a "
        f"member in a loop takes {loop * LARGEST:.1f} s, {loop * LARGEST / telling_all:.0f} times "
        f"as long (measured with {IN_A_LOOP:,})\n"
        f"  a session of {LARGEST:,} is moved, and all are told, in {moving:.2f} s "
        f"(aim {MOVED_AIM:.0f})\n"
        f"  memory grows by {small:.1f} MB with {few:,} reminders, by {large:.1f} MB with {many:,}",
        flush=True,
    )


def main() -> None:
    """Measure, and say so."""
    with sqlite() as url:
        asyncio.run(measure("SQLite", url))
    for url in sys.argv[1:]:
        migrate.upgrade(url)
        asyncio.run(measure("PostgreSQL", url))
    few, many = (in_a_process(growth_of_jobs, "", n * DISTANCES) for n in (FEW, SESSIONS))
    print(
        f"APScheduler, a job a reminder in memory: grows by {few:.1f} MB with {FEW * DISTANCES:,}, "
        f"by {many:.1f} MB with {SESSIONS * DISTANCES:,}"
    )


if __name__ == "__main__":
    main()
