"""Verbs about admissions: find the organisation that somebody means, ask to speak for it, admit,
decline, withdraw; remind, put to coordinators and expire in time."""

import asyncio

from actions import telling
from actions.roles import allowed, concerned
from actions.understanding import Understanding
from domain.admissions import EXPIRE_AFTER, REMIND_AFTER, Admission, AdmissionState
from domain.clock import Clock
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.notices import (
    AboutAdmission,
    AdmissionAsked,
    AdmissionDeclined,
    AdmissionExpired,
    AdmissionForCoordinators,
    AdmissionGranted,
    AdmissionReminder,
    ColleagueJoined,
)
from domain.organisations import Organisation, Part
from domain.people import Person
from domain.rules.admissions import (
    may_ask_again,
    may_settle,
    open_to_newcomers,
    waits_for_coordinators,
)
from domain.rules.permissions import Verb
from matching.organisations import similar
from storage.store import Store

OFFERED = 5
"""So many organisations are offered, at most."""


async def similar_to(
    store: Store,
    understanding: Understanding,
    person: Person,
    name: str,
    *,
    never_offered: bool = False,
) -> tuple[Organisation, ...]:
    """Organisations that are there already and that somebody who names theirs so may mean,
    likeliest first; () for a person who speaks for more than a draft of their own. Where the own
    organisation lies counts as soon as it is stated: who was offered without it is not again,
    unless name and place came at once (`never_offered`)."""
    own = await store.organisations.of(person.id)
    if own is not None and not await lone_draft(store, own, person):
        return ()
    known = await store.organisations.open_to_newcomers()
    named = await understanding.places_in_name(name, person.language) if known else frozenset()
    place = own.place if own else None

    def compared() -> list[int]:
        found = [one.organisation for one in similar(name, known, named_places=named)]
        if place is None:
            return found
        nearer = similar(name, known, place=place, named_places=named)
        if never_offered:
            found = list(dict.fromkeys([*(one.organisation for one in nearer), *found]))
            return found
        return [one.organisation for one in nearer if one.organisation not in found]

    ids = (await asyncio.to_thread(compared))[:OFFERED]
    there = await store.organisations.several(ids)
    return tuple(there[one] for one in ids if one in there)


async def lone_draft(store: Store, own: Organisation, person: Person) -> bool:
    """Whether an organisation is no more than what this one person has written down so far."""
    people = await store.people.representing(own.id)
    if [one.id for one in people] != [person.id] or own.published_at or own.confirmed_at:
        return False
    return not await store.organisations.has_history(own.id)


async def ask(store: Store, clock: Clock, *, by: Person, organisation: int) -> Admission:
    """Ask to speak for an organisation. Asking twice returns the request that waits; asking
    another one takes the earlier request back. Refuses who speaks for one already."""
    async with store.transaction():
        wished = await store.organisations.by_id(organisation)
        people = await store.people.representing(organisation)
        if wished is None or not open_to_newcomers(wished, represented=bool(people)):
            raise Refusal("refusal-organisation-gone")
        own = await store.organisations.of(by.id)
        if own is not None and (own.id == wished.id or not await lone_draft(store, own, by)):
            raise Refusal("refusal-speaks-already", name=own.name or "")
        if not may_ask_again(await store.admissions.latest(by.id, organisation), clock()):
            raise Refusal("refusal-admission-declined", name=wished.name or "")
        made = await _asked_once(store, clock, by, organisation)
        if people:
            await telling.tell(store, clock, AdmissionAsked(made.id), organisation)
        else:
            await _to_coordinators(store, clock, made)
        return made


async def _asked_once(store: Store, clock: Clock, by: Person, organisation: int) -> Admission:
    for one in await store.admissions.open_of(by.id):
        if one.organisation == organisation:
            return one
        await store.admissions.settle(one.id, AdmissionState.WITHDRAWN, by=by.id, at=clock())
    made = await store.admissions.add(person=by.id, organisation=organisation, at=clock())
    if made is None:
        raise NoLongerOpen
    return made


async def _to_coordinators(store: Store, clock: Clock, one: Admission) -> int:
    """Put it to the coordinators that there are; once to each, however often. How many new."""
    coordinators = await concerned(store, Verb.ADMIT_WHERE_NOBODY_ELSE_CAN)
    readers = [each.id for each in coordinators if each.id != one.person]
    return await store.outbox.add(AdmissionForCoordinators(one.id), readers, at=clock())


async def waits_for(store: Store, one: Admission) -> tuple[bool, bool]:
    """Whether somebody speaks for the organisation, and whether there is a coordinator: who will
    be asked, so that the newcomer can be told."""
    people = await store.people.representing(one.organisation)
    coordinators = await concerned(store, Verb.ADMIT_WHERE_NOBODY_ELSE_CAN)
    return bool(people), any(each.id != one.person for each in coordinators)


