"""Common working hours: daylight saving, no overlap, the date line."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.rules.hours import common_hours, known_zone

WINTER, SUMMER = date(2026, 1, 14), date(2026, 7, 15)
# Between the change of clocks in America (8 March 2026) and in Europe (29 March).
BETWEEN = date(2026, 3, 18)


def local(day: date, here: str, there: str) -> tuple[str, str] | None:
    """The span here and there, as wall clocks show it."""
    span = common_hours(day, here, there)
    if span is None:
        return None

    def shown(zone: str) -> str:
        own = ZoneInfo(zone)
        return f"{span.start.astimezone(own):%a %H:%M}-{span.end.astimezone(own):%H:%M}"

    return shown(here), shown(there)


@pytest.mark.parametrize(
    ("day", "here", "there", "hours"),
    [
        (WINTER, "Europe/Berlin", "Europe/Kyiv", ("Wed 09:00-16:00", "Wed 10:00-17:00")),
        (SUMMER, "Europe/Berlin", "Europe/Kyiv", ("Wed 09:00-16:00", "Wed 10:00-17:00")),
        (WINTER, "Europe/Berlin", "Europe/Berlin", ("Wed 09:00-17:00", "Wed 09:00-17:00")),
        # Jordan keeps one time all the year, Germany does not.
        (WINTER, "Europe/Berlin", "Asia/Amman", ("Wed 09:00-15:00", "Wed 11:00-17:00")),
        (SUMMER, "Europe/Berlin", "Asia/Amman", ("Wed 09:00-16:00", "Wed 10:00-17:00")),
        (WINTER, "Europe/Berlin", "America/New_York", ("Wed 15:00-17:00", "Wed 09:00-11:00")),
        (BETWEEN, "Europe/Berlin", "America/New_York", ("Wed 14:00-17:00", "Wed 09:00-12:00")),
        # Half and quarter hours.
        (SUMMER, "Europe/Berlin", "Asia/Kathmandu", ("Wed 09:00-13:15", "Wed 12:45-17:00")),
        # Eight hours apart: one ends when the other begins.
        (WINTER, "Europe/London", "Asia/Shanghai", None),
        (WINTER, "Europe/Berlin", "America/Los_Angeles", None),
        (WINTER, "Europe/Berlin", "Pacific/Auckland", None),
        # Across the date line: Wednesday here is Tuesday there, and the other way round.
        (WINTER, "Pacific/Auckland", "Pacific/Honolulu", ("Wed 09:00-16:00", "Tue 10:00-17:00")),
        (WINTER, "Pacific/Honolulu", "Pacific/Auckland", ("Wed 10:00-17:00", "Thu 09:00-16:00")),
        # The day on which clocks change (at night) has its eight hours of work as any other.
        (date(2026, 3, 29), "Europe/Berlin", "Asia/Amman", ("Sun 09:00-16:00", "Sun 10:00-17:00")),
    ],
)
def test_common_hours(day: date, here: str, there: str, hours: tuple[str, str] | None) -> None:
    assert local(day, here, there) == hours


@pytest.mark.parametrize(("here", "there"), [("Europe/Berlin", "Asia/Amman"),
                                             ("Pacific/Auckland", "Pacific/Honolulu")])  # fmt: skip
def test_both_sides_are_told_the_same_hours(here: str, there: str) -> None:
    span = common_hours(SUMMER, here, there)
    assert span is not None
    day_there = span.start.astimezone(ZoneInfo(there)).date()
    assert common_hours(day_there, there, here) == span


def test_hours_are_told_in_utc() -> None:
    span = common_hours(WINTER, "Europe/Berlin", "Europe/Kyiv")
    assert span is not None
    assert span.start == datetime(2026, 1, 14, 8, tzinfo=UTC)


@pytest.mark.parametrize("zone", [None, "", "Nowhere/City", "../etc/passwd", "Europe"])
def test_what_is_no_zone_is_not_taken_for_one(zone: str | None) -> None:
    assert known_zone(zone) is None
