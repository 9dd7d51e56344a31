"""When two places are both at work."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

BEGIN, END = time(9), time(17)
"""Working hours, taken to be the same everywhere."""
WORKING_DAY = timedelta(hours=END.hour - BEGIN.hour)


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, both in UTC."""

    start: datetime
    end: datetime


def common_hours(day: date, here: str, there: str) -> Span | None:
    """When both are at work on a day that is `day` here; None when never.

    `here` and `there` are IANA names. There it may be the day before or after, across the date
    line. Working hours last eight hours and nights sixteen, so there is never more than one span.
    """
    own = _working(day, here)
    for shift in (-1, 0, 1):
        other = _working(day + timedelta(days=shift), there)
        start, end = max(own.start, other.start), min(own.end, other.end)
        if start < end:
            return Span(start, end)
    return None


def share_in_common(day: date, here: str | None, there: str | None) -> float | None:
    """The share of the working day that both zones have in common, 0 to 1; None where one of them
    is not known."""
    if here is None or there is None or not (known_zone(here) and known_zone(there)):
        return None
    span = common_hours(day, here, there)
    return (span.end - span.start) / WORKING_DAY if span else 0.0


def known_zone(zone: str | None) -> ZoneInfo | None:
    """The zone of an IANA name; None where there is no such zone here."""
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _working(day: date, zone: str) -> Span:
    local = ZoneInfo(zone)
    return Span(*(datetime.combine(day, at, local).astimezone(UTC) for at in (BEGIN, END)))
