"""Verbs about confirming: that an organisation is what it says, and that it is a member of VKU."""

from actions import telling
from actions.roles import require
from domain.clock import Clock
from domain.confirming import WhyNot
from domain.errors import Refusal
from domain.notices import OrganisationConfirmed, OrganisationNotConfirmed
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.permissions import Verb
from storage.store import Store


async def confirm(store: Store, clock: Clock, *, by: Person, organisation: int) -> Organisation:
    """Say that an organisation is what it says; its people are told. Saying it again changes
    nothing."""
    async with store.transaction():
        await require(store, by, Verb.CONFIRM_ORGANISATION)
        found = await _found(store, organisation)
        if found.confirmed_at is None:
            await store.organisations.change(found.id, confirmed_at=clock(), confirmed_by=by.id)
            await telling.tell(store, clock, OrganisationConfirmed(found.id, _at(clock)), found.id)
            await _record(store, clock, Verb.CONFIRM_ORGANISATION.value, found, by)
        return await _found(store, found.id)


async def take_back(
    store: Store, clock: Clock, *, by: Person, organisation: int, why: WhyNot
) -> Organisation:
    """Say why an organisation is not confirmed, or no longer; its people are told why."""
    async with store.transaction():
        await require(store, by, Verb.CONFIRM_ORGANISATION)
        found = await _found(store, organisation)
        await store.organisations.change(found.id, confirmed_at=None, confirmed_by=None)
        notice = OrganisationNotConfirmed(found.id, int(why), clock().toordinal())
        await telling.tell(store, clock, notice, found.id)
        await _record(store, clock, "not-confirmed", found, by)
        return await _found(store, found.id)


async def say_member(
    store: Store, clock: Clock, *, by: Person, organisation: int, member: bool
) -> Organisation:
    """Say whether an organisation is a member of VKU."""
    async with store.transaction():
        await require(store, by, Verb.CONFIRM_VKU_MEMBERSHIP)
        found = await _found(store, organisation)
        if found.vku_member is not member:
            await store.organisations.change(found.id, vku_member=member)
            verb = "vku-member" if member else "no-vku-member"
            await _record(store, clock, verb, found, by)
        return await _found(store, found.id)


async def listed(
    store: Store, *, by: Person, offset: int, limit: int
) -> tuple[tuple[Organisation, ...], int]:
    """A page of all organisations for coordinators, unconfirmed ones first; and how many in all.
    Drafts that nobody else has seen are not among them."""
    await require(store, by, Verb.CONFIRM_ORGANISATION)
    return await store.organisations.for_coordinators(offset=offset, limit=limit)


async def looked_at(store: Store, *, by: Person, organisation: int) -> Organisation:
    """One of them; one that was merged leads to the one that stayed."""
    await require(store, by, Verb.CONFIRM_ORGANISATION)
    return await _found(store, organisation)


async def _found(store: Store, organisation: int) -> Organisation:
    found = await store.organisations.by_id(organisation)
    if found is None or found.name is None:
        raise Refusal("refusal-organisation-unknown")
    return found


def _at(clock: Clock) -> int:
    return int(clock().timestamp())


async def _record(store: Store, clock: Clock, verb: str, found: Organisation, by: Person) -> None:
    await store.roles.record(verb, f"organisation:{found.id}", by=by.id, at=clock())
