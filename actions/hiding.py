"""Hiding an organisation for the sake of somebody who speaks for it, and showing it again."""

from domain.clock import Clock
from domain.consents import Piece
from domain.organisations import Organisation
from domain.people import Person
from storage.store import Store

_HIDDEN, _SHOWN = "hide-own", "show-own"


async def hide_own(store: Store, clock: Clock, *, by: Person) -> None:
    """Hide what only this person speaks for; where others do, it is theirs to be seen."""
    own = await store.organisations.of(by.id)
    if (
        own is not None
        and own.published_at is not None
        and not await seen_through_others(store, own, by)
    ):
        await store.organisations.change(own.id, published_at=None)
        await _record(store, clock, _HIDDEN, own, by)


async def show_own(store: Store, clock: Clock, *, by: Person) -> bool:
    """Show again what was hidden so, unless there is another reason by now; whether it was."""
    now = await store.people.by_id(by.id)
    own = await store.organisations.of(by.id)
    if now is None or own is None or own.published_at is not None or not _may_be_seen(now):
        return False
    subject = f"organisation:{own.id}"
    if await store.roles.last_verb((_HIDDEN, _SHOWN), subject, by=by.id) != _HIDDEN:
        return False
    await store.organisations.change(own.id, published_at=clock())
    await _record(store, clock, _SHOWN, own, by)
    return True


async def seen_through_others(store: Store, own: Organisation, person: Person) -> bool:
    """Whether anybody else speaks for it who has nothing against its being seen."""
    several = await store.people.representing(own.id)
    return any(one.id != person.id and _may_be_seen(one) for one in several)


def _may_be_seen(person: Person) -> bool:
    return person.erase_at is None and Piece.SUGGESTED not in person.withheld


async def _record(store: Store, clock: Clock, verb: str, own: Organisation, by: Person) -> None:
    await store.roles.record(verb, f"organisation:{own.id}", by=by.id, at=clock())
