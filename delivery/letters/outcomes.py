"""Letters about outcomes, and the questions in them."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.letters.introductions import sides_of
from delivery.message import Message, Nothing
from delivery.presses_of_partners import TellOutcome
from domain.introductions import IntroductionState
from domain.notices import AboutOutcome, OutcomeAsked, PartnershipAgreed
from domain.outcomes import ANSWERS, NOT_YET, Question
from domain.people import Person
from locales import names
from locales.speech import Speech, speech
from storage.store import Store


async def about_outcome(store: Store, person: Person, notice: AboutOutcome) -> Message | Nothing:
    """How did it go, or: both wish a partnership; if there is still something to say."""
    sides = await sides_of(store, notice.introduction, person)
    if sides is None:
        return Nothing("gone")
    if sides.introduction.state is not IntroductionState.ACCEPTED:
        return Nothing("no-longer-true")
    say = speech(person.language)
    name = names.organisation(say, sides.other)
    if isinstance(notice, PartnershipAgreed):
        return Message(say(notice.kind, name=name))
    told = await store.outcomes.of(notice.introduction, sides.own.id)
    open_still = None if isinstance(notice, OutcomeAsked) else NOT_YET
    if told.met != open_still:
        return Nothing("told-already")
    return question_message(say, notice.introduction, Question.MET, say(notice.kind, name=name))


def question_message(
    say: Speech, introduction: int, question: Question, above: Markup | None = None
) -> Message:
    """One of the questions with its answers; `above` it stands what led to it."""
    asked = say(f"outcome-{question.value}")
    answers = tuple(
        button(
            say,
            f"outcome-{question.value}-{one}",
            TellOutcome(introduction, question.value, one),
        )
        for one in ANSWERS[question]
    )
    text = Markup("\n\n").join(part for part in (above, asked) if part)
    return Message(text, tuple((one,) for one in answers))
