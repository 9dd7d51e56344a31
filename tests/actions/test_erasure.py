"""Being erased: a time of grace that can be taken back, and then really gone."""

from datetime import timedelta

import pytest

from actions import erasure, introductions, outcomes, people, profiles, reports
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.conversations import Conversation
from domain.errors import Refusal
from domain.keeping import Keeping
from domain.languages import LANGUAGES
from domain.notices import IntroductionEnded
from domain.organisations import Organisation
from domain.outbox import Delivery, DeliveryState, Outcome
from domain.outcomes import Question
from domain.people import Person
from domain.profiles import Answer
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from storage.store import Store
from tests.support.chat import read, says
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock, Side, amman, dresden, introduced, lviv
from tests.support.traces import found_in, found_in_files

KEEPING = Keeping()
NAME, EMAIL, PHONE = "Kunigunde Einmalig", "kunigunde@einmalig.example", "+49 351 7654321"
FUNCTION, WORDS, TELEGRAM = "Wegemeisterin zu Nirgendwo", "Sie schrieb mir um Mitternacht", 77123987
PERSONAL = (NAME, EMAIL, PHONE, FUNCTION, WORDS, str(TELEGRAM))


async def told_all(store: Store, clock: SetClock) -> tuple[Side, Side, Side]:
    """Somebody who has left something in as many tables as there are, and two others."""
    here, there, third = (
        await dresden(store, clock),
        await lviv(store, clock),
        await amman(store, clock),
    )
    me = here.person
    for which, value in {
        Answer.NAME: NAME,
        Answer.FUNCTION: FUNCTION,
        Answer.CONTACT: {"email": EMAIL, "phone": PHONE},
    }.items():
        await profiles.answer(store, clock, me, which, value)
    made = await introduced(store, clock, here, there)
    await outcomes.tell(store, clock, by=me, introduction=made, question=Question.MET, answer="yes")
    await introductions.ask(store, clock, by=me, organisation=third.id)
    async with store.transaction():
        await store.people.change(me.id, telegram_id=TELEGRAM)
        await store.roles.grant(there.person.id, Role.COORDINATOR, by=me.id, at=clock())
        await store.conversations.keep(
            me.id, Conversation("contact", pending={"email": EMAIL}), at=clock()
        )
    about = {"about": AboutWhat.PERSON, "cause": Cause.WRONG, "words": WORDS}
    await reports.report(store, clock, by=there.person, subject=me.id, **about)
    await reports.report(store, clock, by=me, subject=there.person.id, **about)
    return here, there, third


async def now(store: Store, person: Person) -> Person:
    found = await store.people.by_id(person.id)
    assert found is not None
    return found


async def organisation(store: Store, side: Side) -> Organisation:
    found = await store.organisations.by_id(side.id)
    assert found is not None
    return found


async def test_nothing_of_a_person_is_left_in_any_table_nor_in_the_files(store: Store) -> None:
    clock = SetClock()
    here, there, third = await told_all(store, clock)
    assert await found_in(store, PERSONAL) == list(PERSONAL)
    await erasure.wish(store, clock, KEEPING, by=here.person)
    clock.move(hours=47)
    assert await erasure.erase_due(store, clock) == 0
    clock.move(hours=1)
    assert await erasure.erase_due(store, clock) == 1
    assert await erasure.erase_due(store, clock) == 0
    assert await found_in(store, PERSONAL) == []
    stays = await store.organisations.by_id(here.id)
    assert stays is not None, "others are its partners"
    assert not stays.published
    assert await store.people.representing(here.id) == ()
    assert await store.people.by_id(there.person.id) is not None
    assert await store.wipe()
    if store.backend == "sqlite":
        assert found_in_files(store, PERSONAL) == []
        assert found_in_files(store, ("Львівводоканал",)) != [], "the others are still there"
    told = [row for row in await rows(store) if row.kind == "IntroductionWithdrawn"]
    assert [row.recipient for row in told] == [third.person.id], "whom they had asked is told"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_files_hold_it_before_they_are_wiped(store: Store) -> None:
    """Else the test above could not fail."""
    clock = SetClock()
    here, _, _ = await told_all(store, clock)
    assert found_in_files(store, (NAME, EMAIL, WORDS)) == [NAME, EMAIL, WORDS]
    await erasure.erase(store, clock, here.person)
    assert found_in_files(store, (NAME,)) == [NAME]
    assert await store.wipe()
    assert found_in_files(store, PERSONAL) == []


