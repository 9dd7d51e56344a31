"""People and rows for tests of what is queued, and a look at what became of it."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select

from domain.notices import Notice
from storage.store import Store
from storage.tables import outbox
from storage.tables import people as people_table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TELEGRAM_IDS_FROM = 1_000_000


async def people(store: Store, number: int, *, telegram_ids: tuple[int, ...] = ()) -> list[int]:
    """So many people who have consented; their ids of ours."""
    ids = telegram_ids or tuple(range(TELEGRAM_IDS_FROM, TELEGRAM_IDS_FROM + number))
    rows = [
        {
            "telegram_id": telegram_id,
            "language": "en",
            "consented_at": NOON,
            "reachable": True,
            "example": False,
        }
        for telegram_id in ids
    ]
    async with store.transaction() as unit:
        await (await unit.connection()).execute(insert(people_table), rows)
    async with store.reading.connect() as connection:
        found = await connection.execute(select(people_table.c.id).order_by(people_table.c.id))
        return [row.id for row in found]


async def queue(store: Store, notice: Notice, *recipients: int, at: datetime = NOON) -> int:
    """Queue a notice; how many are new."""
    async with store.transaction():
        return await store.outbox.add(notice, recipients, at=at)


async def rows(store: Store, only: Collection[int] | None = None) -> list[Row[Any]]:
    """All rows of the outbox, or only these, oldest first."""
    wanted = select(outbox).order_by(outbox.c.id)
    if only is not None:
        wanted = wanted.where(outbox.c.id.in_(only))
    async with store.reading.connect() as connection:
        return list(await connection.execute(wanted))


async def names(store: Store) -> list[Row[Any]]:
    """Of each row its id, its kind and what it is about."""
    wanted = select(outbox.c.id, outbox.c.kind, outbox.c.subject).order_by(outbox.c.id)
    async with store.reading.connect() as connection:
        return list(await connection.execute(wanted))


async def row(store: Store, recipient: int) -> Row[Any]:
    """The one row of a recipient."""
    (found,) = [row for row in await rows(store) if row.recipient == recipient]
    return found


async def states(store: Store) -> dict[int, tuple[str, str | None]]:
    """State and reason of each recipient's row."""
    return {row.recipient: (row.state, row.reason) for row in await rows(store)}


async def state(store: Store, recipient: int) -> tuple[str, str | None]:
    """State and reason of the one row of a recipient."""
    found = await row(store, recipient)
    return found.state, found.reason
