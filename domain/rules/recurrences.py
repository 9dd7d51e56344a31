"""Rules by which a session comes again, as RFC 5545 writes them (RRULE)."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.planning import Repeat

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rule_of(
    repeat: Repeat, first: date, *, times: int | None = None, until: date | None = None
) -> str | None:
    """The RRULE for sessions of which the first is on that day; None where it comes once only.
    A fifth weekday is taken as the last one, and the 29th to 31st as the last day where a month
    is shorter, so that no month is left out."""
    if repeat is Repeat.ONCE:
        return None
    parts = [_EVERY[repeat](first)]
    if times is not None:
        parts.append(f"COUNT={times}")
    if until is not None:
        parts.append(f"UNTIL={until:%Y%m%d}T235959")
    return ";".join(parts)


def which_weekday(day: date) -> int:
    """The how manieth of its weekday in its month a day is: 1 to 4, or -1 for the last one."""
    return (day.day - 1) // 7 + 1 if day.day <= 28 else -1


def _monthly_day(first: date) -> str:
    if first.day <= 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={first.day}"
    days = ",".join(str(day) for day in range(28, first.day + 1))
    return f"FREQ=MONTHLY;BYMONTHDAY={days};BYSETPOS=-1"


def _nth(first: date) -> str:
    return f"{which_weekday(first)}{_WEEKDAYS[first.weekday()]}"


_EVERY: Mapping[Repeat, Callable[[date], str]] = {
    Repeat.WEEKLY: lambda first: f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[first.weekday()]}",
    Repeat.FORTNIGHTLY: lambda first: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_WEEKDAYS[first.weekday()]}",
    Repeat.WEEKDAY: lambda first: f"FREQ=MONTHLY;BYDAY={_nth(first)}",
    Repeat.DAY: _monthly_day,
    Repeat.QUARTERLY: lambda first: f"FREQ=MONTHLY;INTERVAL=3;BYDAY={_nth(first)}",
}
