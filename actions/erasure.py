"""Verbs about being erased: wish it, take the wish back, and forget a person for good."""

from actions import rsvps, telling
from actions.hiding import hide_own, show_own
from actions.organisations import forget_with
from domain.clock import Clock
from domain.keeping import Keeping
from domain.notices import IntroductionEnded
from domain.organisations import Organisation
from domain.outbox import LEAVING
from domain.people import Person
from storage.store import Store


async def wish(store: Store, clock: Clock, keeping: Keeping, *, by: Person) -> Person:
    """Erase a person after a time of grace, and hide until then what only they speak for.
    Wishing it again does not put it off."""
    async with store.transaction():
        now = await store.people.by_id(by.id) or by
        if now.erase_at is not None:
            return now
        await hide_own(store, clock, by=now)
        await store.people.change(by.id, erase_at=clock() + keeping.grace)
        return await store.people.by_id(by.id) or now


async def keep(store: Store, clock: Clock, *, by: Person) -> bool:
    """Take the wish back: what was not said meanwhile is said now, and what was hidden for its sake
    is shown again. Whether anything was."""
    async with store.transaction():
        now = await store.people.by_id(by.id)
        if now is None or now.erase_at is None:
            return False
        await store.people.change(by.id, erase_at=None)
        await store.outbox.queue_again(by.id, reason=LEAVING, at=clock())
        return await show_own(store, clock, by=by)


async def erase_due(store: Store, clock: Clock) -> int:
    """Erase everybody whose time of grace is over, each in a transaction of their own; how many."""
    due = await store.people.to_be_erased(clock())
    for person in due:
        await erase(store, clock, person)
    return len(due)


async def erase(store: Store, clock: Clock, person: Person) -> None:
    """Forget a person: their data, what waits for them or tells of them, and an organisation that
    nobody else speaks for and nobody is a partner of. Erasing twice changes nothing."""
    async with store.transaction() as unit:
        unit.afterwards(store.leave_traces)
        own = await store.organisations.of(person.id)
        gone = [f"person:{person.id}", *await _requests_of(store, person)]
        if own is not None:
            gone += await _leave(store, clock, own, person)
        seats = await rsvps.about_to_free(store, clock, person)
        await store.reports.silence(person.id, about=gone)
        await store.outbox.forget(gone, except_for=IntroductionEnded)
        await store.announcements.remove_drafts_of(person.id)
        await store.people.remove(person.id)
        for session in seats:
            await rsvps.fill(store, clock, session)


async def _requests_of(store: Store, person: Person) -> list[str]:
    """The subjects of what was told, or is to be told, of their requests to join exchanges."""
    subjects = []
    for one in await store.memberships.of_person(person.id):
        subjects.append(f"membership:{one.id}:{int(one.asked_at.timestamp())}")
        subjects += [f"enquiry:{each.id}" for each in await store.enquiries.about(one.id)]
    return subjects


async def _leave(store: Store, clock: Clock, own: Organisation, person: Person) -> list[str]:
    """Hand what is the organisation's to those who stay, or end what hangs on it; what is gone."""
    others = [one for one in await store.people.representing(own.id) if one.id != person.id]
    if others:
        await store.introductions.hand_over(person.id, to=others[0].id)
    theirs = await store.introductions.of(own.id)
    if await forget_with(store, clock, person) is None:
        return []
    for one in theirs:
        if one.open:
            await telling.tell(store, clock, IntroductionEnded(one.id), one.other(own.id))
    return [f"organisation:{own.id}", *(f"introduction:{one.id}" for one in theirs)]
