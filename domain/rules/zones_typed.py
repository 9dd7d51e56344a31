"""Time zones as people type them: "Europe/Berlin", "america/new york", "UTC+3", "GMT-4:30"."""

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from domain.rules.hours import known_zone
from domain.rules.plain_text import cleaned, in_plain_digits

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:utc|gmt|h)?")
_FURTHEST = {"+": 14, "-": 12}
"""Hours from UTC; no place on earth is further off."""

# Places that keep an offset of broken hours all the year round.
_BROKEN = {
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
    "-9:30": "Pacific/Marquesas",
}


def zone_in(text: str) -> str | None:
    """The IANA name that the text is or whose offset it names; None for anything else, such as a
    place. An offset stays the same in summer and winter."""
    said = in_plain_digits(cleaned(text[:100])).casefold()
    return _names().get(said.replace(" ", "_")) or _of_offset(said)


def offset_of(zone: str) -> str | None:
    """How an offset is written that was chosen as one: "UTC+3"; None for any other zone."""
    if zone == "UTC":
        return zone
    found = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", zone)
    # POSIX counts the other way round (RFC 9636 and the tz database's own file "etcetera").
    return f"UTC{'-' if found[1] == '+' else '+'}{found[2]}" if found else None


def _of_offset(said: str) -> str | None:
    if said in ("utc", "gmt"):
        return "UTC"
    found = _OFFSET.fullmatch(said)
    if found is None:
        return None
    sign = "+" if found[1] == "+" else "-"
    hours, minutes = int(found[2]), int(found[3] or 0)
    if minutes:
        return _known(_BROKEN.get(f"{sign}{hours}:{minutes:02}"))
    if hours == 0:
        return "UTC"
    return (
        _known(f"Etc/GMT{'-' if sign == '+' else '+'}{hours}") if hours <= _FURTHEST[sign] else None
    )


def _known(zone: str | None) -> str | None:
    return zone if known_zone(zone) else None


@cache
def _names() -> Mapping[str, str]:
    """Every zone that is named after a place, by its name in small letters."""
    fixed = ("Etc/", "SystemV/", "posix/", "right/", "US/")
    return {
        name.casefold(): name
        for name in available_timezones()
        if "/" in name and not name.startswith(fixed)
    }
