"""How long it takes until an announcement to many is in the outbox, on both databases."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy import insert, make_url

from domain.exchanges import Contact, Entry, MembershipState
from storage.migrate import upgrading
from storage.store import Store
from storage.tables import memberships, outbox
from tests.bench.announcing_bot import Announced
from tests.support.outboxes import NOON, people

RECIPIENTS = 100_000
AIM = 5.0
"""Seconds."""


@asynccontextmanager
async def _postgresql() -> AsyncIterator[str]:
    default = "postgresql://postgres@127.0.0.1:5432/test"
    server = make_url(os.environ.get("TEST_POSTGRES_URL", default)).set(drivername="postgresql")
    connection = await asyncpg.connect(server.render_as_string(hide_password=False), timeout=5)
    name = f"bench_{uuid4().hex}"
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


async def _members(store: Store, ids: list[int]) -> int:
    """All of them in one exchange; its id."""
    contact = Contact("Anna Beispiel", "anna@example.org", None)
    async with store.transaction() as unit:
        exchange = await store.exchanges.add(
            by=ids[0],
            at=NOON,
            entry=Entry.ON_APPROVAL,
            title={"en": "All"},
            contact=contact,
            zone="Europe/Berlin",
        )
        rows = [
            {
                "exchange_id": exchange.id,
                "person_id": one,
                "state": MembershipState.MEMBER.value,
                "asked_at": NOON,
                "shows_coming": True,
            }
            for one in ids
        ]
        await (await unit.connection()).execute(insert(memberships), rows)
    return exchange.id


async def _timed(store: Store, queue: Callable[[], Awaitable[int]]) -> float:
    """Seconds until it is committed; and it is undone again."""
    began = time.perf_counter()
    async with store.transaction():
        queued = await queue()
    took = time.perf_counter() - began
    if queued != RECIPIENTS:
        raise SystemExit(f"{queued} were queued, not {RECIPIENTS}")
    async with store.transaction() as unit:
        await (await unit.connection()).execute(outbox.delete())
    return took


async def _measure(name: str, url: str) -> None:
    await upgrading(url)
    store = Store(url)
    try:
        ids = await people(store, RECIPIENTS)
        exchange = await _members(store, ids)
        notice = Announced(1)
        named = await _timed(store, lambda: store.outbox.add(notice, ids, at=NOON))
        chosen = await _timed(
            store, lambda: store.outbox.add_for_members(notice, exchange, at=NOON)
        )
        print(
            f"{name:>12}: {chosen:.1f} s where the database chooses them (aim {AIM:.0f} s),"
            f" {named:.1f} s where each is named: {named / chosen:.1f} times as long"
        )
    finally:
        await store.close()


async def main() -> None:
    """Measure, say."""
    print(f"{RECIPIENTS:,} recipients queued")
    with tempfile.TemporaryDirectory() as folder:
        await _measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}")
    try:
        async with _postgresql() as url:
            await _measure("PostgreSQL", url)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        print(f"  PostgreSQL: not measured, it does not answer ({type(error).__name__})")


if __name__ == "__main__":
    asyncio.run(main())
