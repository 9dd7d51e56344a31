"""All visible organisations in memory, for matching: it follows the database."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from domain.clock import Clock
from domain.track_records import NO_RECORD, TrackRecord
from matching.partner_index import PartnerIndex
from storage.store import Store

LATELY = timedelta(days=30)
"""So long an organisation counts as shown."""
FRESH = timedelta(minutes=1)
"""Track records are read anew after so long; profiles are always as they are now."""


class Register:
    """Visible organisations as columns. Before each question it asks the database what has changed
    since the last one, so that it never lags behind, here or on another replica."""

    def __init__(self, store: Store) -> None:
        self.index = PartnerIndex()
        self._store = store
        self._horizon: int | None = None
        self._records: Mapping[int, TrackRecord] = {}
        self._records_at: datetime | None = None
        self._following = asyncio.Lock()

    def record(self, organisation: int) -> TrackRecord:
        """What an organisation has done so far."""
        return self._records.get(organisation, NO_RECORD)

    async def follow(self, clock: Clock) -> None:
        """Be as the database is now."""
        async with self._following:
            if self._horizon is None:
                await self._read_all()
            else:
                await self._read_changes(self._horizon)
            if self._records_at is None or abs(clock() - self._records_at) >= FRESH:
                await self._read_records(clock())

    async def _read_all(self) -> None:
        # Asked for first: what is committed while it is read will be read once more.
        horizon = await self._store.changes.horizon()
        async for several in self._store.changes.all_visible():
            await asyncio.to_thread(self.index.put_all, several)
        self._horizon = horizon

    async def _read_changes(self, since: int) -> None:
        horizon = await self._store.changes.horizon()
        changed = await self._store.changes.since(since)
        if changed:
            visible = await self._store.changes.visible(changed)
            for organisation in changed - {one.id for one in visible}:
                self.index.remove(organisation)
            for one in visible:
                self.index.put(one)
                self.index.record({one.id: self.record(one.id)})
        self._horizon = horizon

    async def _read_records(self, now: datetime) -> None:
        records = await self._store.records.all(shown_since=now - LATELY)
        without = {one: NO_RECORD for one in self._records if one not in records}
        await asyncio.to_thread(self.index.record, {**without, **records})
        self._records, self._records_at = records, now


_REGISTERS: WeakKeyDictionary[Store, Register] = WeakKeyDictionary()


def register_of(store: Store) -> Register:
    """The register of a database: one a process, read at its first use."""
    return _REGISTERS.setdefault(store, Register(store))
