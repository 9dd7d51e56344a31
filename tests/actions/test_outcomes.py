"""What came of an introduction: asked in time, told, noted; never twice."""

from collections import Counter
from datetime import timedelta

import pytest

from actions import introductions, outcomes
from domain.errors import NotYours, Refusal
from domain.introductions import Patience
from domain.outcomes import Question
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import (
    SetClock,
    Side,
    amman,
    dresden,
    introduced,
    lviv,
    somebody,
)

PATIENCE = Patience(follow_up_after=timedelta(days=14))


async def look(store: Store, clock: SetClock) -> tuple[int, int]:
    """What the job does, twice: how many sides were asked the first time, and again."""
    first = (
        await outcomes.ask_due(store, clock, PATIENCE),
        await outcomes.ask_again_due(store, clock, PATIENCE),
    )
    assert await outcomes.ask_due(store, clock, PATIENCE) == 0
    assert await outcomes.ask_again_due(store, clock, PATIENCE) == 0
    return first


async def told(store: Store, clock: SetClock, by: Side, introduction: int, **answers: str) -> None:
    for question, answer in answers.items():
        for _ in range(2):
            await outcomes.tell(
                store,
                clock,
                by=by.person,
                introduction=introduction,
                question=Question(question),
                answer=answer,
            )


async def asked(store: Store, kind: str) -> Counter[int]:
    return Counter(row.recipient for row in await rows(store) if row.kind == kind)


async def test_each_side_is_asked_once_after_two_weeks(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await introduced(store, clock, own, there)
    clock.move(days=13, hours=23)
    assert await look(store, clock) == (0, 0)
    clock.move(hours=1)
    assert await look(store, clock) == (2, 0)
    clock.move(days=100)
    assert await look(store, clock) == (0, 0)
    assert await asked(store, "OutcomeAsked") == {own.person.id: 1, there.person.id: 1}


async def test_what_was_never_accepted_is_not_asked_about(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await introductions.ask(store, clock, by=own.person, organisation=there.id)
    clock.move(days=30)
    assert await look(store, clock) == (0, 0)


async def test_who_has_told_already_is_not_asked(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, own, there)
    await told(store, clock, own, made, met="yes")
    clock.move(days=14)
    await look(store, clock)
    assert await asked(store, "OutcomeAsked") == {there.person.id: 1}


async def test_not_yet_is_asked_once_more_and_no_more(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, own, there)
    clock.move(days=14)
    await look(store, clock)
    clock.move(days=1)
    await told(store, clock, own, made, met="not_yet")
    await told(store, clock, there, made, met="no")
    clock.move(days=13, hours=23)
    assert await look(store, clock) == (0, 0)
    clock.move(hours=1)
    assert await look(store, clock) == (0, 1)
    await told(store, clock, own, made, met="no")
    await told(store, clock, own, made, met="not_yet")
    clock.move(days=14)
    await look(store, clock)
    assert await asked(store, "OutcomeAskedAgain") == {own.person.id: 1}


async def partners(store: Store, one: Side) -> frozenset[int]:
    return await store.outcomes.partners_of(one.id)


async def test_a_partnership_that_both_wish_is_noted_and_told_once(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, own, there)
    await told(store, clock, own, made, met="yes", helped="yes", partnership="yes")
    await told(store, clock, there, made, met="yes", helped="partly", partnership="perhaps")
    assert await partners(store, own) == frozenset()
    await told(store, clock, there, made, partnership="yes")
    assert await partners(store, own) == {there.id}
    assert await partners(store, there) == {own.id}
    await told(store, clock, there, made, partnership="no")
    await told(store, clock, there, made, partnership="yes")
    both = {own.person.id: 1, there.person.id: 1}
    assert await asked(store, "PartnershipAgreed") == both


async def test_answers_can_be_changed(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, own, there)
    await told(store, clock, own, made, met="not_yet")
    await told(store, clock, own, made, met="yes", helped="no")
    now = await store.outcomes.of(made, own.id)
    assert (now.met, now.helped, now.partnership) == ("yes", "no", None)
    assert (await store.outcomes.of(made, there.id)).met is None


async def test_who_may_tell(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    elsewhere, nobody = await amman(store, clock), await somebody(store, clock)
    made = await introduced(store, clock, own, there)
    waiting = await introductions.ask(store, clock, by=own.person, organisation=elsewhere.id)

    async def tell(by, introduction: int, answer: str = "yes") -> None:
        await outcomes.tell(
            store, clock, by=by, introduction=introduction, question=Question.MET, answer=answer
        )

    for by, introduction, answer in (
        (elsewhere.person, made, "yes"),
        (nobody, made, "yes"),
        (own.person, 987_654, "yes"),
        (own.person, made, "perhaps"),
    ):
        with pytest.raises(NotYours):
            await tell(by, introduction, answer)
    with pytest.raises(Refusal) as refused:
        await tell(own.person, waiting.id)
    assert refused.value.key == "refusal-not-introduced"
