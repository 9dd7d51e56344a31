"""Verbs about introductions: each done twice is done once; whose they are; what time does."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import permutations

import pytest

from actions import erasure, introductions, matchmaking, people, profiles
from domain.errors import NoLongerOpen, NotYours, ProfileIncomplete, Refusal
from domain.introductions import Introduction, IntroductionState, Patience
from domain.people import Person
from domain.profiles import Answer
from storage.store import Store
from tests.support.organisations import Clock, organisation_of, visible
from tests.support.outboxes import rows

Verb = Callable[..., Awaitable[Introduction]]


async def pair(store: Store, clock: Clock) -> tuple[Person, Person, Introduction]:
    """Two that others see; the first has asked the second."""
    here, there = await visible(store, 1), await visible(store, 2)
    other = await organisation_of(store, there)
    made = await introductions.ask(store, clock, by=here, organisation=other.id)
    return here, there, made


async def notices(store: Store) -> Counter[tuple[str, int]]:
    return Counter((row.kind, row.recipient) for row in await rows(store))


async def test_asking_twice_returns_the_pending_request(store: Store) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    again = await introductions.ask(store, clock, by=here, organisation=made.asked)
    assert again == made
    assert await notices(store) == {("IntroductionAsked", there.id): 1}


async def test_asking_back_is_agreeing(store: Store) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    agreed = await introductions.ask(store, clock, by=there, organisation=made.asking)
    assert (agreed.id, agreed.state) == (made.id, IntroductionState.ACCEPTED)
    assert await notices(store) == {
        ("IntroductionAsked", there.id): 1,
        ("IntroductionAccepted", here.id): 1,
        ("IntroductionAccepted", there.id): 1,
    }


async def test_asking_each_other_at_once_makes_one_introduction(store: Store) -> None:
    clock = Clock()
    here, there = await visible(store, 1), await visible(store, 2)
    one, other = await organisation_of(store, here), await organisation_of(store, there)
    await asyncio.gather(
        introductions.ask(store, clock, by=here, organisation=other.id),
        introductions.ask(store, clock, by=there, organisation=one.id),
        return_exceptions=True,
    )
    (made,) = await store.introductions.of(one.id)
    again = await introductions.ask(store, clock, by=here, organisation=other.id)
    assert again.id == made.id


ENDS = {
    IntroductionState.ACCEPTED: (introductions.accept, "there", ("here", "there")),
    IntroductionState.DECLINED: (introductions.decline, "there", ("here",)),
    IntroductionState.WITHDRAWN: (introductions.withdraw, "here", ("there",)),
}


@pytest.mark.parametrize("state", ENDS)
async def test_each_end_twice_is_one(store: Store, state: IntroductionState) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    who = {"here": here, "there": there}
    verb, by, told = ENDS[state]
    for _ in range(2):
        ended = await verb(store, clock, by=who[by], introduction=made.id)
        assert ended.state is state
        assert ended.settled_by == who[by].id
    del (said := await notices(store))["IntroductionAsked", there.id]
    kind = f"Introduction{state.value.capitalize()}"
    assert said == {(kind, who[one].id): 1 for one in told}


@pytest.mark.parametrize(("first", "second"), list(permutations(ENDS, 2)))
async def test_what_has_ended_does_not_end_otherwise(
    store: Store, first: IntroductionState, second: IntroductionState
) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    who = {"here": here, "there": there}
    await ENDS[first][0](store, clock, by=who[ENDS[first][1]], introduction=made.id)
    before = await notices(store)
    with pytest.raises(NoLongerOpen):
        await ENDS[second][0](store, clock, by=who[ENDS[second][1]], introduction=made.id)
    found = await store.introductions.by_id(made.id)
    assert found is not None
    assert found.state is first
    assert await notices(store) == before


@pytest.mark.parametrize(
    ("verb", "role", "may"),
    [
        (introductions.accept, "asking", False),
        (introductions.accept, "asked", True),
        (introductions.accept, "other", False),
        (introductions.accept, "nobody", False),
        (introductions.decline, "asking", False),
        (introductions.decline, "asked", True),
        (introductions.decline, "other", False),
        (introductions.decline, "nobody", False),
        (introductions.withdraw, "asking", True),
        (introductions.withdraw, "asked", False),
        (introductions.withdraw, "other", False),
        (introductions.withdraw, "nobody", False),
    ],
)
async def test_who_may(store: Store, verb: Verb, role: str, may: bool) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    nobody = await people.consent(store, clock, telegram_id=9, language="en")
    who = {"asking": here, "asked": there, "other": await visible(store, 3), "nobody": nobody}
    if may:
        assert not (await verb(store, clock, by=who[role], introduction=made.id)).open
        return
    with pytest.raises(NotYours):
        await verb(store, clock, by=who[role], introduction=made.id)
    found = await store.introductions.by_id(made.id)
    assert found is not None
    assert found.open


@pytest.mark.parametrize(
    "verb", [introductions.accept, introductions.decline, introductions.withdraw]
)
async def test_what_does_not_exist_any_more_is_over(store: Store, verb: Verb) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    await erasure.erase(store, clock, here)
    for number in (made.id, 0, -1, 2**63 - 1):
        with pytest.raises(NoLongerOpen):
            await verb(store, clock, by=there, introduction=number)


async def test_who_has_declined_is_not_asked_again_but_may_ask(store: Store) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    await introductions.decline(store, clock, by=there, introduction=made.id)
    with pytest.raises(NoLongerOpen):
        await introductions.ask(store, clock, by=here, organisation=made.asked)
    assert len(await store.introductions.of(made.asking)) == 1
    back = await introductions.ask(store, clock, by=there, organisation=made.asking)
    assert back.open
    assert back.asking == made.asked


@pytest.mark.parametrize("end", ["withdrawn", "expired"])
async def test_what_ended_without_an_answer_may_be_asked_anew(store: Store, end: str) -> None:
    clock = Clock()
    here, _, made = await pair(store, clock)
    if end == "withdrawn":
        await introductions.withdraw(store, clock, by=here, introduction=made.id)
    else:
        clock.advance(Patience().expire_after)
        await introductions.expire_due(store, clock, Patience())
    again = await introductions.ask(store, clock, by=here, organisation=made.asked)
    assert again.open
    assert again.id != made.id


async def test_who_has_become_full_meanwhile_is_not_asked_but_may_ask_and_answer(
    store: Store,
) -> None:
    clock = Clock()
    here, there, made = await pair(store, clock)
    third = await visible(store, 3)
    full, asking = await organisation_of(store, there), await organisation_of(store, third)
    until = clock().date() + timedelta(days=30)
    await profiles.answer(store, clock, there, Answer.FULL_UNTIL, until)
    with pytest.raises(Refusal, match="refusal-partner-full"):
        await introductions.ask(store, clock, by=third, organisation=full.id)
    assert await store.introductions.between(asking.id, full.id) is None
    assert await introductions.ask(store, clock, by=here, organisation=full.id) == made
    done = await introductions.accept(store, clock, by=there, introduction=made.id)
    assert done.state is IntroductionState.ACCEPTED
    theirs = await introductions.ask(store, clock, by=there, organisation=asking.id)
    agreed = await introductions.accept(store, clock, by=third, introduction=theirs.id)
    assert await introductions.ask(store, clock, by=third, organisation=full.id) == agreed


async def test_who_was_full_until_today_is_asked(store: Store) -> None:
    clock = Clock()
    here, there = await visible(store, 1), await visible(store, 2)
    await profiles.answer(store, clock, there, Answer.FULL_UNTIL, clock().date())
    other = await organisation_of(store, there)
    assert (await introductions.ask(store, clock, by=here, organisation=other.id)).open


async def test_only_who_is_seen_asks_and_is_asked(store: Store) -> None:
    clock = Clock()
    here, there = await visible(store, 1), await visible(store, 2)
    one, other = await organisation_of(store, here), await organisation_of(store, there)
    for organisation in (one.id, 0, 10**9):
        with pytest.raises(Refusal, match="refusal-partner-gone"):
            await introductions.ask(store, clock, by=here, organisation=organisation)
    await profiles.hide(store, there)
    with pytest.raises(Refusal, match="refusal-partner-gone"):
        await introductions.ask(store, clock, by=here, organisation=other.id)
    with pytest.raises(ProfileIncomplete):
        await introductions.ask(store, clock, by=there, organisation=one.id)
    assert await rows(store) == []


@pytest.mark.parametrize(
    ("days", "reminded", "expired"), [(4.9, 0, 0), (5, 1, 0), (13.9, 1, 0), (14, 0, 1), (40, 0, 1)]
)
async def test_reminders_and_ends_in_time(
    store: Store, days: float, reminded: int, expired: int
) -> None:
    clock = Clock()
    here, there, _ = await pair(store, clock)
    clock.advance(timedelta(days=days))
    for _ in range(2):
        await introductions.expire_due(store, clock, Patience())
        await introductions.remind_due(store, clock, Patience())
    said = await notices(store)
    assert said["IntroductionReminder", there.id] == reminded
    assert said["IntroductionExpired", here.id] == expired
    assert said["IntroductionExpired", there.id] == said["IntroductionReminder", here.id] == 0


async def test_nobody_is_reminded_of_what_has_been_answered(store: Store) -> None:
    clock = Clock()
    _, there, made = await pair(store, clock)
    await introductions.decline(store, clock, by=there, introduction=made.id)
    clock.advance(timedelta(days=20))
    assert await introductions.remind_due(store, clock, Patience()) == 0
    assert await introductions.expire_due(store, clock, Patience()) == 0


async def test_partners_are_suggested_until_it_is_settled_for_good(store: Store) -> None:
    clock = Clock()
    here = await visible(store, 1, seeks=frozenset({"solar"}))
    there = await visible(store, 2)
    other = await organisation_of(store, there)

    async def suggested() -> list[int]:
        return [
            m.organisation.id for m in (await matchmaking.suggest(store, clock, to=here)).matches
        ]

    assert await suggested() == await suggested() == [other.id]
    made = await introductions.ask(store, clock, by=here, organisation=other.id)
    assert await suggested() == [other.id]
    await introductions.decline(store, clock, by=there, introduction=made.id)
    assert await suggested() == []


async def test_suggestions_need_a_profile_that_others_see(store: Store) -> None:
    clock = Clock()
    here = await visible(store, 1)
    await profiles.hide(store, here)
    with pytest.raises(ProfileIncomplete):
        await matchmaking.suggest(store, clock, to=here)
