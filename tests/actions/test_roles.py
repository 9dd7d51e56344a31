"""Roles: asked at each verb, on the server."""

import pytest

from actions import roles
from domain.errors import NotYours
from domain.roles import Role
from domain.rules.permissions import Verb, may
from storage.store import Store
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding


@pytest.mark.parametrize("role", [None, *Role])
async def test_a_verb_is_done_only_with_a_role_that_has_it(store: Store, role: Role | None) -> None:
    person = await holding(store, SetClock(), *([role] if role else []))
    for verb in Verb:
        if role is not None and may(verb, {role}):
            await roles.require(store, person, verb)
            continue
        with pytest.raises(NotYours):
            await roles.require(store, person, verb)


async def test_a_role_that_was_taken_counts_no_longer(store: Store) -> None:
    person = await holding(store, SetClock(), Role.COORDINATOR)
    await roles.require(store, person, Verb.READ_CONCERNS)
    async with store.transaction():
        await store.roles.revoke(person.id, Role.COORDINATOR)
    with pytest.raises(NotYours):
        await roles.require(store, person, Verb.READ_CONCERNS)


async def test_coordinators_are_told_and_administrators_where_there_is_none(store: Store) -> None:
    clock = SetClock()
    await somebody(store, clock)
    assert await roles.concerned(store, Verb.SETTLE_CONCERNS) == ()
    administrator = await holding(store, clock, Role.ADMINISTRATOR)
    assert await roles.concerned(store, Verb.SETTLE_CONCERNS) == (administrator,)
    coordinator = await holding(store, clock, Role.COORDINATOR)
    assert await roles.concerned(store, Verb.SETTLE_CONCERNS) == (coordinator,)
    assert await roles.concerned(store, Verb.APPOINT_COORDINATOR) == (administrator,)
