"""Two people do something in the same moment: what comes out is what one after the other gives."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

import pytest

from actions import (
    admissions,
    exchanges,
    introductions,
    merging,
    profiles,
    representing,
    sessions,
)
from domain.errors import NotYours, Refusal
from domain.introductions import IntroductionState
from domain.organisations import Part
from domain.people import Person
from domain.planning import Plan
from domain.profiles import Answer
from domain.roles import Role
from domain.sessions import Form
from storage.store import Store
from tests.support.exchanges import exchange
from tests.support.outboxes import rows
from tests.support.partners import SetClock, Side, dresden, lviv, somebody
from tests.support.roles import holding

ROUNDS = 6


async def at_once(*verbs: Awaitable[object]) -> list[object]:
    """What comes of them; a refusal is as good as any answer, a fault is not."""
    done = await asyncio.gather(*verbs, return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException) and not isinstance(one, Refusal):
            raise one
    return list(done)


async def colleague(store: Store, clock: SetClock, there: Side) -> Person:
    clock.move(minutes=1)
    person = await somebody(store, clock)
    code = await representing.invite(store, clock, by=there.person)
    await representing.redeem(store, clock, by=person, code=code)
    return person


async def parts(store: Store, organisation: int) -> list[Part]:
    return sorted(one.part for one in await store.representatives.of(organisation))


async def test_the_lead_is_handed_to_somebody_who_leaves(store: Store) -> None:
    clock = SetClock()
    for _ in range(ROUNDS):
        there = await dresden(store, clock)
        second = await colleague(store, clock, there)
        await at_once(
            representing.change_part(
                store, clock, by=there.person, person=second.id, part=Part.LEAD
            ),
            representing.leave(store, clock, by=second, organisation=there.id),
        )
        assert await parts(store, there.id) == [Part.LEAD]


async def test_the_last_two_leave(store: Store) -> None:
    clock = SetClock()
    await holding(store, clock, Role.COORDINATOR)
    for _ in range(ROUNDS):
        there = await dresden(store, clock)
        second = await colleague(store, clock, there)
        await at_once(
            representing.leave(store, clock, by=there.person, organisation=there.id),
            representing.leave(store, clock, by=second, organisation=there.id),
        )
        left = await store.organisations.by_id(there.id)
        assert left is not None
        assert not left.published, "nobody speaks for it, and it is still suggested"
    assert [row.kind for row in await rows(store)].count("OrganisationLeft") == ROUNDS


async def test_admitted_here_and_invited_there(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    for _ in range(ROUNDS):
        newcomer = await somebody(store, clock)
        asked = await admissions.ask(store, clock, by=newcomer, organisation=here.id)
        code = await representing.invite(store, clock, by=there.person)
        await at_once(
            admissions.admit(store, clock, by=here.person, admission=asked.id),
            representing.redeem(store, clock, by=newcomer, code=code),
            profiles.answer(store, clock, newcomer, Answer.ORGANISATION, "Another"),
        )
        speaks = [
            one.id
            for one in (here, there)
            if newcomer.id in {each.id for each in await store.people.representing(one.id)}
        ]
        own = await store.organisations.of(newcomer.id)
        assert own is not None
        assert speaks in ([], [own.id]), "they speak for two"


async def test_invited_to_what_is_being_merged(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    for _ in range(ROUNDS):
        gone, stays = await dresden(store, clock), await lviv(store, clock)
        newcomer = await somebody(store, clock)
        code = await representing.invite(store, clock, by=gone.person)
        await at_once(
            merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id),
            representing.redeem(store, clock, by=newcomer, code=code),
        )
        own = await store.organisations.of(newcomer.id)
        assert own is not None
        assert own.id == stays.id, "they speak for one that is no more"


async def test_two_colleagues_admit_the_same(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    second = await colleague(store, clock, there)
    for _ in range(ROUNDS):
        newcomer = await somebody(store, clock)
        asked = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
        done = await at_once(
            *(
                admissions.admit(store, clock, by=by, admission=asked.id)
                for by in (there.person, second)
            )
        )
        assert not [one for one in done if isinstance(one, Refusal)]


@pytest.mark.parametrize("verb", [introductions.accept, introductions.decline])
async def test_two_colleagues_answer_the_same(store: Store, verb) -> None:  # type: ignore[no-untyped-def]
    clock = SetClock()
    for _ in range(ROUNDS):
        here, there = await dresden(store, clock), await lviv(store, clock)
        second = await colleague(store, clock, there)
        asked = await introductions.ask(store, clock, by=here.person, organisation=there.id)
        done = await at_once(
            *(verb(store, clock, by=by, introduction=asked.id) for by in (there.person, second))
        )
        assert not [one for one in done if isinstance(one, Refusal)]


async def test_both_sides_ask(store: Store) -> None:
    clock = SetClock()
    for _ in range(ROUNDS):
        here, there = await dresden(store, clock), await lviv(store, clock)
        done = await at_once(
            introductions.ask(store, clock, by=here.person, organisation=there.id),
            introductions.ask(store, clock, by=there.person, organisation=here.id),
        )
        assert not [one for one in done if isinstance(one, Refusal)]
        between = await store.introductions.between(here.id, there.id)
        assert between is not None
        assert between.state is IntroductionState.ACCEPTED


async def test_planned_in_what_is_being_closed(store: Store) -> None:
    clock = SetClock()
    for _ in range(ROUNDS):
        there = await exchange(store, clock)
        by, number = there.coordinator, there.exchange.id
        second = await holding(store, clock, Role.COORDINATOR)
        await exchanges.entrust(store, clock, by=by, exchange=number, person=second.id)
        plan = Plan(
            starts=datetime(2026, 3, 10, 10), lasts=timedelta(hours=2), zone="Europe/Berlin",
            form=Form.ONLINE, title={"de": "Wasserverluste"},
        )  # fmt: skip
        await at_once(
            exchanges.close(store, clock, by=by, exchange=number),
            sessions.plan(store, clock, by=second, exchange=number, plan=plan),
        )
        assert await store.sessions.coming(number, since=clock(), drafts=True) == ()


async def test_who_is_being_relieved_relieves_another(store: Store) -> None:
    clock = SetClock()
    for _ in range(ROUNDS):
        there = await exchange(store, clock)
        first, number = there.coordinator, there.exchange.id
        second, third = [await holding(store, clock, Role.COORDINATOR) for _ in range(2)]
        for one in (second, third):
            await exchanges.entrust(store, clock, by=first, exchange=number, person=one.id)
        done = await at_once(
            exchanges.relieve(store, by=first, exchange=number, person=second.id),
            exchanges.relieve(store, by=second, exchange=number, person=first.id),
        )
        left = {one.id for one in await store.exchanges.coordinators(number)}
        assert sorted(map(str, done)) == ["True", str(NotYours())]
        assert left in ({first.id, third.id}, {second.id, third.id}), "both are relieved"


async def test_two_coordinators_write_in_two_languages(store: Store) -> None:
    clock = SetClock()
    for _ in range(ROUNDS):
        there = await exchange(store, clock)
        number, by = there.exchange.id, there.coordinator
        texts = {"de": "Worum es geht", "uk": "Про що йдеться", "pt": "De que se trata"}
        await at_once(
            *(
                exchanges.change(
                    store,
                    by=by,
                    exchange=number,
                    draft=exchanges.Draft(description={language: text}),
                )
                for language, text in texts.items()
            )
        )
        now = await store.exchanges.by_id(number)
        assert now is not None
        assert now.description == texts
