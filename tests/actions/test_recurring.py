"""Series: which local times a rule names, and where clocks are changed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from actions.recurring import occurrences
from domain.errors import Refusal
from domain.planning import LONGEST_SERIES, MOST_SESSIONS, Repeat
from domain.rules.local_times import local_moment, wall_time
from domain.rules.recurrences import rule_of

ZONES = ("Europe/Berlin", "Europe/Kyiv", "Asia/Amman", "Africa/Lusaka", "Africa/Casablanca",
         "America/Sao_Paulo", "America/New_York")  # fmt: skip
COMES_AGAIN = sorted(set(Repeat) - {Repeat.ONCE})
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
BEGINNINGS = st.builds(datetime.combine, DAYS, TIMES)
COUNTS = st.integers(1, 12)


@given(BEGINNINGS, st.sampled_from(COMES_AGAIN), COUNTS, st.sampled_from(ZONES))
def test_so_many_times_at_the_same_time_of_the_day(
    starts: datetime, repeat: Repeat, times: int, zone: str
) -> None:
    rule = rule_of(repeat, starts.date(), times=times)
    found = occurrences(rule or "", starts, zone)
    assert len(found) == times
    assert found[0] == starts
    assert list(found) == sorted(set(found))
    assert {one.time() for one in found} == {starts.time()}


@given(BEGINNINGS, st.sampled_from(COMES_AGAIN), st.integers(0, 300), st.sampled_from(ZONES))
def test_never_after_the_last_day(starts: datetime, repeat: Repeat, days: int, zone: str) -> None:
    last = starts.date() + timedelta(days=days)
    found = occurrences(rule_of(repeat, starts.date(), until=last) or "", starts, zone)
    assert found[0] == starts
    assert found[-1].date() <= last
    assert len(found) <= MOST_SESSIONS
    assert found[-1] - starts <= LONGEST_SERIES


@given(BEGINNINGS, st.sampled_from(ZONES))
def test_a_moment_is_where_its_clock_says_or_behind_a_gap(starts: datetime, zone: str) -> None:
    found = local_moment(starts, zone)
    shown = wall_time(found.moment, zone)
    assert found.exists == (shown == starts)
    assert shown >= starts, "a time that clocks leave out is behind the gap, never before it"
    assert not (found.twice and not found.exists)


@pytest.mark.parametrize(
    ("repeat", "first", "days"),
    [
        (Repeat.WEEKLY, "2026-11-30", ["2026-11-30", "2026-12-07", "2026-12-14"]),
        (Repeat.FORTNIGHTLY, "2026-11-30", ["2026-11-30", "2026-12-14", "2026-12-28"]),
        (Repeat.WEEKDAY, "2026-12-08", ["2026-12-08", "2027-01-12", "2027-02-09"]),
        (Repeat.WEEKDAY, "2026-12-31", ["2026-12-31", "2027-01-28", "2027-02-25"]),
        (Repeat.DAY, "2026-12-08", ["2026-12-08", "2027-01-08", "2027-02-08"]),
        (Repeat.DAY, "2026-12-31", ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]),
        (Repeat.DAY, "2027-01-30", ["2027-01-30", "2027-02-28", "2027-03-30"]),
        (Repeat.QUARTERLY, "2026-12-08", ["2026-12-08", "2027-03-09", "2027-06-08"]),
    ],
)  # fmt: skip
def test_the_days_of_a_series(repeat: Repeat, first: str, days: list[str]) -> None:
    day = date.fromisoformat(first)
    rule = rule_of(repeat, day, times=len(days))
    found = occurrences(rule or "", datetime.combine(day, time(10)), "Europe/Berlin")
    assert [one.date().isoformat() for one in found] == days


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        ("FREQ=WEEKLY", "refusal-series-without-end"),
        ("FREQ=WEEKLY;COUNT=61", "refusal-series-too-long"),
        ("FREQ=MONTHLY;COUNT=38", "refusal-series-too-long"),
        ("FREQ=WEEKLY;UNTIL=99991231", "refusal-series-too-long"),
        ("FREQ=WEEKLY;UNTIL=20200101", "refusal-series-empty"),
        ("FREQ=WEEKLY;COUNT=0", "refusal-series-empty"),
        ("FREQ=WEEKLY;UNTIL=20261399", "refusal-series-unreadable"),
        ("FREQ=SECONDLY;COUNT=3", "refusal-series-unreadable"),
        ("FREQ=MONTHLY;BYDAY=9XX;COUNT=3", "refusal-series-unreadable"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;COUNT=4", "refusal-series-empty"),
        ("COUNT=3", "refusal-series-unreadable"),
        ("", "refusal-series-unreadable"),
    ],
)  # fmt: skip
def test_rules_that_are_refused(rule: str, refused: str) -> None:
    with pytest.raises(Refusal) as refusal:
        occurrences(rule, datetime(2026, 2, 2, 10), "Europe/Berlin")
    assert refusal.value.key == refused


def test_an_end_in_utc_is_put_into_local_time() -> None:
    last = datetime(2026, 12, 14, 10)
    rule = "RRULE:FREQ=WEEKLY;UNTIL=20261214T090000Z"
    found = occurrences(rule, datetime(2026, 11, 30, 10), "Europe/Berlin")
    assert found[-1] == last
    before = occurrences(rule.replace("090000", "085959"), datetime(2026, 11, 30, 10),
                         "Europe/Berlin")  # fmt: skip
    assert found[:-1] == before


# Zone, weekly from, and the moments in UTC by which one sees that clocks were changed.
OVER_CHANGES = [
    ("Europe/Berlin", "2026-03-22 10:00", ["09:00", "08:00"]),
    ("Europe/Berlin", "2026-10-18 10:00", ["08:00", "09:00"]),
    ("Europe/Kyiv", "2026-03-22 10:00", ["08:00", "07:00"]),
    ("Europe/Kyiv", "2026-10-18 10:00", ["07:00", "08:00"]),
    ("Asia/Amman", "2026-03-22 10:00", ["07:00", "07:00"]),
    ("Africa/Lusaka", "2026-10-18 10:00", ["08:00", "08:00"]),
    # Clocks in Morocco go back for Ramadan (from 18 February 2026) and forward after it.
    ("Africa/Casablanca", "2026-02-08 10:00", ["09:00", "10:00"]),
    ("Africa/Casablanca", "2026-03-15 10:00", ["10:00", "09:00"]),
    ("America/Sao_Paulo", "2026-10-11 10:00", ["13:00", "13:00"]),
    ("America/New_York", "2026-03-01 10:00", ["15:00", "14:00"]),
    ("America/New_York", "2026-10-25 10:00", ["14:00", "15:00"]),
    # Sunday at half past two is left out in March, and comes twice in October.
    ("Europe/Berlin", "2026-03-22 02:30", ["01:30", "01:30"]),
    ("Europe/Berlin", "2026-10-18 02:30", ["00:30", "00:30"]),
]


@pytest.mark.parametrize(("zone", "first", "in_utc"), OVER_CHANGES)
def test_a_weekly_series_over_a_change_of_clocks(zone: str, first: str, in_utc: list[str]) -> None:
    starts = datetime.fromisoformat(first)
    walls = occurrences("FREQ=WEEKLY;COUNT=2", starts, zone)
    found = [local_moment(one, zone).moment for one in walls]
    assert [one.strftime("%H:%M") for one in found] == in_utc


@pytest.mark.parametrize(
    ("wall", "zone", "exists", "twice"),
    [
        ("2026-03-29 02:30", "Europe/Berlin", False, False),
        ("2026-10-25 02:30", "Europe/Berlin", True, True),
        ("2026-10-25 03:00", "Europe/Berlin", True, False),
        ("2026-03-29 03:30", "Europe/Kyiv", False, False),
        ("2026-03-08 02:30", "America/New_York", False, False),
        ("2026-11-01 01:30", "America/New_York", True, True),
        ("2026-02-15 02:30", "Africa/Casablanca", True, True),
        ("2026-03-22 02:30", "Africa/Casablanca", False, False),
        ("2026-03-29 02:30", "Asia/Amman", True, False),
    ],
)
def test_times_left_out_and_times_that_come_twice(
    wall: str, zone: str, exists: bool, twice: bool
) -> None:
    found = local_moment(datetime.fromisoformat(wall), zone)
    assert (found.exists, found.twice) == (exists, twice)


def test_rules_are_read_alike_by_dateutil_itself() -> None:
    starts = datetime(2026, 12, 8, 10, tzinfo=ZoneInfo("America/New_York"))
    rule = rule_of(Repeat.WEEKDAY, starts.date(), times=12) or ""
    named = [one.replace(tzinfo=None) for one in rrulestr(rule, dtstart=starts)]
    assert list(occurrences(rule, named[0], "America/New_York")) == named
