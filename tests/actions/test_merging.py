"""Confirming organisations, and merging two that are one: nothing is lost, old ids lead on, and
twice is once."""

import random

import pytest
from sqlalchemy import func, select

from actions import (
    admissions,
    confirming,
    consents,
    dismissals,
    introductions,
    matchmaking,
    merging,
    profiles,
    representing,
)
from delivery.message import Letter
from delivery.render import Renderer
from domain.confirming import WhyNot
from domain.consents import Piece
from domain.dismissals import Why
from domain.errors import NotYours, Refusal
from domain.introductions import IntroductionState
from domain.notices import notice
from domain.organisations import Part
from domain.outbox import Delivery
from domain.people import Person
from domain.roles import Role
from locales.speech import without_tags
from storage.store import Store
from storage.tables import metadata
from tests.support.chat import says
from tests.support.outboxes import rows
from tests.support.partners import DRESDEN, LVIV, SetClock, Side, dresden, lviv, side, somebody
from tests.support.roles import holding

COUNTED = (
    "organisations", "representatives", "introductions", "outcomes", "partnerships", "dismissals",
    "showings", "admissions", "invitations", "people",
)  # fmt: skip


async def counts(store: Store) -> dict[str, int]:
    async with store.reading.connect() as connection:
        return {
            name: (
                await connection.execute(select(func.count()).select_from(metadata.tables[name]))
            ).scalar_one()
            for name in COUNTED
        }


async def told(store: Store, kind: str) -> list[int]:
    return sorted(row.recipient for row in await rows(store) if row.kind == kind)


async def anything(
    store: Store, clock: SetClock, chance: random.Random, several: list[Side]
) -> None:
    """Something happens between two of several organisations; what is refused does not."""
    here, there = chance.sample(several, 2)
    verb = chance.randrange(6)
    clock.move(minutes=1)
    try:
        if verb < 2:
            await introductions.ask(store, clock, by=here.person, organisation=there.id)
        elif verb == 2:
            between = await store.introductions.between(here.id, there.id)
            if between is not None and between.asked == there.id:
                await introductions.accept(store, clock, by=there.person, introduction=between.id)
        elif verb == 3:
            await dismissals.dismiss(
                store, clock, by=here.person, organisation=there.id, why=Why.LATER
            )
        elif verb == 4:
            async with store.transaction():
                await store.organisations.record_showing([there.id], to=here.id, at=clock())
        else:
            async with store.transaction():
                await store.outcomes.add_partnership(
                    here.id, partner=there.id, name="x", since=2020, at=clock()
                )
    except Refusal:
        return


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_has_happened_nothing_is_lost(store: Store, seed: int) -> None:
    clock, chance = SetClock(), random.Random(seed)
    chief = await holding(store, clock, Role.COORDINATOR)
    several = [
        await side(store, clock, f"Organisation {one}", LVIV, offers={"solar"}, seeks={"solar"})
        for one in "ABCDE"
    ]
    for _ in range(60):
        await anything(store, clock, chance, several)
    newcomer = await somebody(store, clock)
    gone, stays = several[0], several[1]
    asked = await admissions.ask(store, clock, by=newcomer, organisation=gone.id)
    before = await counts(store)
    for _ in range(2):
        kept = await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
        assert kept.id == stays.id
        assert await counts(store) == before
    assert await told(store, "OrganisationsMerged") == sorted([gone.person.id, stays.person.id])
    people = {one.person.id: one.part for one in await store.representatives.of(stays.id)}
    assert people == {gone.person.id: Part.DEPUTY, stays.person.id: Part.LEAD}
    for one in await store.introductions.of(stays.id):
        assert one.other(stays.id) in {each.id for each in several[2:]}
    for other in several[2:]:
        both = await store.introductions.of(other.id)
        open_ones = [one for one in both if one.open and one.concerns(stays.id)]
        assert len(open_ones) <= 1
    assert (await store.admissions.by_id(asked.id)).organisation == stays.id
    await admissions.admit(store, clock, by=gone.person, admission=asked.id)


