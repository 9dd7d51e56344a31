"""Verbs about consent: take a piece of it back, and give it again."""

from actions.hiding import hide_own, show_own
from domain.clock import Clock
from domain.consents import Piece
from domain.people import Person
from storage.store import Store


async def withhold(store: Store, clock: Clock, *, by: Person, piece: Piece) -> Person:
    """Take a piece back: what it allowed is erased or hidden at once. Twice changes nothing."""
    async with store.transaction():
        now = await store.people.by_id(by.id) or by
        if piece in now.withheld:
            return now
        # Before the wish is written: what is hidden now was seen until now.
        if piece is Piece.SUGGESTED:
            await hide_own(store, clock, by=now)
        values: dict[str, object] = {"withheld": now.withheld | {piece.value}}
        if piece is Piece.CONTACT:
            values |= {"email": None, "phone": None}
        await store.people.change(by.id, **values)
        await _forget(store, clock, now, piece)
        return await store.people.by_id(by.id) or now


async def allow(store: Store, clock: Clock, *, by: Person, piece: Piece) -> Person:
    """Give a piece again. What was erased is not restored; what was hidden is shown."""
    async with store.transaction():
        now = await store.people.by_id(by.id) or by
        if piece not in now.withheld:
            return now
        await store.people.change(by.id, withheld=now.withheld - {piece.value})
        if piece is Piece.SUGGESTED:
            await show_own(store, clock, by=now)
        return await store.people.by_id(by.id) or now


async def _forget(store: Store, clock: Clock, person: Person, piece: Piece) -> None:
    if piece is Piece.CONTACT:
        unit = store.unit_at_hand
        if unit is not None:
            unit.afterwards(store.leave_traces)
    if piece is Piece.OUTCOMES:
        own = await store.organisations.of(person.id)
        if own is not None and len(await store.people.representing(own.id)) == 1:
            await store.outcomes.forget(own.id)
