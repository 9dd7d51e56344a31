"""Verbs about people and profiles: each done twice is done once, and nothing else is touched."""

from dataclasses import replace
from typing import Any

import pytest

from actions import erasure, introductions, people, profiles
from domain.errors import Refusal
from domain.people import Detail
from domain.profiles import Answer
from storage.store import Store
from tests.support.organisations import Clock, organisation_of, visible
from tests.support.outboxes import rows
from tests.support.profiles import typical


async def test_consenting_twice_is_one_person(store: Store) -> None:
    clock = Clock()
    one = await people.consent(store, clock, telegram_id=7, language="de")
    again = await people.consent(store, clock, telegram_id=7, language="ar")
    assert again == one


async def test_speaking_and_being_reached_twice(store: Store) -> None:
    person = await people.consent(store, Clock(), telegram_id=7, language="de")
    for _ in range(2):
        await people.speak(store, person, language="ar")
        await people.set_reachable(store, person, reachable=False)
        found = await store.people.by_id(person.id)
        assert found == replace(person, language="ar", reachable=False)


@pytest.mark.parametrize("which", Answer)
async def test_each_answer_twice_is_stored_once_and_removed_again(
    store: Store, which: Answer
) -> None:
    clock = Clock()
    person = await people.consent(store, clock, telegram_id=7, language="de")
    stated: Any = typical().answer(which)
    given = {"email": stated, "phone": None} if which is Answer.CONTACT else stated
    for value, expected in ((given, stated), (given, stated), (None, None)):
        await profiles.answer(store, clock, person, which, value)
        now = await store.people.by_id(person.id)
        assert now is not None
        profile = await profiles.profile_of(store, now)
        assert profile.answer(which) == expected
        others = [profile.answer(other) for other in Answer if other is not which]
        assert others == [None] * (len(Answer) - 1)


async def test_publishing_and_hiding_twice(store: Store) -> None:
    clock = Clock()
    person = await visible(store, 1)
    once = await organisation_of(store, person)
    await profiles.publish(store, clock, person)
    assert await organisation_of(store, person) == once
    for _ in range(2):
        assert not (await profiles.hide(store, person)).published
    assert await organisation_of(store, person) == replace(once, published_at=None)


@pytest.mark.parametrize("missing", [(Answer.ORGANISATION,), (Answer.OFFERS, Answer.SEEKS)])
async def test_what_is_needed_cannot_be_missing_from_what_others_see(
    store: Store, missing: tuple[Answer, ...]
) -> None:
    clock = Clock()
    person = await visible(store, 1)
    for which in missing:
        await profiles.answer(store, clock, person, which, None)
    assert not (await organisation_of(store, person)).published
    with pytest.raises(Refusal, match="refusal-profile-lacks"):
        await profiles.publish(store, clock, person)


async def test_one_direction_of_topics_is_enough(store: Store) -> None:
    person = await visible(store, 1, offers=None)
    assert (await organisation_of(store, person)).published


async def test_who_has_said_nothing_cannot_be_seen(store: Store) -> None:
    clock = Clock()
    person = await people.consent(store, clock, telegram_id=7, language="de")
    with pytest.raises(Refusal, match="refusal-profile-lacks"):
        await profiles.publish(store, clock, person)
    assert not (await profiles.hide(store, person)).published


async def test_erasing_twice_takes_a_person_with_all_that_hangs_on_them(store: Store) -> None:
    clock = Clock()
    here, there = await visible(store, 1), await visible(store, 2)
    theirs, other = await organisation_of(store, here), await organisation_of(store, there)
    made = await introductions.ask(store, clock, by=here, organisation=other.id)
    back = await introductions.accept(store, clock, by=there, introduction=made.id)
    assert {row.recipient for row in await rows(store)} == {here.id, there.id}
    for _ in range(2):
        await erasure.erase(store, clock, here)
        assert await store.people.by_id(here.id) is None
        left = await store.organisations.by_id(theirs.id)
        assert left is not None, "it has a partner"
        assert not left.published
        kept = await store.introductions.by_id(back.id)
        assert kept is not None
        assert kept.asked_by is None
        assert {row.recipient for row in await rows(store)} == {there.id}
    assert await store.people.by_id(there.id) == there
    assert await organisation_of(store, there) == other


async def test_an_organisation_stays_as_long_as_somebody_speaks_for_it(store: Store) -> None:
    clock = Clock()
    here = await visible(store, 1)
    theirs = await organisation_of(store, here)
    colleague = await people.consent(store, clock, telegram_id=8, language="fr")
    async with store.transaction():
        await store.people.represent(colleague.id, theirs.id, since=clock())
    await erasure.erase(store, clock, here)
    assert await organisation_of(store, colleague) == theirs


async def test_what_is_shared_is_what_is_stated_and_allowed(store: Store) -> None:
    person = typical().person
    assert person.shared() == {Detail.NAME: "Anna Vogt", Detail.EMAIL: "anna@example.de"}
    assert replace(person, shares=frozenset(Detail), phone=None).shared().keys() == {
        Detail.NAME, Detail.FUNCTION, Detail.EMAIL,
    }  # fmt: skip
    assert replace(person, shares=None).shared() == {}
