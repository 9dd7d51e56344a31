"""Roles: asked at each verb, on the server; where they come from and how they end."""

import asyncio

import pytest
from sqlalchemy import select

from actions import erasure, roles
from domain.errors import NotYours, Refusal
from domain.notices import Notice, RoleGiven, RoleRedeemed, RoleTaken
from domain.people import Person
from domain.roles import MOST_OPEN, MOST_WRONG, Outcome, Role
from domain.rules.permissions import Verb, may
from storage.store import Store
from storage.tables import metadata
from tests.support.outboxes import rows
from tests.support.partners import SetClock, somebody
from tests.support.roles import grant, holding


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


async def administrator(store: Store, clock: SetClock) -> Person:
    return await holding(store, clock, Role.ADMINISTRATOR)


async def redeem(store: Store, clock: SetClock, by: Person, code: str) -> Outcome:
    return (await roles.redeem(store, clock, by=by, code=code)).outcome


async def told(store: Store, kind: type[Notice]) -> list[int]:
    return [row.recipient for row in await rows(store) if row.kind == kind.__name__]


async def verbs(store: Store) -> list[str]:
    return [one.verb for one in reversed(await store.roles.trail(limit=100))]


async def test_the_code_of_the_command_line_makes_one_administrator(store: Store) -> None:
    clock = SetClock()
    first, second = await somebody(store, clock), await somebody(store, clock)
    made = await roles.code_for_administrator(store, clock)
    assert await redeem(store, clock, first, f" {made.code.upper()} ") is Outcome.GRANTED
    assert await redeem(store, clock, first, made.code) is Outcome.HELD
    assert await redeem(store, clock, second, made.code) is Outcome.WRONG
    assert await store.roles.of(first.id) == {Role.ADMINISTRATOR}
    assert await store.roles.of(second.id) == frozenset()
    assert await verbs(store) == [
        "invite-administrator", "redeem-administrator", "redeem-wrong-code"
    ]  # fmt: skip


async def test_a_code_is_nowhere_in_the_database(store: Store) -> None:
    made = await roles.code_for_administrator(store, SetClock())
    async with store.reading.connect() as connection:
        for table in metadata.tables.values():
            for row in (await connection.execute(select(table))).all():
                assert made.code not in str(row)


@pytest.mark.parametrize(("hours", "outcome"), [(23, Outcome.GRANTED), (25, Outcome.WRONG)])
async def test_a_code_lasts_a_day(store: Store, hours: int, outcome: Outcome) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    made = await roles.code_for_administrator(store, clock)
    clock.move(hours=hours)
    assert await redeem(store, clock, person, made.code) is outcome


async def test_after_five_wrong_codes_a_right_one_has_to_wait(store: Store) -> None:
    clock = SetClock()
    guessing, honest = await somebody(store, clock), await somebody(store, clock)
    made = await roles.code_for_administrator(store, clock)
    for number in range(MOST_WRONG):
        assert await redeem(store, clock, guessing, f"{number:032x}") is Outcome.WRONG
    with pytest.raises(Refusal) as refused:
        await redeem(store, clock, guessing, made.code)
    assert refused.value.key == "refusal-codes-an-hour"
    clock.move(hours=1, seconds=1)
    assert await redeem(store, clock, guessing, made.code) is Outcome.GRANTED
    assert await redeem(store, clock, honest, made.code) is Outcome.WRONG


async def test_two_people_with_one_code_at_once(store: Store) -> None:
    clock = SetClock()
    both = [await somebody(store, clock) for _ in range(2)]
    made = await roles.code_for_administrator(store, clock)
    came = await asyncio.gather(*(redeem(store, clock, one, made.code) for one in both))
    assert sorted(came) == [Outcome.GRANTED, Outcome.WRONG]
    assert len(await store.roles.holders()) == 1


async def test_an_invitation_makes_a_coordinator_and_tells_the_administrators(
    store: Store,
) -> None:
    clock = SetClock()
    first, second = await administrator(store, clock), await administrator(store, clock)
    invited = await somebody(store, clock)
    made = await roles.invite(store, clock, by=first, role=Role.COORDINATOR)
    assert await redeem(store, clock, invited, made.code) is Outcome.GRANTED
    assert await redeem(store, clock, invited, made.code) is Outcome.HELD
    assert await store.roles.of(invited.id) == {Role.COORDINATOR}
    assert await told(store, RoleRedeemed) == [first.id, second.id]


async def test_who_holds_the_role_does_not_use_an_invitation_up(store: Store) -> None:
    clock = SetClock()
    first, new = await administrator(store, clock), await somebody(store, clock)
    made = await roles.invite(store, clock, by=first, role=Role.ADMINISTRATOR)
    assert await redeem(store, clock, first, made.code) is Outcome.HELD
    assert await redeem(store, clock, new, made.code) is Outcome.GRANTED


async def test_a_withdrawn_invitation_is_worth_nothing(store: Store) -> None:
    clock = SetClock()
    first, new = await administrator(store, clock), await somebody(store, clock)
    made = await roles.invite(store, clock, by=first, role=Role.COORDINATOR)
    assert await roles.withdraw_invitations(store, clock, by=first) == 1
    assert await roles.withdraw_invitations(store, clock, by=first) == 0
    assert await redeem(store, clock, new, made.code) is Outcome.WRONG


