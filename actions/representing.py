"""Verbs about speaking for an organisation: invite, join by invitation, change parts, hand over,
leave."""

import secrets
from hashlib import sha256

from actions.admissions import lone_draft
from actions.organisations import hand_to_coordinators
from domain.admissions import AdmissionState
from domain.clock import Clock
from domain.errors import NotYours, ProfileIncomplete, Refusal
from domain.notices import ColleagueJoined, RepresentationEnded
from domain.organisations import Organisation, Part
from domain.people import Person
from domain.representatives import INVITATION_LASTS, MOST_INVITATIONS, Representative, next_lead
from storage.store import Store


async def team(
    store: Store, person: Person
) -> tuple[Organisation, tuple[Representative, ...]] | None:
    """The organisation that a person speaks for, with everybody who does; None where none."""
    own = await store.organisations.of(person.id)
    return None if own is None else (own, await store.representatives.of(own.id))


async def invite(store: Store, clock: Clock, *, by: Person) -> str:
    """A code that lets one colleague speak for the organisation, once, within a week."""
    async with store.transaction():
        own, _ = await _team(store, by)
        if own.name is None:
            raise ProfileIncomplete
        if await store.representatives.open_invitations(own.id, now=clock()) >= MOST_INVITATIONS:
            raise Refusal("refusal-many-invitations", limit=MOST_INVITATIONS)
        code = secrets.token_urlsafe(24)
        await store.representatives.invite(
            _digest(code), own.id, by=by.id, expires_at=clock() + INVITATION_LASTS
        )
        await _record(store, clock, "invite-colleague", own.id, by)
        return code


async def redeem(store: Store, clock: Clock, *, by: Person, code: str) -> Organisation:
    """Speak for the organisation that the invitation is of, from now on. Redeeming it again, by
    the same person, changes nothing. An own draft is dropped. One that is wrong, was used, has
    run out, or was made by somebody who has left since, is refused alike."""
    async with store.transaction():
        await store.people.lock(by.id)
        found = await store.representatives.invitation(_digest(code))
        if found is not None:
            await store.organisations.lock(found.organisation)
        there = await store.organisations.by_id(found.organisation) if found else None
        if found is None or there is None:
            raise Refusal("refusal-invitation")
        people = await store.people.representing(there.id)
        if by.id in {one.id for one in people}:
            return there
        if found.made_by not in {one.id for one in people}:
            raise Refusal("refusal-invitation")
        own = await store.organisations.of(by.id)
        if own is not None and not await lone_draft(store, own, by):
            raise Refusal("refusal-speaks-already", name=own.name or "")
        if not await store.representatives.redeem(found.digest, by=by.id, at=clock()):
            raise Refusal("refusal-invitation")
        if own is not None:
            await store.organisations.remove(own.id)
        await _join(store, clock, there, by, tuple(one.id for one in people))
        return there


async def _join(
    store: Store, clock: Clock, there: Organisation, by: Person, others: tuple[int, ...]
) -> None:
    for one in await store.admissions.open_of(by.id):
        await store.admissions.settle(one.id, AdmissionState.WITHDRAWN, by=by.id, at=clock())
    await store.people.represent(by.id, there.id, since=clock(), part=Part.MEMBER)
    await store.outbox.add(ColleagueJoined(there.id, by.id), others, at=clock())
    await _record(store, clock, "join-by-invitation", there.id, by)


async def change_part(
    store: Store, clock: Clock, *, by: Person, person: int, part: Part
) -> tuple[Representative, ...]:
    """Give a colleague another part: the lead only. To make somebody the lead is to hand the lead
    over: whoever gives it becomes deputy. Saying it again changes nothing."""
    async with store.transaction():
        own, there = await _led(store, by, person)
        if next(one for one in there if one.person.id == person).part is part:
            return there
        if person == by.id:
            # An organisation is never without a lead: it is handed over, not laid down.
            raise NotYours
        await store.representatives.change_part(own.id, person, part)
        if part is Part.LEAD:
            await store.representatives.change_part(own.id, by.id, Part.DEPUTY)
        await _record(store, clock, f"make-{part.value}", own.id, by)
        return await store.representatives.of(own.id)


async def take_out(store: Store, clock: Clock, *, by: Person, person: int) -> Organisation:
    """Let a colleague speak for the organisation no longer: the lead only; they are told."""
    async with store.transaction():
        own, _ = await _led(store, by, person)
        if person == by.id:
            raise NotYours
        if await store.representatives.remove(own.id, person):
            notice = RepresentationEnded(own.id, person, int(clock().timestamp()))
            await store.outbox.add(notice, [person], at=clock())
            await _record(store, clock, "take-out", own.id, by)
        return own


async def leave(
    store: Store, clock: Clock, *, by: Person, organisation: int
) -> tuple[Organisation, bool]:
    """Speak for an organisation no longer; it, and whether it was handed to the coordinators,
    since nobody is left. A draft that nobody else has seen is dropped."""
    async with store.transaction():
        own, there = await _team(store, by)
        if own.id != organisation:
            raise NotYours
        if await lone_draft(store, own, by):
            await store.organisations.remove(own.id)
            return own, False
        await store.representatives.remove(own.id, by.id)
        others = tuple(one for one in there if one.person.id != by.id)
        await lead_on(store, own.id, others)
        if not others:
            await hand_to_coordinators(store, clock, own)
        await _record(store, clock, "leave-organisation", own.id, by)
        return own, not others


async def lead_on(store: Store, organisation: int, others: tuple[Representative, ...]) -> None:
    """See to it that somebody of those who stay leads."""
    following = next_lead(others)
    if following is not None:
        await store.representatives.change_part(organisation, following.person.id, Part.LEAD)


async def _team(store: Store, by: Person) -> tuple[Organisation, tuple[Representative, ...]]:
    """The same, of which nothing changes until the transaction ends."""
    await store.people.lock(by.id)
    own = await store.organisations.of(by.id)
    if own is None:
        raise ProfileIncomplete
    await store.organisations.lock(own.id)
    found = await team(store, by)
    if found is None:
        raise ProfileIncomplete
    return found


async def _led(
    store: Store, by: Person, person: int
) -> tuple[Organisation, tuple[Representative, ...]]:
    """The organisation that `by` leads, where this person speaks for it, too."""
    own, there = await _team(store, by)
    parts = {one.person.id: one.part for one in there}
    if parts.get(by.id) is not Part.LEAD or person not in parts:
        raise NotYours
    return own, there


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()


async def _record(store: Store, clock: Clock, verb: str, organisation: int, by: Person) -> None:
    await store.roles.record(verb, f"organisation:{organisation}", by=by.id, at=clock())
