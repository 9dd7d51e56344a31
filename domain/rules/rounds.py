"""When rounds are held, who sits in them, and in which language a group begins."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.languages import LANGUAGES
from domain.organisations import Organisation
from domain.round_programmes import (
    EVERY,
    MOST_TIMES,
    WRAP_UP,
    Met,
    Numbers,
    Part,
    Plan,
    Programme,
    Seat,
    WhyNot,
)
from domain.rounds import SIZES
from domain.rules.hours import Span, common_hours, known_zone

MORNING = time(9)
"""When a round begins, by the clocks of the exchange."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done with a programme: hold a round (from, to), and what comes next."""

    begins_at: datetime | None
    ends_at: datetime | None
    next_at: datetime | None


def morning_of(day: date, zone: str) -> datetime:
    """When a round of that day begins, in UTC."""
    return datetime.combine(day, MORNING, known_zone(zone) or UTC).astimezone(UTC)


def day_of(moment: datetime, zone: str) -> date:
    """Which day it is then, by the clocks of the exchange."""
    return moment.astimezone(known_zone(zone) or UTC).date()


def last_day(first_on: date, every_days: int, times: int) -> date:
    """The day of the last of so many rounds."""
    return first_on + timedelta(days=every_days * (times - 1))


def times_of(plan: Plan) -> int:
    """How many rounds a plan has."""
    return (plan.until - plan.first_on).days // plan.every_days + 1


def is_possible(plan: Plan, today: date) -> bool:
    """Whether rounds can be held so: of a size and distance that there is, from today on, and an
    end that comes."""
    return (
        plan.size in SIZES
        and plan.every_days in EVERY
        and today <= plan.first_on <= plan.until
        and times_of(plan) <= MOST_TIMES
    )


def what_is_due(programme: Programme, zone: str, now: datetime) -> Due | None:
    """What is due by now; None while nothing is. A round that is more than half over before it
    could begin is left out, so that nobody is asked how it went on the day of its opening."""
    if not programme.running or programme.paused or programme.next_at is None:
        return None
    if now < programme.next_at:
        return None
    begins, following = programme.next_at, _following(programme, programme.next_at, zone)
    while following is not None and following <= now:
        begins, following = following, _following(programme, following, zone)
    over = _after(begins, programme.every_days, zone)
    if now - begins > (over - begins) / 2:
        return Due(None, None, following)
    return Due(begins, over - WRAP_UP, following)


def next_after_pause(programme: Programme, zone: str, now: datetime) -> datetime | None:
    """When the next round begins once a pause is over: none that was due meanwhile is made up."""
    following = programme.next_at
    while following is not None and following <= now:
        following = _following(programme, following, zone)
    return following


def _after(moment: datetime, days: int, zone: str) -> datetime:
    """The same hour so many days later, also where clocks change in between."""
    return morning_of(day_of(moment, zone) + timedelta(days=days), zone)


def _following(programme: Programme, moment: datetime, zone: str) -> datetime | None:
    later = _after(moment, programme.every_days, zone)
    return later if day_of(later, zone) <= programme.until else None


def half_time(begins_at: datetime, ends_at: datetime) -> datetime:
    """When a group is asked whether it has met."""
    return begins_at + (ends_at - begins_at) / 2


def why_not(part: Part | None, on: date) -> WhyNot | None:
    """Why a member does not take part in a round of that day; None where they do."""
    if part is None:
        return WhyNot.NOT_ANSWERED
    if not part.takes_part:
        return WhyNot.DECLINED
    if part.paused_until is not None and on < part.paused_until:
        return WhyNot.PAUSED
    return None


def opening_language(members: Sequence[Collection[str] | None], reader: str) -> str | None:
    """A language of ours that all speak who have stated theirs, two at least: the reader's if it is
    one. None where there is none: then each begins in their own."""
    stated = [frozenset(one) for one in members if one]
    if len(stated) < 2:
        return None
    common = frozenset.intersection(*stated)
    return next((one for one in (reader, *LANGUAGES) if one in common and one in LANGUAGES), None)


def hours_of_all(day: date, zones: Iterable[str | None]) -> Span | None:
    """When everybody is at work whose zone is known, two at least; None where never, or unknown."""
    known = [one for one in zones if known_zone(one) and one]
    if len(known) < 2:
        return None
    spans = [common_hours(day, known[0], other) for other in known[1:]]
    if any(one is None for one in spans):
        return None
    start = max(one.start for one in spans if one)
    end = min(one.end for one in spans if one)
    return Span(start, end) if start < end else None


def spoken_by(organisation: Organisation, language: str | None) -> frozenset[str] | None:
    """What a member speaks: what their organisation has stated, and the language in which they
    read what we say. None where the organisation has stated nothing: it may be more."""
    if not organisation.languages:
        return None
    return organisation.languages | ({language} if language else frozenset())


def numbers_of(seats: Iterable[Seat]) -> Numbers:
    """What became of everybody in a round. A group has met where one of it says so."""
    every = tuple(seats)
    placed = [one for one in every if one.group is not None]
    groups = {one.group for one in placed}
    met = {one.group for one in placed if one.met is Met.YES}
    answered = {one.group for one in placed if one.met is not None}
    return Numbers(
        placed=len(placed),
        without=dict(Counter(one.why for one in every if one.why is not None)),
        met=len(met),
        not_met=len(answered - met),
        unanswered=len(groups - answered),
        helped=sum(one.helped is True for one in placed),
        groups=len(groups),
    )
