"""VTIMEZONE: how the clocks of a zone go in the years of some sessions.

Written by ourselves, out of zoneinfo: what icalendar 7.3 makes of a zone leaves years out where
clocks are changed by the moon, as in Morocco for Ramadan (2024, 2027, 2032), and a program that
goes by it is an hour wrong then.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from domain.sessions import Session

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)


def zones_of(several: Sequence[Session]) -> list[Timezone]:
    """A VTIMEZONE for each zone in which these sessions are."""
    zones: dict[str, list[datetime]] = {}
    for one in several:
        zones.setdefault(one.zone, []).extend((one.starts_at, one.ends_at))
    return [_zone(name, min(moments), max(moments)) for name, moments in sorted(zones.items())]


def _zone(name: str, first: datetime, last: datetime) -> Timezone:
    """From the beginning of the first year to the end of the last."""
    there = ZoneInfo(name)
    begins = datetime(first.year - 1, 12, 31, tzinfo=UTC)
    ends = datetime(last.year + 1, 1, 2, tzinfo=UTC)
    zone = Timezone()
    zone.add("TZID", name)
    zone.add_component(_observance(there, begins, before=begins))
    for change in _changes(there, begins, ends):
        zone.add_component(_observance(there, change, before=change - _SECOND))
    return zone


def _observance(
    there: ZoneInfo, at: datetime, *, before: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """How clocks go from a moment on, which is written as they showed it before."""
    now = at.astimezone(there)
    made = TimezoneDaylight() if now.dst() else TimezoneStandard()
    earlier = before.astimezone(there).utcoffset() or timedelta(0)
    made.add("DTSTART", (at + earlier).replace(tzinfo=None))
    made.add("TZOFFSETFROM", earlier)
    made.add("TZOFFSETTO", now.utcoffset())
    made.add("TZNAME", now.tzname())
    return made


def _changes(there: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Each moment at which clocks are changed, to the second."""
    day = begins
    while day < ends:
        if _offset(there, day) != _offset(there, day + _DAY):
            yield _within(there, day, day + _DAY)
        day += _DAY


def _within(there: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(there, middle) == _offset(there, before):
            before = middle
        else:
            after = middle
    return after


def _offset(there: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(there).utcoffset()
