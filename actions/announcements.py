"""Verbs about announcements: tell people, who wish it, when new organisations fit."""

from datetime import timedelta

from actions import settings
from actions.matchmaking import fitting
from domain.clock import Clock
from domain.notices import PartnersFound
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.wishes import wishes
from domain.told import Told
from storage.store import Store

A_WEEK = timedelta(days=7)
NEW = timedelta(days=28)
"""An organisation is new for so long after it became visible."""
AT_ONCE = 3


async def tell_of_fits(store: Store, clock: Clock, person: Person, *, wished: bool) -> Person:
    """Tell a person of new organisations that fit, from now on or no longer."""
    return await settings.tell_of(store, clock, by=person, what=Told.FITTING, wished=wished)


async def announce_due(store: Store, clock: Clock) -> int:
    """Tell everybody who wishes it, and was not told for a week, of what is new; how many."""
    if not await store.organisations.published_since(clock() - NEW):
        return 0
    number = 0
    for person in await store.people.wishing(Told.FITTING):
        if Told.FITTING not in wishes(person) or person.erase_at is not None:
            continue
        number += await _announce(store, clock, person)
    return number


async def _announce(store: Store, clock: Clock, person: Person) -> int:
    told = await store.outbox.told(PartnersFound, person.id)
    if told and clock() - told[0][1] < A_WEEK:
        return 0
    own = await store.organisations.of(person.id)
    if own is None or not own.published:
        return 0
    known = {
        one
        for notice, _ in told
        if isinstance(notice, PartnersFound)
        for one in notice.organisations
    }
    new = [one for one in await _new(store, clock, person, own) if one not in known][:AT_ONCE]
    if not new:
        return 0
    async with store.transaction():
        return await store.outbox.add(PartnersFound(*new), [person.id], at=clock())


async def _new(store: Store, clock: Clock, person: Person, own: Organisation) -> list[int]:
    """New organisations that fit and pass the person's filters, best first, without those that
    the organisation has seen or is in touch with already."""
    filters = (await store.searches.of(person.id)).filters
    new = await store.organisations.passing(filters, since=clock() - NEW)
    new -= await store.organisations.shown_to(own.id)
    new -= {one.other(own.id) for one in await store.introductions.of(own.id)}
    if not new - {own.id}:
        return []
    found = await fitting(store, clock, own, filters, within=new)
    return [match.organisation.id for match in found]
