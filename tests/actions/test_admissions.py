"""Joining an organisation that is there: whom it is put to, who may admit, and what follows."""

from datetime import timedelta

import pytest

from actions import admissions, profiles, representing
from actions.understanding import Understanding
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.admissions import (
    EXPIRE_AFTER,
    NOT_AGAIN_FOR,
    REMIND_AFTER,
    TO_COORDINATORS_AFTER,
    AdmissionState,
)
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.notices import AdmissionGranted
from domain.outbox import Delivery
from domain.people import Person
from domain.profiles import Answer
from domain.roles import Role
from matching.places import Gazetteer
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import DRESDEN, LVIV, SetClock, Side, dresden, lviv, side, somebody
from tests.support.roles import grant, holding
from tests.support.topics import by_letters


@pytest.fixture(scope="module")
def understanding(gazetteer: Gazetteer) -> Understanding:
    """Making it takes seconds."""
    return Understanding(by_letters(), gazetteer)


async def told(store: Store) -> list[tuple[str, int]]:
    return [(row.kind, row.recipient) for row in await rows(store)]


async def drafting(store: Store, clock: SetClock, name: str) -> Person:
    """Somebody who has named an organisation and published nothing."""
    person = await somebody(store, clock)
    await profiles.answer(store, clock, person, Answer.ORGANISATION, name)
    return person


async def unrepresented(store: Store, clock: SetClock) -> Side:
    there = await dresden(store, clock)
    async with store.transaction():
        await store.people.remove(there.person.id)
    return there


