"""Which role has which verb."""

import pytest

from domain.roles import Role
from domain.rules.permissions import MAY, Verb, may

A, C = Role.ADMINISTRATOR, Role.COORDINATOR
TABLE = {
    Verb.CONFIRM_ORGANISATION: {C, A},
    Verb.CONFIRM_VKU_MEMBERSHIP: {C, A},
    Verb.MERGE_ORGANISATIONS: {C, A},
    Verb.ADMIT_WHERE_NOBODY_ELSE_CAN: {C, A},
    Verb.HIDE_ORGANISATION: {C, A},
    Verb.READ_CONCERNS: {C, A},
    Verb.SETTLE_CONCERNS: {C, A},
    Verb.ANNOUNCE: {C, A},
    Verb.BEGIN_EXCHANGE: {C, A},
    Verb.READ_ROLES: {C, A},
    Verb.READ_TRAIL: {A},
    Verb.APPOINT_COORDINATOR: {A},
    Verb.REMOVE_COORDINATOR: {A},
    Verb.APPOINT_ADMINISTRATOR: {A},
    Verb.REMOVE_ADMINISTRATOR: {A},
}


def test_every_verb_is_in_the_table() -> None:
    assert set(TABLE) == set(MAY) == set(Verb)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("role", Role)
def test_role_by_verb(role: Role, verb: Verb) -> None:
    assert may(verb, {role}) is (role in TABLE[verb])


@pytest.mark.parametrize("verb", Verb)
def test_without_a_role_nothing_and_with_both_everything(verb: Verb) -> None:
    assert not may(verb, ())
    assert may(verb, Role)


def test_the_trail_has_room_for_every_verb() -> None:
    assert max(len(verb.value) for verb in Verb) <= 40