async def test_meanwhile_they_are_hidden_and_nothing_unasked_is_said(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    asked = await introductions.ask(store, clock, by=there.person, organisation=here.id)
    wished = await erasure.wish(store, clock, KEEPING, by=here.person)
    assert wished.erase_at == clock() + timedelta(hours=48)
    clock.move(hours=5)
    assert await erasure.wish(store, clock, KEEPING, by=here.person) == wished, "not put off"
    assert not (await organisation(store, here)).published
    with pytest.raises(Refusal, match="refusal-leaving"):
        await profiles.publish(store, clock, wished)
    row = next(one for one in await rows(store) if one.recipient == here.person.id)
    notice = IntroductionEnded(asked.id)
    letter = await Renderer(store, clock).letter(Delivery(row.id, notice, here.person.id, 0))
    assert letter == Nothing("leaving")


async def test_taken_back_everything_is_as_before(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    await introductions.ask(store, clock, by=there.person, organisation=here.id)
    await erasure.wish(store, clock, KEEPING, by=here.person)
    async with store.transaction():
        claimed = await store.outbox.claim(
            owner="w", due=clock(), until=clock() + timedelta(seconds=9), limit=9
        )
        for one in claimed:
            await store.outbox.start(one.id, owner="w", until=clock() + timedelta(seconds=9))
            skipped = Outcome(DeliveryState.SKIPPED, "leaving")
            await store.outbox.settle(one.id, skipped, owner="w", at=clock())
    clock.move(hours=1)
    assert await erasure.keep(store, clock, by=here.person)
    assert not await erasure.keep(store, clock, by=here.person)
    assert (await now(store, here.person)).erase_at is None
    assert (await organisation(store, here)).published
    assert [(one.recipient, one.state) for one in await rows(store)] == [(here.person.id, "queued")]
    clock.move(days=9)
    assert await erasure.erase_due(store, clock) == 0


async def test_who_was_hidden_before_stays_hidden(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    await erasure.wish(store, clock, KEEPING, by=here.person)
    await erasure.keep(store, clock, by=here.person)
    await profiles.hide(store, await now(store, here.person))
    await erasure.wish(store, clock, KEEPING, by=here.person)
    assert not await erasure.keep(store, clock, by=here.person)
    assert not (await organisation(store, here)).published


async def test_what_is_the_organisations_stays_with_those_who_stay(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    colleague = await people.consent(store, clock, telegram_id=8, language="fr")
    async with store.transaction():
        await store.people.represent(colleague.id, here.id, since=clock())
    made = await introductions.ask(store, clock, by=here.person, organisation=there.id)
    await erasure.wish(store, clock, KEEPING, by=here.person)
    assert (await organisation(store, here)).published
    await erasure.erase(store, clock, here.person)
    kept = await store.introductions.by_id(made.id)
    assert kept is not None
    assert (kept.open, kept.asked_by) == (True, colleague.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_that_it_ended_is_said_without_a_name(store: Store, language: str) -> None:
    clock = SetClock()
    person = await people.consent(store, clock, telegram_id=9, language=language)
    letter = await Renderer(store, clock).letter(Delivery(1, IntroductionEnded(404), person.id, 0))
    assert isinstance(letter, Letter)
    assert faults_in(letter.message) == []
    assert says(language, "IntroductionEnded", read(str(letter.message.html)))
