"""Verbs about organisations as such: what becomes of one when the last who speaks for it goes."""

from actions import telling
from actions.roles import concerned
from domain.clock import Clock
from domain.introductions import IntroductionState
from domain.notices import (
    AboutIntroduction,
    IntroductionExpired,
    IntroductionWithdrawn,
    OrganisationLeft,
)
from domain.organisations import Organisation, Part
from domain.people import Person
from domain.representatives import next_lead
from domain.rules.permissions import Verb
from storage.store import Store


async def forget_with(store: Store, clock: Clock, person: Person) -> Organisation | None:
    """What becomes of the organisation of a person who is about to be erased: one that nobody else
    speaks for, nobody is a partner of and no coordinator has confirmed goes with them, and is
    returned; so does an invented example. Any other stays, with its partnerships and history: its
    others go on, or coordinators take it over. Call it before the person is removed; calling it
    again changes nothing."""
    async with store.transaction():
        await store.people.lock(person.id)
        own = await store.organisations.of(person.id)
        if own is None:
            return None
        await store.organisations.lock(own.id)
        people = await store.representatives.of(own.id)
        others = tuple(one for one in people if one.person.id != person.id)
        known = own.confirmed_at is not None or await store.organisations.has_partners(own.id)
        if not others and (own.example or not known):
            await store.organisations.remove(own.id)
            return own
        await store.representatives.remove(own.id, person.id)
        following = next_lead(others)
        if following is not None:
            await store.representatives.change_part(own.id, following.person.id, Part.LEAD)
        if not others:
            await hand_to_coordinators(store, clock, own)
        return None


async def hand_to_coordinators(store: Store, clock: Clock, own: Organisation) -> None:
    """Nobody speaks for it any more: it is hidden, what is open between it and others ends, they
    are told, and so are the coordinators."""
    await store.organisations.change(own.id, published_at=None)
    for one in await store.introductions.of(own.id):
        if not one.open:
            continue
        asked_of_us = one.asked == own.id
        state = IntroductionState.EXPIRED if asked_of_us else IntroductionState.WITHDRAWN
        notice: AboutIntroduction = (
            IntroductionExpired(one.id) if asked_of_us else IntroductionWithdrawn(one.id)
        )
        await store.introductions.settle(one.id, state, by=None, at=clock())
        await telling.tell(store, clock, notice, one.other(own.id))
    coordinators = await concerned(store, Verb.ADMIT_WHERE_NOBODY_ELSE_CAN)
    left = OrganisationLeft(own.id, int(clock().timestamp()))
    await store.outbox.add(left, [one.id for one in coordinators], at=clock())
