"""When who has promised something is reminded of it, and until when one may promise."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.follow_ups import FURTHEST, MORNING, REMIND_DAYS


def next_reminder(due_on: date, zone: str, now: datetime) -> datetime | None:
    """The next morning there on which to remind, in UTC; None after the last."""
    mornings = (_morning(due_on - timedelta(days=days), zone) for days in REMIND_DAYS)
    return next((one for one in sorted(mornings) if one > now), None)


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(MORNING), ZoneInfo(zone)).astimezone(UTC)


def may_be_due(due_on: date, today: date) -> bool:
    """Whether something may be promised for that day."""
    return today <= due_on <= today + timedelta(days=FURTHEST)
