"""The first reading of 20,000 organisations into matching: how long it takes, and for how long
nobody else is served meanwhile.

    python -m tests.bench.register [postgresql://…]

On SQLite, and on an empty PostgreSQL database where its URL is given. Beside it, in the same run:
the same rows read and put in one go, which one would write first.
"""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from actions.register import Register
from domain.organisations import Organisation
from matching.partner_index import PartnerIndex
from storage import migrate
from storage.queries.organisations import VISIBLE, organisation_of
from storage.store import Store
from storage.tables import organisations, showings
from tests.bench.partners import Profiles

SEVERAL = 20_000
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TICK = 0.001


def now() -> datetime:
    """The clock of this measurement."""
    return NOW


def row_of(one: Organisation) -> dict[str, object]:
    """An organisation as it lies in the database."""
    stated = ("offers", "seeks", "languages", "regions", "sectors", "forms", "sdgs", "full_until")
    values: dict[str, object] = {name: getattr(one, name) for name in stated}
    times = {"created_at": NOW, "published_at": NOW}
    assert one.place is not None
    assert one.size is not None
    place, size = asdict(one.place), one.size.value
    return {"id": one.id, "name": f"No. {one.id}", "place": place, "size": size, **values, **times}


async def fill(store: Store) -> None:
    """Everybody, visible, each shown to one other."""
    for batch in Profiles().batches(SEVERAL):
        async with store.transaction() as unit:
            assert unit.opened is not None
            await unit.opened.execute(insert(organisations), list(map(row_of, batch)))
    async with store.transaction() as unit:
        assert unit.opened is not None
        shown = [
            {"organisation_id": one, "shown_to": one % SEVERAL + 1, "last_shown_at": NOW}
            for one in range(1, SEVERAL + 1)
        ]
        await unit.opened.execute(insert(showings), shown)


async def stalls(work: Callable[[], Awaitable[object]]) -> tuple[float, float, float]:
    """Seconds that some work takes; the longest time that somebody else waited beyond a tick, and
    the 99th percentile, in milliseconds."""
    waited: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            waited.append((time.perf_counter() - began - TICK) * 1_000)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.05)
    waited.clear()
    began = time.perf_counter()
    await work()
    taken = time.perf_counter() - began
    await asyncio.sleep(2 * TICK)
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    return taken, max(waited), sorted(waited)[len(waited) * 99 // 100]


async def in_one_go(store: Store) -> None:
    """All rows at once, on the event loop."""
    async with store.beside.connect() as connection:
        rows = await connection.execute(select(organisations).where(*VISIBLE))
        PartnerIndex().put_all(map(organisation_of, rows))


async def measure(name: str, url: str) -> None:
    """Say how the first reading fares on a database."""
    store = Store(url)
    try:
        await fill(store)
        for what, work in (
            ("the register", lambda: Register().follow(store, now)),
            ("in one go", lambda: in_one_go(store)),
        ):
            taken, longest, usual = await stalls(work)
            print(
                f"{name}, {SEVERAL:,} organisations, {what}: {taken:.2f} s; others waited "
                f"{longest:.0f} ms at most, p99 {usual:.1f} ms",
                flush=True,
            )
    finally:
        await store.close()


@contextmanager
def sqlite() -> Iterator[str]:
    """A migrated SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate.upgrade(url)
        yield url


def main() -> None:
    """Measure, and say so."""
    # As the bot does at its start: what was imported is not looked through again and again.
    gc.collect()
    gc.freeze()
    with sqlite() as url:
        asyncio.run(measure("SQLite", url))
    for url in sys.argv[1:]:
        migrate.upgrade(url)
        asyncio.run(measure("PostgreSQL", url))


if __name__ == "__main__":
    main()
