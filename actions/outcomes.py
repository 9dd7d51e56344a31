"""Verbs about outcomes: ask both sides how it went, tell, and note a partnership that both wish."""

from actions import telling
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.introductions import Introduction, IntroductionState, Patience
from domain.notices import OutcomeAsked, OutcomeAskedAgain, PartnershipAgreed
from domain.organisations import Organisation
from domain.outcomes import ANSWERS, YES, Question, SideOfOutcome
from domain.people import Person
from storage.store import Store


async def ask_due(store: Store, clock: Clock, patience: Patience) -> int:
    """Ask each side of what was introduced a while ago how it went, once; how many sides."""
    async with store.transaction():
        due = await store.outcomes.to_be_asked(clock() - patience.follow_up_after)
        for introduction, side in due:
            # Who has told of it unasked need not be asked.
            told = await store.outcomes.of(introduction.id, side)
            if told.met is None:
                await telling.tell(store, clock, OutcomeAsked(introduction.id), side)
            await store.outcomes.record_asked(introduction.id, side, at=clock())
        return len(due)


async def ask_again_due(store: Store, clock: Clock, patience: Patience) -> int:
    """Ask those who had not met yet once more; how many sides. A notice of one kind about one
    introduction reaches a person once, so that a second "not yet" is left at that."""
    async with store.transaction():
        due = await store.outcomes.to_be_asked_again(clock() - patience.follow_up_after)
        for one in due:
            await telling.tell(store, clock, OutcomeAskedAgain(one.introduction), one.organisation)
            await store.outcomes.record_asked(one.introduction, one.organisation, at=clock())
        return len(due)


async def tell(
    store: Store, clock: Clock, *, by: Person, introduction: int, question: Question, answer: str
) -> SideOfOutcome:
    """Store one side's answer, in place of an earlier one. Once both wish a partnership, both are
    told and it is noted for both; telling it again changes nothing."""
    async with store.transaction():
        found, own = await accepted(store, by, introduction)
        if answer not in ANSWERS[question]:
            raise NotYours
        before = await store.outcomes.of(introduction, own.id)
        if before.answer(question) != answer:
            await store.outcomes.change(
                introduction, own.id, changed_at=clock(), **{question.value: answer}
            )
        await _note_partnership(store, clock, found, by)
        return await store.outcomes.of(introduction, own.id)


async def accepted(
    store: Store, by: Person, introduction: int
) -> tuple[Introduction, Organisation]:
    """The introduction and the person's own side of it, where both have agreed to it."""
    found = await store.introductions.by_id(introduction)
    own = await store.organisations.of(by.id)
    if found is None or own is None or not found.concerns(own.id):
        raise NotYours
    if found.state is not IntroductionState.ACCEPTED:
        raise Refusal("refusal-not-introduced")
    return found, own


async def _note_partnership(
    store: Store, clock: Clock, introduction: Introduction, by: Person
) -> None:
    sides = (introduction.asking, introduction.asked)
    for side in sides:
        told = await store.outcomes.of(introduction.id, side)
        if told.partnership != YES or told.met != YES:
            return
    there = await store.organisations.several(sides)
    if len(there) < len(sides):
        return
    for side in sides:
        other = there[introduction.other(side)]
        new = await store.outcomes.add_partnership(
            side, partner=other.id, name=other.name or "", since=clock().year, at=clock()
        )
        if new:
            notice = PartnershipAgreed(introduction.id)
            await telling.tell(store, clock, notice, side, answering=by)