async def test_asked_admitted_and_told(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    newcomer = await drafting(store, clock, "Stadtentwässerung Dresden")
    draft = await store.organisations.of(newcomer.id)
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    assert await admissions.ask(store, clock, by=newcomer, organisation=there.id) == made
    assert await told(store) == [("AdmissionAsked", there.person.id)]
    assert await store.organisations.of(newcomer.id) == draft, "nothing more before admission"

    for _ in range(2):
        done = await admissions.admit(store, clock, by=there.person, admission=made.id)
        assert done.state is AdmissionState.ADMITTED
    own = await store.organisations.of(newcomer.id)
    assert own is not None
    assert own.id == there.id
    assert draft is not None
    assert await store.organisations.by_id(draft.id) is None, "the draft is dropped"
    assert (await told(store))[1:] == [("AdmissionGranted", newcomer.id)]
    people = await store.people.representing(there.id)
    assert [one.id for one in people] == [there.person.id, newcomer.id]


async def test_the_others_of_the_organisation_are_told(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    second, third = await somebody(store, clock), await somebody(store, clock)
    for one in (second, third):
        made = await admissions.ask(store, clock, by=one, organisation=there.id)
        await admissions.admit(store, clock, by=there.person, admission=made.id)
    assert ("ColleagueJoined", second.id) in await told(store)
    assert ("ColleagueJoined", there.person.id) not in await told(store), "they have done it"


async def test_whom_similar_organisations_are_offered(
    store: Store, understanding: Understanding
) -> None:
    clock = SetClock()
    there = await side(store, clock, "Dresden Wasser", DRESDEN)
    await drafting(store, clock, "Wasserwerke Dresden")  # a draft is nobody else's business
    asking = await drafting(store, clock, "Вода Дрезден")

    async def offered(person: Person) -> list[int]:
        found = await admissions.similar_to(store, understanding, person, "Вода Дрезден")
        return [one.id for one in found]

    assert await offered(asking) == [there.id]
    await profiles.answer(store, clock, asking, Answer.PLACE, DRESDEN)
    assert await offered(asking) == [], "what was offered before is not offered again"
    elsewhere = await lviv(store, clock)
    assert await offered(elsewhere.person) == [], "who speaks for one already"


async def test_without_representatives_coordinators_are_asked(store: Store) -> None:
    clock = SetClock()
    there = await unrepresented(store, clock)
    told_by = await holding(store, clock, Role.COORDINATOR)
    newcomer = await somebody(store, clock)
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    assert await told(store) == [("AdmissionForCoordinators", told_by.id)]
    assert await admissions.waits_for(store, made) == (False, True)
    await admissions.admit(store, clock, by=told_by, admission=made.id)
    own = await store.organisations.of(newcomer.id)
    assert own is not None
    assert own.id == there.id


async def test_without_coordinators_it_waits_for_the_first(store: Store) -> None:
    clock = SetClock()
    there = await unrepresented(store, clock)
    newcomer = await somebody(store, clock)
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    assert await admissions.look_after(store, clock) == 0
    assert await admissions.waits_for(store, made) == (False, False)
    first = await somebody(store, clock)
    await grant(store, clock, first, Role.COORDINATOR)
    assert await admissions.look_after(store, clock) == 1
    assert await admissions.look_after(store, clock) == 0
    assert await told(store) == [("AdmissionForCoordinators", first.id)]


async def test_reminded_then_put_to_coordinators_then_expired(store: Store) -> None:
    clock = SetClock()
    there, chief = await dresden(store, clock), await holding(store, clock, Role.COORDINATOR)
    newcomer = await somebody(store, clock)
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    with pytest.raises(NotYours):
        await admissions.admit(store, clock, by=chief, admission=made.id)
    steps: list[tuple[timedelta, tuple[str, int]]] = [
        (REMIND_AFTER, ("AdmissionReminder", there.person.id)),
        (TO_COORDINATORS_AFTER, ("AdmissionForCoordinators", chief.id)),
        (EXPIRE_AFTER, ("AdmissionExpired", newcomer.id)),
    ]
    begun = clock()
    for after, expected in steps:
        clock.now = begun + after - timedelta(seconds=1)
        await admissions.look_after(store, clock)
        assert expected not in await told(store)
        clock.now = begun + after
        for _ in range(2):
            await admissions.look_after(store, clock)
        assert (await told(store)).count(expected) == 1
    with pytest.raises(NoLongerOpen):
        await admissions.admit(store, clock, by=there.person, admission=made.id)


async def test_declined_and_not_asked_again_for_a_month(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    newcomer = await drafting(store, clock, "Draft")
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    for _ in range(2):
        done = await admissions.decline(store, clock, by=there.person, admission=made.id)
        assert done.state is AdmissionState.DECLINED
    assert (await told(store))[1:] == [("AdmissionDeclined", newcomer.id)]
    with pytest.raises(NoLongerOpen):
        await admissions.admit(store, clock, by=there.person, admission=made.id)
    with pytest.raises(Refusal, match="refusal-admission-declined"):
        await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    clock.move(days=NOT_AGAIN_FOR.days)
    again = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    assert again.id != made.id


async def test_another_request_takes_the_earlier_one_back(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    newcomer = await somebody(store, clock)
    first = await admissions.ask(store, clock, by=newcomer, organisation=here.id)
    second = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    assert await store.admissions.open_of(newcomer.id) == (second,)
    with pytest.raises(NoLongerOpen):
        await admissions.admit(store, clock, by=here.person, admission=first.id)
    for _ in range(2):
        taken = await admissions.withdraw(store, clock, by=newcomer, admission=second.id)
        assert taken.state is AdmissionState.WITHDRAWN


async def test_who_may_not(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    hidden = await side(store, clock, "Hidden", LVIV)
    await profiles.hide(store, hidden.person)
    newcomer = await somebody(store, clock)
    made = await admissions.ask(store, clock, by=newcomer, organisation=here.id)
    for by in (newcomer, there.person, await holding(store, clock, Role.COORDINATOR)):
        for settle in (admissions.admit, admissions.decline):
            with pytest.raises(NotYours):
                await settle(store, clock, by=by, admission=made.id)
    with pytest.raises(NotYours):
        await admissions.withdraw(store, clock, by=here.person, admission=made.id)
    for nothing in (hidden.id, 987_654):
        with pytest.raises(Refusal, match="refusal-organisation-gone"):
            await admissions.ask(store, clock, by=newcomer, organisation=nothing)
    with pytest.raises(Refusal, match="refusal-speaks-already"):
        await admissions.ask(store, clock, by=there.person, organisation=here.id)


async def test_who_has_published_meanwhile_keeps_their_own(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    newcomer = await drafting(store, clock, "Draft")
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    await profiles.answer(store, clock, newcomer, Answer.SEEKS, frozenset({"sludge"}))
    await profiles.publish(store, clock, newcomer)
    with pytest.raises(Refusal, match="refusal-newcomer-speaks-already"):
        await admissions.admit(store, clock, by=there.person, admission=made.id)
    still = await store.admissions.by_id(made.id)
    assert still is not None
    assert still.open


async def test_who_was_taken_out_again_is_not_told_that_they_were_admitted(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    newcomer = await somebody(store, clock)
    made = await admissions.ask(store, clock, by=newcomer, organisation=there.id)
    await admissions.admit(store, clock, by=there.person, admission=made.id)
    granted = Delivery(1, AdmissionGranted(made.id), newcomer.id, 0)
    assert isinstance(await Renderer(store, clock).letter(granted), Letter)
    await representing.take_out(store, clock, by=there.person, person=newcomer.id)
    assert await Renderer(store, clock).letter(granted) == Nothing("no-longer-true")
