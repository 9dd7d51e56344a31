"""Letters about concerns: feedback to coordinators, their answers to whoever told it."""

from delivery.buttons import button
from delivery.letters.reports import about_what, person_named
from delivery.message import Keyboard, Message, Nothing
from delivery.presses_of_concerns import AnswerConcern, GiveFeedback, SettleConcern
from delivery.presses_of_hiding import hide_or_show
from domain.concerns import Concern, ConcernKind
from domain.notices import ConcernAnswered, FeedbackGiven
from domain.people import Person
from domain.reports import AboutWhat, Report
from domain.rules.permissions import Verb, may
from locales.speech import Speech, speech
from storage.store import Store

QUOTED = 100
"""So many characters of what somebody wrote stand above the answer to it."""


async def feedback_given(store: Store, person: Person, notice: FeedbackGiven) -> Message | Nothing:
    """Who has told what; only to those who may read it now."""
    found = await store.concerns.by_id(notice.concern)
    if found is None or found.settled:
        return Nothing("no-longer-true")
    if not may(Verb.READ_CONCERNS, await store.roles.of(person.id)):
        return Nothing("no-coordinator")
    say = speech(person.language)
    return await concern_card(store, say, found)


async def concern_answered(
    store: Store, person: Person, notice: ConcernAnswered
) -> Message | Nothing:
    """What was asked, and the answer; it names no coordinator."""
    answer = await store.concerns.by_id(notice.answer)
    asked = await store.concerns.by_id(answer.answers) if answer else None
    if answer is None or asked is None or asked.by != person.id:
        return Nothing("no-longer-true")
    say = speech(person.language)
    text = say(notice.kind, asked=_asked(say, asked), answer=answer.words or "")
    return Message(text, ((button(say, "button-feedback", GiveFeedback()),),))


async def concern_card(store: Store, say: Speech, concern: Concern) -> Message:
    """A concern as a coordinator reads it, with what can be done about it."""
    if concern.kind is ConcernKind.REPORT:
        text = say(
            "ReportMade",
            about=await _reported(store, say, concern),
            by=await person_named(store, say, concern.by),
            cause=kind_of(say, concern),
            words=concern.words or say.plain("report-no-words"),
        )
    else:
        by = await person_named(store, say, concern.by)
        text = say("FeedbackGiven", by=by, words=concern.words or "")
    return Message(text, (*_to_do(say, concern), *await _hiding(store, say, concern)))


async def _hiding(store: Store, say: Speech, concern: Concern) -> Keyboard:
    """Hide the organisation that is reported, or show it again."""
    about, _, subject = (concern.about or "").partition(":")
    if concern.kind is not ConcernKind.REPORT or about != AboutWhat.ORGANISATION:
        return ()
    one = await store.organisations.by_id(int(subject))
    return ((hide_or_show(say, one, concern.id),),) if one and one.name else ()


def kind_of(say: Speech, concern: Concern) -> str:
    """What it is, in a word or two: feedback, or why somebody was reported."""
    if concern.cause is not None:
        return say.plain(f"report-cause-{concern.cause.value}")
    return say.plain("concern-feedback")


def _asked(say: Speech, concern: Concern) -> str:
    words = concern.words or kind_of(say, concern)
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"


async def _reported(store: Store, say: Speech, concern: Concern) -> str:
    about, _, subject = (concern.about or "").partition(":")
    cause = concern.cause
    if cause is None or about not in set(AboutWhat):
        return say.plain("report-nobody")
    report = Report(concern.id, cause, AboutWhat(about), int(subject), concern.by, concern.at)
    return await about_what(store, say, report)


def _to_do(say: Speech, concern: Concern) -> Keyboard:
    answer = (button(say, "button-answer-concern", AnswerConcern(concern.id)),)
    settle = (button(say, "button-settle-concern", SettleConcern(concern.id)),)
    return (
        *([answer] if concern.by is not None else []),
        *([settle] if not concern.settled else []),
    )
