"""Verbs about people who are not here any more: warn them, and erase them."""

from dataclasses import dataclass

from actions import erasure
from domain.clock import Clock
from domain.keeping import WARNING, Keeping
from domain.notices import InactivityWarned
from domain.rules.inactivity import is_to_be_erased, is_to_be_warned
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """How many people were warned, and how many erased."""

    warned: int = 0
    erased: int = 0


async def look_after(store: Store, clock: Clock, keeping: Keeping) -> Done:
    """Warn those whose time is nearly over, and erase those whose time is, each in a transaction of
    their own. Doing it again at once changes nothing."""
    away = await store.people.last_here_before(clock() - keeping.people + WARNING)
    warned = [await _warn(store, clock, keeping, one.id) for one in away]
    erased = [await _erase(store, clock, keeping, one.id) for one in away]
    return Done(sum(warned), sum(erased))


async def _warn(store: Store, clock: Clock, keeping: Keeping, person: int) -> bool:
    async with store.transaction():
        now = await store.people.by_id(person)
        if now is None or not is_to_be_warned(now, clock(), keeping):
            return False
        until = max(clock() + WARNING, now.last_here + keeping.people)
        await store.people.change(person, warned_at=clock())
        await store.outbox.add(InactivityWarned(int(until.timestamp())), [person], at=clock())
        return True


async def _erase(store: Store, clock: Clock, keeping: Keeping, person: int) -> bool:
    """They may have come back, or wished something else, since they were looked for."""
    async with store.transaction():
        now = await store.people.by_id(person)
        if now is None or not is_to_be_erased(now, clock(), keeping):
            return False
        await erasure.erase(store, clock, now)
        return True
