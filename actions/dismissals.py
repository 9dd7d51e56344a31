"""Verbs about dismissals: not for us, later, undo."""

from domain.clock import Clock
from domain.dismissals import LATER, Dismissal, Why
from domain.errors import ProfileIncomplete, Refusal
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.dismissals import holds
from domain.rules.standing import named
from storage.store import Store


async def dismiss(
    store: Store, clock: Clock, *, by: Person, organisation: int, why: Why
) -> Dismissal:
    """Have an organisation suggested no longer, or (later) not for a while. Saying it again, or
    for another reason, replaces what was said; a report stays until it is undone itself."""
    async with store.transaction():
        own, other = await known(store, by=by, organisation=organisation)
        before = await store.dismissals.between(own.id, other.id)
        if before is not None and holds(before, clock()) and _stays(before.why, why):
            return before
        until = clock() + LATER if why is Why.LATER else None
        said = Dismissal(own.id, other.id, why, clock(), until)
        await store.dismissals.put(said, by=by.id)
        return said


async def undo(store: Store, *, by: Person, organisation: int) -> None:
    """Have an organisation suggested again."""
    async with store.transaction():
        own = await _own(store, by)
        await store.dismissals.remove(own.id, organisation)


async def known(
    store: Store, *, by: Person, organisation: int
) -> tuple[Organisation, Organisation]:
    """The own organisation and another one that was shown to it, or could be: a button may be
    forged, and nobody learns a name by trying numbers. Refuses any other."""
    own, other = await _own(store, by), await store.organisations.by_id(organisation)
    if other is None or other.id == own.id or not await _shown(store, own, other):
        raise Refusal("refusal-partner-gone")
    return own, other


async def _shown(store: Store, own: Organisation, other: Organisation) -> bool:
    if own.published and other.published:
        return True
    if await store.dismissals.between(own.id, other.id) is not None:
        return True
    between = await store.introductions.between(own.id, other.id)
    if between is not None and named(between, own.id):
        return True
    return other.id in await store.organisations.shown_to(own.id)


async def dismissed(
    store: Store, clock: Clock, *, by: Person
) -> tuple[tuple[Dismissal, Organisation], ...]:
    """What a person's organisation has dismissed and what still holds, newest first."""
    own = await _own(store, by)
    said = [
        one
        for one in await store.dismissals.concerning(own.id)
        if one.organisation == own.id and holds(one, clock())
    ]
    others = await store.organisations.several(one.other for one in said)
    return tuple((one, others[one.other]) for one in said if one.other in others)


def _stays(before: Why, why: Why) -> bool:
    return before is why or (before is Why.REPORTED and why is not Why.REPORTED)


async def _own(store: Store, person: Person) -> Organisation:
    """The organisation that the person speaks for, visible or not."""
    own = await store.organisations.of(person.id)
    if own is None:
        raise ProfileIncomplete
    return own
