"""All visible organisations in memory, for matching: it follows the database."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
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
    since the last one, so that it never lags behind, here or on another replica.

    It knows what is committed, whatever the unit at hand has written: that may be undone.
    """

    def __init__(self) -> None:
        self.index = PartnerIndex()
        self._horizon: int | None = None
        self._records: dict[int, TrackRecord] = {}
        self._records_at: datetime | None = None
        self._following = asyncio.Lock()

    def record(self, organisation: int) -> TrackRecord:
        """What an organisation has done so far."""
        return self._records.get(organisation, NO_RECORD)

    def show(self, several: Iterable[int]) -> None:
        """Count that these were shown to one more, until the records are read anew."""
        shown: dict[int, TrackRecord] = {}
        for one in several:
            before = self.record(one)
            shown[one] = replace(before, shown=before.shown + 1)
        self._records.update(shown)
        self.index.record(shown)

    async def follow(self, store: Store, clock: Clock) -> None:
        """Be as the database is now."""
        async with self._following:
            if self._horizon is None:
                await self._read_all(store)
            else:
                await self._read_changes(store, self._horizon)
            if self._records_at is None or abs(clock() - self._records_at) >= FRESH:
                await self._read_records(store, clock())

    async def _read_all(self, store: Store) -> None:
        # Asked for first: what is committed while it is read will be read once more. And put aside
        # until it is whole: who is hidden before the next attempt must not stay from this one.
        horizon, index = await store.changes.horizon(), PartnerIndex()
        async for several in store.changes.all_visible():
            await asyncio.to_thread(index.put_all, several)
        self.index, self._horizon = index, horizon

    async def _read_changes(self, store: Store, since: int) -> None:
        horizon = await store.changes.horizon()
        changed = await store.changes.since(since)
        if changed:
            visible = await store.changes.visible(changed)
            for organisation in changed - {one.id for one in visible}:
                self.index.remove(organisation)
            await asyncio.to_thread(self.index.put_all, visible)
            self.index.record({one.id: self.record(one.id) for one in visible})
        self._horizon = horizon

    async def _read_records(self, store: Store, now: datetime) -> None:
        records = await store.records.all(shown_since=now - LATELY)
        without = {one: NO_RECORD for one in self._records if one not in records}
        await asyncio.to_thread(self.index.record, {**without, **records})
        self._records, self._records_at = records, now


# A register holds no store: else no store would ever be let go.
_REGISTERS: WeakKeyDictionary[Store, Register] = WeakKeyDictionary()


def register_of(store: Store) -> Register:
    """The register of a database: one a process, read at its first use."""
    found = _REGISTERS.get(store)
    if found is None:
        found = _REGISTERS[store] = Register()
    return found