async def test_the_invitations_of_who_may_no_longer_invite_are_worth_nothing(store: Store) -> None:
    clock = SetClock()
    first, second = await administrator(store, clock), await administrator(store, clock)
    made = await roles.invite(store, clock, by=second, role=Role.ADMINISTRATOR)
    await roles.remove(store, clock, by=first, person=second.id, role=Role.ADMINISTRATOR)
    assert await redeem(store, clock, second, made.code) is Outcome.WRONG
    await erasure.erase(store, clock, second)
    assert await redeem(store, clock, await somebody(store, clock), made.code) is Outcome.WRONG


async def test_a_code_that_was_used_does_not_bring_a_role_back(store: Store) -> None:
    clock = SetClock()
    first, new = await administrator(store, clock), await somebody(store, clock)
    made = await roles.invite(store, clock, by=first, role=Role.COORDINATOR)
    await redeem(store, clock, new, made.code)
    await roles.remove(store, clock, by=first, person=new.id, role=Role.COORDINATOR)
    assert await redeem(store, clock, new, made.code) is Outcome.WRONG


async def test_no_more_than_ten_invitations_wait(store: Store) -> None:
    clock = SetClock()
    first = await administrator(store, clock)
    for _ in range(MOST_OPEN):
        await roles.invite(store, clock, by=first, role=Role.COORDINATOR)
    with pytest.raises(Refusal) as refused:
        await roles.invite(store, clock, by=first, role=Role.COORDINATOR)
    assert refused.value.key == "refusal-invitations-open"
    clock.move(days=8)
    await roles.invite(store, clock, by=first, role=Role.COORDINATOR)


async def test_appointing_is_for_those_who_have_been_asked(store: Store) -> None:
    clock = SetClock()
    first, other = await administrator(store, clock), await holding(store, clock, Role.COORDINATOR)
    nobody = await somebody(store, clock)
    with pytest.raises(Refusal) as refused:
        await roles.appoint(store, clock, by=first, person=nobody.id, role=Role.COORDINATOR)
    assert refused.value.key == "refusal-no-holder"
    role = Role.ADMINISTRATOR
    given = await roles.appoint(store, clock, by=first, person=other.id, role=role)
    assert given is not None
    assert given.roles == set(Role)
    assert await roles.appoint(store, clock, by=first, person=other.id, role=role) is None
    assert await told(store, RoleGiven) == [other.id]


async def test_removing_is_told_and_may_happen_again_later(store: Store) -> None:
    clock = SetClock()
    first = await administrator(store, clock)
    other = await holding(store, clock, Role.COORDINATOR, Role.ADMINISTRATOR)
    for number in (1, 2):
        await roles.remove(store, clock, by=first, person=other.id, role=Role.COORDINATOR)
        with pytest.raises(Refusal) as refused:
            await roles.remove(store, clock, by=first, person=other.id, role=Role.COORDINATOR)
        assert refused.value.key == "refusal-no-holder"
        assert await told(store, RoleTaken) == [other.id] * number
        await roles.appoint(store, clock, by=first, person=other.id, role=Role.COORDINATOR)


async def test_the_last_administrator_stays(store: Store) -> None:
    clock = SetClock()
    first, other = await administrator(store, clock), await somebody(store, clock)
    await grant(store, clock, other, Role.COORDINATOR)
    with pytest.raises(Refusal) as refused:
        await roles.remove(store, clock, by=first, person=first.id, role=Role.ADMINISTRATOR)
    assert refused.value.key == "refusal-last-administrator"
    await roles.appoint(store, clock, by=first, person=other.id, role=Role.ADMINISTRATOR)
    await roles.remove(store, clock, by=first, person=first.id, role=Role.ADMINISTRATOR)
    assert [one.person.id for one in await store.roles.holders()] == [other.id]


async def test_of_two_administrators_who_remove_each_other_at_once_one_stays(store: Store) -> None:
    clock = SetClock()
    both = [await administrator(store, clock) for _ in range(2)]
    pairs = ((both[0], both[1]), (both[1], both[0]))
    came = await asyncio.gather(
        *(
            roles.remove(store, clock, by=by, person=other.id, role=Role.ADMINISTRATOR)
            for by, other in pairs
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refusal) for one in came) == 1
    assert len(await store.roles.holders()) == 1


async def test_a_coordinator_may_lay_down_their_own_role_and_nobody_elses(store: Store) -> None:
    clock = SetClock()
    one, other = [await holding(store, clock, Role.COORDINATOR) for _ in range(2)]
    with pytest.raises(NotYours):
        await roles.remove(store, clock, by=one, person=other.id, role=Role.COORDINATOR)
    await roles.remove(store, clock, by=one, person=one.id, role=Role.COORDINATOR)
    assert [holder.person.id for holder in await store.roles.holders()] == [other.id]
    assert await told(store, RoleTaken) == []
