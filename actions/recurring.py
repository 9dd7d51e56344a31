"""Series: which days and times an RRULE names, in local time."""

import re
from datetime import UTC, datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from domain.errors import Refusal
from domain.planning import LONGEST_SERIES, MOST_SESSIONS
from domain.rules.local_times import wall_time

# What a session needs. Other rules would only cost time, and some would never come true.
_COMMON = r"INTERVAL=[1-9]\d?|COUNT=\d{1,4}|UNTIL=\d{8}(T\d{6}Z?)?|WKST=[A-Z]{2}"
_WEEKLY = re.compile(rf"FREQ=WEEKLY|{_COMMON}|BYDAY=[,A-Z]{{1,20}}")
_MONTHLY = re.compile(
    rf"FREQ=MONTHLY|{_COMMON}|BYDAY=[-+,\w]{{1,60}}|BYMONTHDAY=[-,\d]{{1,90}}|BYSETPOS=-?\d{{1,2}}"
)


def occurrences(rule: str, starts: datetime, zone: str) -> tuple[datetime, ...]:
    """When a series that begins at `starts` takes place; all in local time of the zone, without a
    zone of their own. Refuses a rule that cannot be read, that has no end, or whose end is too far.
    """
    parts = rule.upper().removeprefix("RRULE:").split(";")
    if not any(all(form.fullmatch(one) for one in parts) for form in (_WEEKLY, _MONTHLY)):
        raise Refusal("refusal-series-unreadable")
    if not any(one.startswith(("COUNT=", "UNTIL=")) for one in parts):
        raise Refusal("refusal-series-without-end")
    local = ";".join(_until_in_local_time(one, zone) for one in parts)
    try:
        read = rrulestr(local, dtstart=starts)
    except (ValueError, TypeError):
        raise Refusal("refusal-series-unreadable") from None
    last = starts + LONGEST_SERIES
    # Whatever the rule says, nobody looks further than this.
    named = islice(read.xafter(starts, inc=True), MOST_SESSIONS + 1)
    found = []
    for one in named:
        if one > last:
            raise Refusal("refusal-series-too-long")
        found.append(one)
    if len(found) > MOST_SESSIONS:
        raise Refusal("refusal-series-too-long")
    if not found:
        raise Refusal("refusal-series-empty")
    return tuple(found)


def _until_in_local_time(part: str, zone: str) -> str:
    """Our clocks are local: an end in UTC, as RFC 5545 writes it, is put so, and a day lasts until
    midnight."""
    name, _, value = part.partition("=")
    if name != "UNTIL":
        return part
    try:
        if len(value) == len("20261231"):
            end = datetime.strptime(value, "%Y%m%d") + timedelta(days=1, seconds=-1)
        else:
            end = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
        if value.endswith("Z"):
            end = wall_time(end.replace(tzinfo=UTC), zone)
    except (ValueError, OverflowError):
        raise Refusal("refusal-series-unreadable") from None
    return f"UNTIL={end:%Y%m%dT%H%M%S}"
