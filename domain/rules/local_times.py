"""Times on a wall and moments in UTC: which moment a local time is, where clocks are changed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Local:
    """What a local time is. `moment` in UTC; `exists`: some clock there shows it (otherwise clocks
    go forward over it); `twice`: clocks show it twice, and it is the first."""

    moment: datetime
    exists: bool
    twice: bool


def local_moment(wall: datetime, zone: str) -> Local:
    """The moment at which clocks of the zone show this time (`wall` has no zone of its own). One
    that does not exist is counted by the offset before the gap, and one that comes twice is the
    first (RFC 5545, section 3.3.5)."""
    there = ZoneInfo(zone)
    first = wall.replace(tzinfo=there, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=there, fold=1).astimezone(UTC)
    exists = first.astimezone(there).replace(tzinfo=None, fold=0) == wall
    return Local(first, exists, exists and first != second)


def wall_time(moment: datetime, zone: str) -> datetime:
    """What a clock of the zone shows at a moment, without a zone of its own."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