async def admit(store: Store, clock: Clock, *, by: Person, admission: int) -> Admission:
    """Let the newcomer speak for the organisation; their own draft is dropped. The first to speak
    for it leads. Admitting twice changes nothing."""
    async with store.transaction():
        found, people = await _to_be_settled(store, clock, by, admission)
        if found.state is AdmissionState.ADMITTED:
            return found
        person = await store.people.by_id(found.person)
        if person is None:
            raise NoLongerOpen
        await _settle(store, clock, found, AdmissionState.ADMITTED, by=by)
        await _drop_draft(store, person)
        await store.people.represent(
            person.id,
            found.organisation,
            since=clock(),
            part=Part.MEMBER if people else Part.LEAD,
        )
        await _tell(store, clock, AdmissionGranted(found.id), person.id)
        others = [one.id for one in people if one.id not in (by.id, person.id)]
        await store.outbox.add(ColleagueJoined(found.organisation, person.id), others, at=clock())
        return await _again(store, found)


async def _drop_draft(store: Store, person: Person) -> None:
    """A draft gives way. Somebody who has made it more than that meanwhile keeps it instead."""
    own = await store.organisations.of(person.id)
    if own is None:
        return
    if not await lone_draft(store, own, person):
        raise Refusal("refusal-newcomer-speaks-already")
    await store.organisations.remove(own.id)


async def decline(store: Store, clock: Clock, *, by: Person, admission: int) -> Admission:
    """Rather not: the newcomer is told, without a reason and without a name."""
    async with store.transaction():
        found, _ = await _to_be_settled(store, clock, by, admission)
        if await _settle(store, clock, found, AdmissionState.DECLINED, by=by):
            await _tell(store, clock, AdmissionDeclined(found.id), found.person)
        return await _again(store, found)


async def withdraw(store: Store, clock: Clock, *, by: Person, admission: int) -> Admission:
    """Take the own request back."""
    async with store.transaction():
        found = await store.admissions.by_id(admission)
        if found is None or found.person != by.id:
            raise NotYours
        await _settle(store, clock, found, AdmissionState.WITHDRAWN, by=by)
        return await _again(store, found)


async def look_after(store: Store, clock: Clock) -> int:
    """Remind representatives, put to coordinators what nobody else answers (also to those who
    have become coordinators since), and close what waited too long; how many were told."""
    told = 0
    async with store.transaction():
        for one in await store.admissions.open_since(clock()):
            people = await store.people.representing(one.organisation)
            if clock() >= one.asked_at + EXPIRE_AFTER:
                told += await _expire(store, clock, one)
                continue
            if waits_for_coordinators(one, clock(), represented=bool(people)):
                told += await _to_coordinators(store, clock, one)
            if clock() >= one.asked_at + REMIND_AFTER:
                reminder = AdmissionReminder(one.id)
                told += await telling.tell(store, clock, reminder, one.organisation)
    return told


async def _expire(store: Store, clock: Clock, one: Admission) -> int:
    await store.admissions.settle(one.id, AdmissionState.EXPIRED, by=None, at=clock())
    return await _tell(store, clock, AdmissionExpired(one.id), one.person)


async def _to_be_settled(
    store: Store, clock: Clock, by: Person, admission: int
) -> tuple[Admission, tuple[Person, ...]]:
    """The admission with those who speak for its organisation, where `by` may settle it."""
    found = await store.admissions.by_id(admission)
    if found is None:
        raise NotYours
    await store.people.lock(found.person)
    await store.organisations.lock(found.organisation)
    # Two may answer at once: the second sees what the first has done.
    found = await store.admissions.by_id(admission) or found
    people = await store.people.representing(found.organisation)
    allows = may_settle(
        found,
        clock(),
        by=by.id,
        speaks_for_it=by.id in {one.id for one in people},
        coordinator=await allowed(store, by, Verb.ADMIT_WHERE_NOBODY_ELSE_CAN),
        represented=bool({one.id for one in people} - {found.person}),
    )
    if not allows:
        raise NotYours
    return found, people


async def _settle(
    store: Store, clock: Clock, one: Admission, state: AdmissionState, *, by: Person
) -> bool:
    """Close it. False when it stands so already; refuses when it was settled otherwise."""
    if one.state is state:
        return False
    if not await store.admissions.settle(one.id, state, by=by.id, at=clock()):
        raise NoLongerOpen
    return True


async def _again(store: Store, one: Admission) -> Admission:
    return await store.admissions.by_id(one.id) or one


async def _tell(store: Store, clock: Clock, notice: AboutAdmission, person: int) -> int:
    return await store.outbox.add(notice, [person], at=clock())
