"""Verbs about concerns: give feedback; read, answer and settle what people tell."""

from dataclasses import dataclass
from datetime import timedelta

from actions import roles
from domain.clock import Clock
from domain.concerns import LONGEST_WORDS, MOST_A_DAY, Concern, ConcernKind
from domain.errors import Refusal
from domain.notices import ConcernAnswered, FeedbackGiven
from domain.people import Person
from domain.rules.permissions import Verb
from domain.rules.plain_text import cleaned
from storage.store import Store

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passed:
    """Feedback that was kept, and whether there is anybody yet who reads it."""

    concern: Concern
    somebody_reads: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Open concerns, longest first: one page, its number counted from 0, and how many there are."""

    concerns: tuple[Concern, ...]
    number: int
    last: int
    total: int


async def give_feedback(store: Store, clock: Clock, *, by: Person, words: str) -> Passed:
    """Tell the coordinators something. The same once more, while nobody has settled it, is the
    feedback that there is. Raises a refusal after MOST_A_DAY."""
    said = cleaned(words)[:LONGEST_WORDS]
    async with store.transaction():
        readers = await roles.concerned(store, Verb.READ_CONCERNS)
        there = await store.concerns.open_of(by.id, said)
        if there is not None:
            return Passed(there, bool(readers))
        if await store.concerns.number_by(by.id, since=clock() - DAY) >= MOST_A_DAY:
            raise Refusal("refusal-feedback-a-day", limit=MOST_A_DAY)
        made = await store.concerns.add_feedback(said, by=by.id, at=clock())
        await store.outbox.add(FeedbackGiven(made.id), [one.id for one in readers], at=clock())
        return Passed(made, bool(readers))


async def read(store: Store, *, by: Person, page: int, most: int) -> Page:
    """A page of `most` concerns that are open; the last one where there is no such page."""
    await roles.require(store, by, Verb.READ_CONCERNS)
    total = await store.concerns.number_open()
    last = max(0, total - 1) // most
    number = min(max(page, 0), last)
    return Page(await store.concerns.open(first=number * most, most=most), number, last, total)


async def one(store: Store, *, by: Person, concern: int) -> Concern:
    """One of them, settled or not; raises a refusal where there is none."""
    await roles.require(store, by, Verb.READ_CONCERNS)
    return await _there(store, concern)


async def answer(store: Store, clock: Clock, *, by: Person, concern: int, words: str) -> Concern:
    """Answer whoever told it, in the coordinators' name. The same words once more are the answer
    that there is."""
    said = cleaned(words)[:LONGEST_WORDS]
    async with store.transaction():
        await roles.require(store, by, Verb.SETTLE_CONCERNS)
        asked = await _there(store, concern)
        if asked.by is None:
            raise Refusal("refusal-concern-nobody")
        there = await store.concerns.answer_to(concern, said)
        if there is not None:
            return there
        made = await store.concerns.add_answer(concern, said, by=by.id, at=clock())
        await store.roles.record("answer-concern", f"concern:{concern}", by=by.id, at=clock())
        await store.outbox.add(ConcernAnswered(made.id), [asked.by], at=clock())
        return made


async def settle(store: Store, clock: Clock, *, by: Person, concern: int) -> Concern:
    """Mark it as dealt with. Settling twice changes nothing."""
    async with store.transaction():
        await roles.require(store, by, Verb.SETTLE_CONCERNS)
        await _there(store, concern)
        if await store.concerns.settle(concern, by=by.id, at=clock()):
            await store.roles.record(
                Verb.SETTLE_CONCERNS, f"concern:{concern}", by=by.id, at=clock()
            )
        return await _there(store, concern)


async def _there(store: Store, concern: int) -> Concern:
    found = await store.concerns.by_id(concern)
    if found is None or found.kind is ConcernKind.ANSWER:
        raise Refusal("refusal-concern-gone")
    return found
