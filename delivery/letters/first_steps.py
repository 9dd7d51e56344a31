"""What helps two who have just been introduced to begin: first questions, and common hours."""

from datetime import date, datetime

from markupsafe import Markup

from delivery.cards import NEWLINE
from domain.languages import LANGUAGES
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.hours import common_hours, known_zone
from domain.rules.questions import FirstQuestion, first_questions, language_for_both
from locales import moments, names
from locales.speech import Speech, speech


def first_steps(
    say: Speech, reader: Person, own: Organisation, other: Organisation, at: datetime
) -> Markup:
    """Two first questions and the hours at which both work on the day of `at`; "" where there is
    nothing to say."""
    parts = (_questions(say, own, other), _hours(say, reader, own, other, at))
    return Markup("\n\n").join(part for part in parts if part)


def _questions(say: Speech, own: Organisation, other: Organisation) -> Markup | None:
    questions = first_questions(own, other)
    if not questions:
        return None
    language = language_for_both(own, other, reader=say.language, spoken=LANGUAGES)
    lines = [
        say("first-questions", language=say.language_name(language)),
        *(say("first-question", question=_worded(language, one)) for one in questions),
    ]
    return NEWLINE.join(lines)


def _worded(language: str, one: FirstQuestion) -> str:
    key = f"first-question-{one.kind.value}-{one.number}"
    return speech(language).plain(key, topic=names.topic(language, one.topic))


def _hours(
    say: Speech, reader: Person, own: Organisation, other: Organisation, at: datetime
) -> Markup | None:
    here = own.place.timezone if own.place else None
    there = other.place.timezone if other.place else None
    zone = reader.zone if known_zone(reader.zone) else here
    local = known_zone(zone)
    if here is None or there is None or zone is None or local is None:
        return None
    if not known_zone(here) or not known_zone(there):
        return None
    day: date = at.astimezone(local).date()
    span = common_hours(day, here, there)
    theirs = _place(say, other, there)
    if span is None:
        return say("hours-none", there=theirs)
    times: dict[str, object] = {
        "start": moments.clock_time(say, span.start, zone),
        "end": moments.clock_time(say, span.end, zone),
        "start_there": moments.clock_time(say, span.start, there),
        "end_there": moments.clock_time(say, span.end, there),
    }
    yours = _place(say, own, here) if zone == here else moments.zone_city(say, zone)
    return say("hours", None, here=yours, there=theirs, **times)


def _place(say: Speech, one: Organisation, zone: str) -> str:
    return one.place.name if one.place else moments.zone_city(say, zone)
