"""Which organisations have changed since one looked last."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from sqlalchemy import Row, func, select, text

from domain.organisations import Organisation
from storage.queries.base import Queries
from storage.queries.organisations import VISIBLE, organisation_of
from storage.tables import organisation_changes, organisations

AT_ONCE = 500

# What is not committed by now may get a lower number than what is: so one looks again from the
# oldest transaction that is still open (PostgreSQL's documentation, "Transaction ID and Snapshot
# Information Functions").
_OLDEST_OPEN = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS number")


class Changes(Queries):
    """For those who keep organisations in memory. They see what is committed, whatever the unit at
    hand has written: it may be undone."""

    async def horizon(self) -> int:
        """From which number on changes may not have been seen, if one looks now."""
        if self._store.backend == "postgresql":
            ((oldest,),) = await self._committed(_OLDEST_OPEN)
            return int(oldest)
        latest = select(func.coalesce(func.max(organisation_changes.c.number), 0))
        ((number,),) = await self._committed(latest)
        return int(number) + 1

    async def since(self, horizon: int) -> frozenset[int]:
        """Organisations that were added, changed or removed from a horizon on."""
        changes = organisation_changes.c
        rows = await self._committed(
            select(changes.organisation_id).where(changes.number >= horizon)
        )
        return frozenset(row.organisation_id for row in rows)

    async def visible(self, among: Iterable[int]) -> tuple[Organisation, ...]:
        """Those of some organisations that others may be shown."""
        ids = sorted(among)
        found: list[Row[Any]] = []
        # A statement takes about 32,000 values, and after a bulk change there may be more.
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            found += await self._committed(
                select(organisations).where(organisations.c.id.in_(some), *VISIBLE)
            )
        return await asyncio.to_thread(_organisations_of, found)

    async def all_visible(self) -> AsyncIterator[tuple[Organisation, ...]]:
        """Every organisation that others may be shown, some at a time."""
        last = 0
        async with self._store.beside.connect() as connection:
            while True:
                rows = await connection.execute(
                    select(organisations)
                    .where(organisations.c.id > last, *VISIBLE)
                    .order_by(organisations.c.id)
                    .limit(AT_ONCE)
                )
                # Nobody else waits while rows become organisations: there may be many.
                several = await asyncio.to_thread(_organisations_of, rows)
                if not several:
                    return
                yield several
                last = several[-1].id


def _organisations_of(rows: Iterable[Row[Any]]) -> tuple[Organisation, ...]:
    return tuple(map(organisation_of, rows))
