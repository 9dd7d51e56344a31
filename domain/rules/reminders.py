"""When members are reminded of a session, of which distance, and in how long it begins."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.exchanges import DAY, HOUR
from domain.rules.hours import known_zone
from domain.sessions import Reminder, Session

CHOICES = (14 * DAY, 7 * DAY, 2 * DAY, DAY, 3 * HOUR, HOUR, 15)
"""The distances that are offered, in minutes before a session."""

IN_TIME_ONLY = HOUR
"""A reminder of no more minutes than this is of no use later: quiet hours do not hold it."""

LATENESS = 5
"""Minutes by which a reminder may be late and still says the hours that were meant."""


class Unsaid(StrEnum):
    """Why a reminder is not said; its name stands in the record."""

    TOO_LATE = "too-late"
    """The session has begun."""
    OVERTAKEN = "overtaken"
    """A nearer one of the same session is due as well."""


def due_at(session: Session, minutes: int) -> datetime:
    """When to remind so long before. Whole days are days of the session's own calendar: seven days
    before 10:00 it is 10:00 there, also when the clocks have changed in between. Hours and minutes
    are as long as they are."""
    zone = known_zone(session.zone)
    if zone is None or minutes % DAY:
        return session.starts_at - timedelta(minutes=minutes)
    local = session.starts_at.astimezone(zone)
    return (local - timedelta(days=minutes // DAY)).astimezone(UTC)


def moments(session: Session, minutes: Iterable[int]) -> dict[int, datetime]:
    """When members are to be reminded, by minutes before; none where they do not know of the
    session, or it does not take place."""
    if session.cancelled or not session.announced:
        return {}
    return {one: due_at(session, one) for one in sorted(set(minutes))}


def nearest(distances: Collection[int], due: Iterable[int]) -> int | None:
    """Of several distances that are due together, the one of which somebody is reminded who has
    chosen these; None where they have chosen none of them."""
    return min((one for one in due if one in distances), default=None)


def unsaid(session: Session, minutes: int, due: Iterable[int], now: datetime) -> Unsaid | None:
    """Why a reminder that is due with others of its session is not said; None where it is said.
    What is overtaken is still said to whoever has not chosen the nearer one."""
    if session.cancelled or now >= session.starts_at:
        return Unsaid.TOO_LATE
    return Unsaid.OVERTAKEN if min(due) < minutes else None


def is_overtaken(
    minutes: int, distances: Collection[int], rows: Iterable[Reminder], now: datetime
) -> bool:
    """Whether somebody is reminded by a nearer row of the same session by now."""
    return any(
        one.minutes < minutes and one.minutes in distances and one.due_at <= now for one in rows
    )


def may_choose(wanted: Iterable[int], had: Collection[int]) -> bool:
    """Whether these distances can be chosen: those that are offered, and what there was before."""
    return all(one in CHOICES or one in had for one in wanted)


def with_distance(distances: Iterable[int], minutes: int, *, wished: bool) -> tuple[int, ...]:
    """The distances with one more, or one less; longest first."""
    others = set(distances) - {minutes}
    return tuple(sorted(others | {minutes} if wished else others, reverse=True))


class Unit(StrEnum):
    """In which words it is said how long something is."""

    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Span:
    """How long it is: so many of a unit."""

    number: int
    unit: Unit


def distance(minutes: int) -> Span:
    """A distance in its largest whole unit."""
    if minutes % DAY == 0:
        return Span(minutes // DAY, Unit.DAYS)
    if minutes % HOUR == 0:
        return Span(minutes // HOUR, Unit.HOURS)
    return Span(minutes, Unit.MINUTES)


def time_left(starts_at: datetime, now: datetime, zone: str) -> Span:
    """In how long it begins, as somebody in this zone would say: days by their calendar (one day
    is tomorrow), hours where it is the same day or the same night, minutes under two hours."""
    minutes = max(1, round((starts_at - now).total_seconds() / 60))
    if HOUR - LATENESS < minutes <= HOUR:
        return Span(1, Unit.HOURS)
    if minutes < 2 * HOUR:
        return Span(minutes, Unit.MINUTES)
    there = ZoneInfo(zone)
    days = (starts_at.astimezone(there).date() - now.astimezone(there).date()).days
    if days == 0 or minutes < 6 * HOUR:
        return Span((minutes + LATENESS) // HOUR, Unit.HOURS)
    return Span(days, Unit.DAYS)
