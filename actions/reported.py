"""Verbs about an organisation that was reported: hide it from everybody, and show it again."""

from actions import telling
from actions.roles import require
from domain.clock import Clock
from domain.errors import Refusal
from domain.notices import OrganisationHidden, OrganisationShown
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.permissions import Verb
from storage.store import Store


async def hide(store: Store, clock: Clock, *, by: Person, organisation: int) -> Organisation:
    """Suggest an organisation to nobody any more, whatever its people wish; they are told, and may
    turn to the coordinators. What it is introduced to stays. Hiding it again changes nothing."""
    async with store.transaction():
        found = await looked_at(store, by=by, organisation=organisation)
        if found.hidden_at is None:
            await store.organisations.change(found.id, hidden_at=clock())
            entry = await _record(store, clock, Verb.HIDE_ORGANISATION.value, found, by)
            await telling.tell(store, clock, OrganisationHidden(found.id, entry), found.id)
        return await looked_at(store, by=by, organisation=found.id)


async def show(store: Store, clock: Clock, *, by: Person, organisation: int) -> Organisation:
    """Hide it no longer: it is visible as far as its people wish. They are told. Twice changes
    nothing."""
    async with store.transaction():
        found = await looked_at(store, by=by, organisation=organisation)
        if found.hidden_at is not None:
            await store.organisations.change(found.id, hidden_at=None)
            entry = await _record(store, clock, "show-organisation", found, by)
            await telling.tell(store, clock, OrganisationShown(found.id, entry), found.id)
        return await looked_at(store, by=by, organisation=found.id)


async def looked_at(store: Store, *, by: Person, organisation: int) -> Organisation:
    """The organisation, for somebody who may hide it."""
    await require(store, by, Verb.HIDE_ORGANISATION)
    found = await store.organisations.by_id(organisation)
    if found is None or found.name is None:
        raise Refusal("refusal-organisation-unknown")
    return found


async def _record(store: Store, clock: Clock, verb: str, found: Organisation, by: Person) -> int:
    return await store.roles.record(verb, f"organisation:{found.id}", by=by.id, at=clock())
