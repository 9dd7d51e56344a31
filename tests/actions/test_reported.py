"""Hiding a reported organisation: from whom, what its people may do, and what they are told."""

import pytest

from actions import concerns, erasure, introductions, matchmaking, profiles, reported, reports
from delivery.letters.concerns import concern_card
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.errors import Refusal
from domain.keeping import Keeping
from domain.languages import LANGUAGES
from domain.notices import OrganisationHidden, OrganisationShown
from domain.outbox import Delivery
from domain.profiles import Answer
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from locales.speech import speech
from storage.store import Store
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock, Side, dresden, introduced, lviv
from tests.support.roles import holding


async def suggested(store: Store, clock: SetClock, to: Side) -> list[int]:
    page = await matchmaking.suggest(store, clock, to=to.person)
    return [one.organisation.id for one in page.matches]


async def test_nobody_is_shown_it_until_it_is_shown_again(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    there, other = await dresden(store, clock), await lviv(store, clock)
    assert await suggested(store, clock, other) == [there.id]
    for _ in range(2):
        await reported.hide(store, clock, by=chief, organisation=there.id)
    assert await suggested(store, clock, other) == []
    assert not (await profiles.profile_of(store, there.person)).published
    refused = "refusal-organisation-hidden"
    with pytest.raises(Refusal, match=refused):
        await profiles.publish(store, clock, there.person)
    with pytest.raises(Refusal, match=refused):
        await introductions.ask(store, clock, by=there.person, organisation=other.id)
    with pytest.raises(Refusal, match=refused):
        await matchmaking.suggest(store, clock, to=there.person)
    with pytest.raises(Refusal, match="refusal-partner-gone"):
        await introductions.ask(store, clock, by=other.person, organisation=there.id)
    for _ in range(2):
        await reported.show(store, clock, by=chief, organisation=there.id)
    assert await suggested(store, clock, other) == [there.id]
    told = [(row.kind, row.recipient) for row in await rows(store)]
    assert told == [
        ("OrganisationHidden", there.person.id),
        ("OrganisationShown", there.person.id),
    ]


async def test_it_is_shown_again_only_as_far_as_its_people_wish(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    withdrawn, emptied, leaving = [await dresden(store, clock) for _ in range(3)]
    for one in (withdrawn, emptied, leaving):
        await reported.hide(store, clock, by=chief, organisation=one.id)
    await profiles.hide(store, withdrawn.person)
    for which in (Answer.OFFERS, Answer.SEEKS):
        await profiles.answer(store, clock, emptied.person, which, None)
    await erasure.wish(store, clock, Keeping(), by=leaving.person)
    for one in (withdrawn, emptied, leaving):
        assert not (await reported.show(store, clock, by=chief, organisation=one.id)).published
    await erasure.keep(store, clock, by=leaving.person)
    assert (await profiles.profile_of(store, leaving.person)).published


async def test_what_was_agreed_to_stays(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    there, other = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, there, other)
    await reported.hide(store, clock, by=chief, organisation=there.id)
    assert (await store.introductions.by_id(made)).settled_at == clock()


async def test_the_card_of_the_report_hides_and_shows(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    there, other = await dresden(store, clock), await lviv(store, clock)
    made = await reports.report(
        store, clock, by=other.person, about=AboutWhat.ORGANISATION, subject=there.id,
        cause=Cause.WRONG,
    )  # fmt: skip
    concern = await concerns.one(store, by=chief, concern=made.id)
    say = speech("en")

    async def offered() -> list[str]:
        card = await concern_card(store, say, concern)
        return [one.data or "" for row in card.keyboard for one in row]

    assert f"zh:{there.id}:{made.id}:0" in await offered()
    await reported.hide(store, clock, by=chief, organisation=there.id)
    assert f"zs:{there.id}:{made.id}" in await offered()


async def test_the_letters_in_every_language_while_they_are_true(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    there = await dresden(store, clock)
    name = "<b>&" * 30
    await profiles.answer(store, clock, there.person, Answer.ORGANISATION, name)
    for verb, kind, other in (
        (reported.hide, OrganisationHidden, OrganisationShown),
        (reported.show, OrganisationShown, OrganisationHidden),
    ):
        await verb(store, clock, by=chief, organisation=there.id)
        for language in LANGUAGES:
            async with store.transaction():
                await store.people.change(there.person.id, language=language)
            letter = await Renderer(store, clock).letter(
                Delivery(1, kind(there.id, 1), there.person.id, 0)
            )
            assert isinstance(letter, Letter)
            assert faults_in(letter.message) == []
            assert says(language, kind.__name__, letter.message.html)
        for stale in (
            Delivery(1, other(there.id, 1), there.person.id, 0),
            Delivery(1, kind(there.id, 1), chief.id, 0),
        ):
            assert await Renderer(store, clock).letter(stale) == Nothing("no-longer-true")
