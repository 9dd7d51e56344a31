"""Consent taken back piece by piece: what each allowed is undone, on the server."""

import pytest

from actions import announcements, consents, erasure, outcomes, profiles
from domain.consents import Piece
from domain.errors import Refusal
from domain.keeping import Keeping
from domain.notices import OutcomeAsked
from domain.outcomes import Question
from domain.people import Person
from domain.profiles import Answer
from domain.rules.wishes import is_wanted, wishes
from domain.told import Told
from storage.store import Store
from tests.support.partners import SetClock, Side, dresden, introduced, lviv


async def now(store: Store, side: Side) -> Person:
    found = await store.people.by_id(side.person.id)
    assert found is not None
    return found


async def published(store: Store, side: Side) -> bool:
    found = await store.organisations.by_id(side.id)
    return found is not None and found.published


@pytest.mark.parametrize("piece", Piece)
async def test_twice_back_and_twice_given_is_once(store: Store, piece: Piece) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    for _ in range(2):
        assert (await consents.withhold(store, clock, by=here.person, piece=piece)).withheld == {
            piece
        }
    for _ in range(2):
        again = await consents.allow(store, clock, by=here.person, piece=piece)
        assert again.withheld == frozenset()


async def test_without_contact_details_none_are_stored_or_asked_for(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    person = await consents.withhold(store, clock, by=here.person, piece=Piece.CONTACT)
    assert (person.email, person.phone) == (None, None)
    with pytest.raises(Refusal, match="refusal-consent-contact"):
        await profiles.answer(store, clock, person, Answer.CONTACT, {"email": "a@b.example"})
    assert Answer.CONTACT not in (await profiles.profile_of(store, person)).missing
    person = await consents.allow(store, clock, by=person, piece=Piece.CONTACT)
    assert Answer.CONTACT in (await profiles.profile_of(store, person)).missing
    await profiles.answer(store, clock, person, Answer.CONTACT, {"email": "a@b.example"})
    assert (await now(store, here)).email == "a@b.example"


async def test_what_is_not_to_be_shown_is_not_shared_with_anybody(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    assert here.person.shared() != {}
    person = await consents.withhold(store, clock, by=here.person, piece=Piece.SHARED)
    assert person.shared() == {}
    assert (await consents.allow(store, clock, by=person, piece=Piece.SHARED)).shared() != {}


async def test_who_will_not_be_suggested_is_hidden_until_they_will(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    person = await consents.withhold(store, clock, by=here.person, piece=Piece.SUGGESTED)
    assert not await published(store, here)
    with pytest.raises(Refusal, match="refusal-consent-suggested"):
        await profiles.publish(store, clock, person)
    await erasure.wish(store, clock, Keeping(), by=person)
    await consents.allow(store, clock, by=person, piece=Piece.SUGGESTED)
    assert not await published(store, here), "they wish to be erased as well"
    assert await erasure.keep(store, clock, by=person)
    assert await published(store, here)


async def test_no_news_without_consent_and_asking_for_them_gives_it(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    person = await announcements.tell_of_fits(store, clock, here.person, wished=True)
    person = await consents.withhold(store, clock, by=person, piece=Piece.NEWS)
    assert wishes(person) == {Told.REMINDERS}
    await lviv(store, clock)
    assert await announcements.announce_due(store, clock) == 0
    person = await announcements.tell_of_fits(store, clock, person, wished=True)
    assert Told.FITTING in wishes(person)


async def test_results_are_forgotten_and_not_asked_for(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, here, there)
    for side in (here, there):
        await outcomes.tell(
            store, clock, by=side.person, introduction=made, question=Question.MET, answer="yes"
        )
    person = await consents.withhold(store, clock, by=here.person, piece=Piece.OUTCOMES)
    assert (await store.outcomes.of(made, here.id)).met is None
    assert (await store.outcomes.of(made, there.id)).met == "yes"
    assert not is_wanted(OutcomeAsked(made), person)
    assert is_wanted(OutcomeAsked(made), there.person)
