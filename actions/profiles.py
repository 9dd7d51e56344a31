"""Verbs about profiles: answer, publish, hide."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.clock import Clock
from domain.consents import Piece
from domain.errors import Refusal
from domain.people import Person
from domain.profiles import OF_PERSON, Answer, Profile
from storage.store import Store


async def profile_of(store: Store, person: Person) -> Profile:
    """The profile that a person speaks for, as it stands."""
    return Profile(person, await store.organisations.of(person.id))


async def profile_for(store: Store, person: Person, which: Answer) -> Profile:
    """As much of the profile as a question about this answer needs."""
    return Profile(person) if which in OF_PERSON else await profile_of(store, person)


async def answer(store: Store, clock: Clock, person: Person, which: Answer, value: Any) -> Person:
    """Store one answer; None states nothing. An answer about the organisation starts one.
    The person as they are now."""
    if which is Answer.CONTACT and value and Piece.CONTACT in person.withheld:
        raise Refusal("refusal-consent-contact")
    if which in OF_PERSON:
        changed = _of_person(which, value)
        async with store.transaction(reading=False):
            await store.people.change(person.id, **changed)
        return replace(person, **changed)
    async with store.transaction():
        organisation = await _organisation(store, clock, person)
        column = "name" if which is Answer.ORGANISATION else which.value
        changed = {column: value}
        if which is Answer.ORGANISATION:
            changed |= await _under_another_name(store, organisation, value)
        await store.organisations.change(organisation, **changed)
        await _hide_if_empty(store, person)
    return person


async def take_over(
    store: Store, clock: Clock, person: Person, said: Mapping[Answer, Any]
) -> Person:
    """Store several answers at once. Sets are added to what is stated already, and of a contact
    only what is named is replaced; any other answer replaces the earlier one.
    The person as they are now."""
    async with store.transaction():
        for which, value in said.items():
            profile = await profile_of(store, person)
            person = await answer(store, clock, person, which, _added(profile, which, value))
    return person


def _added(profile: Profile, which: Answer, value: Any) -> Any:
    if which is Answer.CONTACT:
        there = {"email": profile.person.email, "phone": profile.person.phone}
        return there | {name: one for name, one in value.items() if one}
    if isinstance(value, frozenset):
        return value | (profile.answer(which) or frozenset())
    return value


async def _under_another_name(store: Store, organisation: int, name: Any) -> dict[str, Any]:
    """What coordinators have confirmed was the organisation of the earlier name."""
    if await store.organisations.name_of(organisation) == name:
        return {}
    return {"confirmed_at": None, "confirmed_by": None}


def _of_person(which: Answer, value: Any) -> dict[str, Any]:
    if which is not Answer.CONTACT:
        return {which.value: value}
    contact = value or {}
    return {"email": contact.get("email"), "phone": contact.get("phone")}


async def _organisation(store: Store, clock: Clock, person: Person) -> int:
    there = await store.organisations.of(person.id)
    if there is None:
        # They may be admitted to one in this very moment.
        await store.people.lock(person.id)
        there = await store.organisations.of(person.id)
    if there is not None:
        return there.id
    made = await store.organisations.add(created_at=clock(), example=person.example)
    await store.people.represent(person.id, made, since=clock())
    return made


async def _hide_if_empty(store: Store, person: Person) -> None:
    profile = await profile_of(store, person)
    own = profile.organisation
    if own is not None and own.published_at is not None and profile.lacking:
        await store.organisations.change(own.id, published_at=None)


async def publish(store: Store, clock: Clock, person: Person) -> Profile:
    """Let possible partners find the profile. Refuses while something needed is missing."""
    async with store.transaction():
        profile = await profile_of(store, person)
        if person.erase_at is not None:
            raise Refusal("refusal-leaving")
        if Piece.SUGGESTED in person.withheld:
            raise Refusal("refusal-consent-suggested")
        if profile.lacking or profile.organisation is None:
            raise Refusal("refusal-profile-lacks")
        if profile.organisation.hidden_at is not None:
            raise Refusal("refusal-organisation-hidden")
        if not profile.published:
            await store.organisations.change(profile.organisation.id, published_at=clock())
        return await profile_of(store, person)


async def hide(store: Store, person: Person) -> Profile:
    """Let nobody find the profile any more; nothing is lost."""
    async with store.transaction():
        profile = await profile_of(store, person)
        if profile.organisation is not None:
            await store.organisations.change(profile.organisation.id, published_at=None)
        return await profile_of(store, person)
