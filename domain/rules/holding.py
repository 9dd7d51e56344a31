"""When somebody would rather not be told anything unasked: quiet hours, and a pause."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.people import Person, QuietHours
from domain.rules.hours import known_zone

WHERE_UNKNOWN = "UTC"
"""The zone of somebody who has told neither a zone nor a place."""

_STEPS = 8


class Why(StrEnum):
    """Why a notice waits; its name stands in the outbox as the reason."""

    PAUSED = "paused"
    QUIET = "quiet-hours"


@dataclass(frozen=True, slots=True)
class Hold:
    """A notice waits until a moment, in UTC."""

    until: datetime
    why: Why


def zone_of(person: Person, place_zone: str | None, otherwise: str = WHERE_UNKNOWN) -> str:
    """The zone that counts: the person's own, else that of their organisation's place, else
    another one."""
    own = next((one for one in (person.zone, place_zone) if known_zone(one)), None)
    return own or otherwise


def hold(person: Person, zone: str, now: datetime, *, keeps_its_time: bool = False) -> Hold | None:
    """Until when the person is not to be told anything unasked; None where they may be told now.

    Where a pause ends within quiet hours (or the other way round) it is held until both are over.
    What `keeps_its_time` is held by a pause alone.
    """
    if keeps_its_time:
        person = replace(person, quiet=None)
    first = _next(person, zone, now)
    if first is None:
        return None
    until = first.until
    for _ in range(_STEPS):
        following = _next(person, zone, until)
        if following is None:
            break
        until = following.until
    return Hold(until, first.why)


def _next(person: Person, zone: str, now: datetime) -> Hold | None:
    if person.paused_until is not None and person.paused_until > now:
        return Hold(person.paused_until, Why.PAUSED)
    if person.quiet is not None and is_quiet(person.quiet, zone, now):
        return Hold(_end(person.quiet, zone, now), Why.QUIET)
    return None


def is_quiet(hours: QuietHours, zone: str, now: datetime) -> bool:
    """Whether a clock on the wall there shows a time within the hours."""
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    if hours.start <= hours.end:
        return hours.start <= minute < hours.end
    return minute >= hours.start or minute < hours.end


def _end(hours: QuietHours, zone: str, now: datetime) -> datetime:
    """When a clock on the wall next shows the end: an hour that comes twice may end them twice."""
    there = ZoneInfo(zone)
    today = now.astimezone(there).date()
    at = time(hours.end // 60 % 24, hours.end % 60)
    ends = (
        datetime.combine(today + timedelta(days=days), at, there).replace(fold=fold).astimezone(UTC)
        for days in (0, 1, 2)
        for fold in (0, 1)
    )
    return next(end for end in sorted(ends) if end > now)
