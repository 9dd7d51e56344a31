"""Feedback: who may give it and how often, who reads, answers and settles it, and what is told."""

import pytest

from actions import concerns, erasure, people
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.concerns import LONGEST_WORDS, MOST_A_DAY
from domain.errors import NotYours, Refusal
from domain.languages import LANGUAGES
from domain.notices import ConcernAnswered, FeedbackGiven
from domain.outbox import Delivery
from domain.people import Person
from domain.roles import Role
from locales.speech import without_tags
from storage.store import Store
from tests.support.chat import read, says
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock, somebody

NASTY = "<b>&" * (LONGEST_WORDS // 4)


async def holding(store: Store, clock: SetClock, role: Role) -> Person:
    person = await somebody(store, clock)
    async with store.transaction():
        await store.roles.grant(person.id, role, by=None, at=clock())
    return person


async def give(store: Store, clock: SetClock, by: Person, words: str) -> concerns.Passed:
    return await concerns.give_feedback(store, clock, by=by, words=words)


async def test_feedback_is_kept_once_and_told(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    person = await somebody(store, clock)
    first = await give(store, clock, person, " More\n trees, \u202eplease ")
    assert first == await give(store, clock, person, "More trees, please")
    assert first.somebody_reads
    assert first.concern.words == "More trees, please"
    assert [(row.kind, row.recipient) for row in await rows(store)] == [
        ("FeedbackGiven", reader.id)
    ]


async def test_without_coordinators_administrators_read_and_else_nobody_yet(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    assert not (await give(store, clock, person, "one")).somebody_reads
    administrator = await holding(store, clock, Role.ADMINISTRATOR)
    assert (await give(store, clock, person, "two")).somebody_reads
    page = await concerns.read(store, by=administrator, page=0, most=5)
    assert [one.words for one in page.concerns] == ["one", "two"]


async def test_so_often_a_day_and_no_more(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    for number in range(MOST_A_DAY):
        await give(store, clock, person, f"number {number}")
    with pytest.raises(Refusal, match="refusal-feedback-a-day"):
        await give(store, clock, person, "one too many")
    await give(store, clock, person, "number 0")
    await give(store, clock, await somebody(store, clock), "somebody else")
    clock.now += concerns.DAY
    await give(store, clock, person, "the day after")


async def test_nobody_without_the_role_reads_answers_or_settles(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    given = (await give(store, clock, person, "secret")).concern
    for by in (person, await somebody(store, clock)):
        with pytest.raises(NotYours):
            await concerns.read(store, by=by, page=0, most=5)
        with pytest.raises(NotYours):
            await concerns.one(store, by=by, concern=given.id)
        with pytest.raises(NotYours):
            await concerns.answer(store, clock, by=by, concern=given.id, words="no")
        with pytest.raises(NotYours):
            await concerns.settle(store, clock, by=by, concern=given.id)


async def test_pages_hold_what_is_open_longest_first(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    given = []
    for number in range(4):
        person = await somebody(store, clock)
        given.append((await give(store, clock, person, f"number {number}")).concern)
    await concerns.settle(store, clock, by=reader, concern=given[0].id)
    first = await concerns.read(store, by=reader, page=-7, most=2)
    assert ([one.id for one in first.concerns], first.number, first.last, first.total) == (
        [given[1].id, given[2].id], 0, 1, 3,
    )  # fmt: skip
    last = await concerns.read(store, by=reader, page=99, most=2)
    assert ([one.id for one in last.concerns], last.number) == ([given[3].id], 1)


async def test_an_answer_and_settling_happen_once(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    person = await somebody(store, clock)
    given = (await give(store, clock, person, "a question")).concern
    answers = [
        await concerns.answer(store, clock, by=reader, concern=given.id, words="an answer")
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    told = [(row.kind, row.recipient) for row in await rows(store) if row.recipient == person.id]
    assert told == [("ConcernAnswered", person.id)]
    settled = await concerns.settle(store, clock, by=reader, concern=given.id)
    clock.now += concerns.DAY
    assert await concerns.settle(store, clock, by=reader, concern=given.id) == settled
    with pytest.raises(Refusal, match="refusal-concern-gone"):
        await concerns.one(store, by=reader, concern=answers[0].id)
    with pytest.raises(Refusal, match="refusal-concern-gone"):
        await concerns.settle(store, clock, by=reader, concern=2**40)


async def test_whoever_is_erased_cannot_be_answered(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    person = await somebody(store, clock)
    given = (await give(store, clock, person, "a question")).concern
    await erasure.erase(store, clock, person)
    with pytest.raises(Refusal, match="refusal-concern-nobody"):
        await concerns.answer(store, clock, by=reader, concern=given.id, words="an answer")


async def test_letters_in_every_language(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    person = await somebody(store, clock)
    given = (await give(store, clock, person, NASTY)).concern
    answer = await concerns.answer(store, clock, by=reader, concern=given.id, words=NASTY[4:])
    render = Renderer(store, clock).letter
    for language in LANGUAGES:
        for to, notice in ((reader, FeedbackGiven(given.id)), (person, ConcernAnswered(answer.id))):
            await people.speak(store, to, language=language)
            letter = await render(Delivery(1, notice, to.id, 0))
            assert isinstance(letter, Letter)
            assert faults_in(letter.message) == [], language
            text = read(without_tags(str(letter.message.html)))
            assert says(language, notice.kind, text), language
            assert NASTY[4:] in text
    assert reader.name is None or reader.name not in text, "the answer names no coordinator"


async def test_letters_that_have_nothing_to_say_any_more(store: Store) -> None:
    clock = SetClock()
    reader = await holding(store, clock, Role.COORDINATOR)
    person = await somebody(store, clock)
    given = (await give(store, clock, person, "a question")).concern
    answer = await concerns.answer(store, clock, by=reader, concern=given.id, words="an answer")
    render = Renderer(store, clock).letter
    told = Delivery(1, FeedbackGiven(given.id), person.id, 0)
    assert await render(told) == Nothing("no-coordinator")
    foreign = Delivery(1, ConcernAnswered(answer.id), reader.id, 0)
    assert await render(foreign) == Nothing("no-longer-true")
    await concerns.settle(store, clock, by=reader, concern=given.id)
    late = Delivery(1, FeedbackGiven(given.id), reader.id, 0)
    assert await render(late) == Nothing("no-longer-true")