async def test_old_ids_lead_to_the_one_that_stays(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    gone, stays = await dresden(store, clock), await side(store, clock, "Dresden", DRESDEN)
    other = await lviv(store, clock)
    third = await side(store, clock, "Third", DRESDEN)
    await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
    made = await introductions.ask(store, clock, by=other.person, organisation=gone.id)
    assert made.asked == stays.id
    assert (await store.organisations.several([gone.id]))[gone.id].id == stays.id
    done = await introductions.accept(store, clock, by=gone.person, introduction=made.id)
    assert done.state is IntroductionState.ACCEPTED
    await merging.merge(store, clock, by=chief, gone=stays.id, stays=third.id)
    found = await store.organisations.by_id(gone.id)
    assert found is not None
    assert found.id == third.id, "through two mergers"
    with pytest.raises(Refusal, match="refusal-merge-with-itself"):
        await merging.merge(store, clock, by=chief, gone=third.id, stays=third.id)


async def test_of_two_open_requests_the_earlier_stays_open(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    gone, stays = await dresden(store, clock), await side(store, clock, "Dresden", DRESDEN)
    other = await lviv(store, clock)
    first = await introductions.ask(store, clock, by=gone.person, organisation=other.id)
    second = await introductions.ask(store, clock, by=other.person, organisation=stays.id)
    among = await introductions.ask(store, clock, by=gone.person, organisation=stays.id)
    await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
    states = [(await store.introductions.by_id(one.id)).state for one in (first, second, among)]
    withdrawn = IntroductionState.WITHDRAWN
    assert states == [IntroductionState.ASKED, withdrawn, withdrawn]


async def test_gaps_are_filled_and_topics_joined(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    gone = await dresden(store, clock, languages=frozenset({"de"}))
    stays = await side(store, clock, "Dresden", DRESDEN, offers={"tourism"})
    kept = await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
    assert kept.name == "Dresden"
    assert kept.languages == {"de"}
    assert kept.offers == {"tourism", "sludge"}
    found = await matchmaking.suggest(store, clock, to=(await lviv(store, clock)).person)
    assert [one.organisation.id for one in found.matches] == [stays.id]
    assert [one.subject for one in found.matches[0].reasons if one.subject in kept.offers] == [
        "sludge"
    ]


async def test_those_that_may_be_the_same_are_found_among_all_that_coordinators_look_after(
    store: Store,
) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    first = await side(store, clock, "Stadtwerke Musterstadt", DRESDEN)
    same = await side(store, clock, "Musterstadt Stadtwerke", DRESDEN)
    left = await side(store, clock, "Stadtwerke Musterstadt GmbH", DRESDEN)
    await representing.leave(store, clock, by=left.person, organisation=left.id)
    draft = await side(store, clock, "Stadtwerke Musterstadt", DRESDEN)
    await profiles.hide(store, draft.person)
    await lviv(store, clock)
    alike = await merging.like_this(store, by=chief, organisation=first.id)
    assert {one.id for one in alike} == {same.id, left.id}
    kept = await merging.merge(store, clock, by=chief, gone=same.id, stays=first.id)
    assert [one.id for one in await merging.like_this(store, by=chief, organisation=kept.id)] == [
        left.id
    ]


async def test_one_that_nobody_sees_stays_unseen(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    gone, stays = await dresden(store, clock), await side(store, clock, "Dresden", DRESDEN)
    await profiles.hide(store, stays.person)
    kept = await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
    assert not kept.published
    assert kept.offers == {"sludge"}, "those who speak for it see it, and may show it"
    looking = await lviv(store, clock)
    with pytest.raises(Refusal, match="refusal-partner-gone"):
        await introductions.ask(store, clock, by=looking.person, organisation=gone.id)
    (letter,) = await letters(store, clock, gone.person)
    assert says("en", "organisations-merged-unseen", letter)


async def test_what_nobody_sees_is_not_shown_through_the_other(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    gone = await dresden(store, clock, languages=frozenset({"de"}), vku_member=True)
    stays = await side(store, clock, "Dresden", DRESDEN, offers={"tourism"})
    await consents.withhold(store, clock, by=gone.person, piece=Piece.SUGGESTED)
    kept = await merging.merge(store, clock, by=chief, gone=gone.id, stays=stays.id)
    assert kept.published
    assert (kept.offers, kept.languages) == ({"tourism"}, None)
    assert kept.vku_member, "what coordinators have said is not theirs to hide"
    (letter,) = await letters(store, clock, gone.person)
    assert not says("en", "organisations-merged-unseen", letter)


async def letters(store: Store, clock: SetClock, reader: Person) -> list[str]:
    """What somebody is told, as it is read now."""
    said = [
        notice(row.kind, row.payload) for row in await rows(store) if row.recipient == reader.id
    ]
    async with store.transaction():
        await store.people.change(reader.id, language="en")
    made = [await Renderer(store, clock).letter(Delivery(1, one, reader.id, 0)) for one in said]
    return [without_tags(str(one.message.html)) for one in made if isinstance(one, Letter)]


async def test_only_who_may(store: Store) -> None:
    clock = SetClock()
    gone, stays = await dresden(store, clock), await lviv(store, clock)
    by: Person
    for by in (gone.person, await somebody(store, clock)):
        with pytest.raises(NotYours):
            await merging.merge(store, clock, by=by, gone=gone.id, stays=stays.id)
        with pytest.raises(NotYours):
            await confirming.confirm(store, clock, by=by, organisation=gone.id)
        with pytest.raises(NotYours):
            await confirming.take_back(store, clock, by=by, organisation=gone.id, why=WhyNot.NAME)
        with pytest.raises(NotYours):
            await confirming.say_member(store, clock, by=by, organisation=gone.id, member=True)
        with pytest.raises(NotYours):
            await confirming.listed(store, by=by, offset=0, limit=8)


async def test_confirmed_taken_back_and_listed(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.COORDINATOR)
    here, there = await dresden(store, clock), await lviv(store, clock)
    for _ in range(2):
        done = await confirming.confirm(store, clock, by=chief, organisation=here.id)
        assert done.confirmed_at == clock()
    assert await told(store, "OrganisationConfirmed") == [here.person.id]
    listed, total = await confirming.listed(store, by=chief, offset=0, limit=8)
    assert ([one.id for one in listed], total) == ([there.id, here.id], 2)
    member = await confirming.say_member(store, clock, by=chief, organisation=here.id, member=True)
    assert member.vku_member
    back = await confirming.take_back(
        store, clock, by=chief, organisation=here.id, why=WhyNot.PERSON
    )
    assert back.confirmed_at is None
    assert await told(store, "OrganisationNotConfirmed") == [here.person.id]
    with pytest.raises(Refusal, match="refusal-organisation-unknown"):
        await confirming.confirm(store, clock, by=chief, organisation=987_654)
