"""Letters about introductions."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from delivery import cards
from delivery.buttons import Accept, Decline, FindPartners, button
from delivery.letters.first_steps import first_steps
from delivery.message import Message, Nothing
from delivery.presses_of_partners import AskReport
from domain.introductions import Introduction, IntroductionState
from domain.notices import (
    AboutIntroduction,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionEnded,
    IntroductionExpired,
    IntroductionReminder,
    IntroductionWithdrawn,
)
from domain.organisations import Organisation
from domain.people import Person
from domain.reports import AboutWhat
from locales.speech import Speech, speech
from storage.store import Store

_NOTHING = Markup("")

_STILL_TRUE_IN: dict[type[AboutIntroduction], IntroductionState] = {
    IntroductionAsked: IntroductionState.ASKED,
    IntroductionReminder: IntroductionState.ASKED,
    IntroductionAccepted: IntroductionState.ACCEPTED,
    IntroductionDeclined: IntroductionState.DECLINED,
    IntroductionWithdrawn: IntroductionState.WITHDRAWN,
    IntroductionExpired: IntroductionState.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Sides:
    """An introduction as one of its two sides sees it."""

    introduction: Introduction
    own: Organisation
    other: Organisation


async def about_introduction(
    store: Store, person: Person, notice: AboutIntroduction
) -> Message | Nothing:
    """What to say to one side of an introduction, if it is still true."""
    sides = await sides_of(store, notice.introduction, person)
    if sides is None:
        return Nothing("gone")
    if sides.introduction.state is not _STILL_TRUE_IN[type(notice)]:
        return Nothing("no-longer-true")
    say = speech(person.language)
    if isinstance(notice, (IntroductionAsked, IntroductionReminder)):
        return asked_message(say, notice.kind, sides)
    if isinstance(notice, IntroductionAccepted):
        return await accepted_letter(store, person, sides, sides.introduction.settled_at)
    if isinstance(notice, IntroductionWithdrawn):
        return Message(say(notice.kind))
    again = ((button(say, "button-partners", FindPartners()),),)
    return Message(say(notice.kind, name=sides.other.name or ""), again)


async def introduction_ended(_: Store, person: Person, notice: IntroductionEnded) -> Message:
    """It is over. Nothing is left of it that could be looked up, and nobody is named."""
    say = speech(person.language)
    again = ((button(say, "button-partners", FindPartners()),),)
    return Message(say(notice.kind), again)


async def sides_of(store: Store, introduction: int, person: Person) -> Sides | None:
    """An introduction as this person's side sees it; None for anybody else."""
    found = await store.introductions.by_id(introduction)
    own = await store.organisations.of(person.id)
    if found is None or own is None or not found.concerns(own.id):
        return None
    other = await store.organisations.by_id(found.other(own.id))
    return Sides(found, own, other) if other else None


async def people_of(store: Store, sides: Sides) -> tuple[Person, ...]:
    """Who of the other side took part, the one who asked or the one who agreed, as long as they
    speak for it; else those who do now."""
    introduction = sides.introduction
    asked_by_them = introduction.asking == sides.other.id
    person = introduction.asked_by if asked_by_them else introduction.settled_by
    speaking = await store.people.representing(sides.other.id)
    return tuple(one for one in speaking if one.id == person) or speaking


def asked_message(say: Speech, kind: str, sides: Sides) -> Message:
    """Somebody would like to meet you: an anonymous card, and the two answers."""
    card = cards.anonymous_card(say, sides.own, sides.other)
    introduction = sides.introduction.id
    return Message(
        say(kind, card=card),
        (
            (button(say, "button-accept", Accept(introduction)),),
            (button(say, "button-decline", Decline(introduction)),),
        ),
    )


async def accepted_letter(
    store: Store, person: Person, sides: Sides, at: datetime | None
) -> Message:
    """Both have agreed: the other side by name, whom to write to as far as they share it now, and
    how to begin; `at` is a moment of the day of which the common hours are told."""
    say = speech(person.language)
    people = await people_of(store, sides)
    begin = first_steps(say, person, sides.own, sides.other, at) if at else Markup("")
    return accepted_message(say, sides, people, begin)


def accepted_message(
    say: Speech, sides: Sides, people: tuple[Person, ...], begin: Markup = _NOTHING
) -> Message:
    """The other side's contact card, and below it how to begin."""
    text = say("IntroductionAccepted", card=cards.contact_card(say, sides.other, people))
    report = tuple(
        (button(say, "button-report-person", AskReport(AboutWhat.PERSON.value, one.id, "")),)
        for one in people[:1]
    )
    return Message(Markup("\n\n").join(part for part in (text, begin) if part), report)
