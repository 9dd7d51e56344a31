"""Quiet hours and pauses: across midnight, in the person's zone, over the change of clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import Person, QuietHours
from domain.rules.holding import Hold, Why, hold, is_quiet, zone_of

BERLIN, AMMAN, KATHMANDU = "Europe/Berlin", "Asia/Amman", "Asia/Kathmandu"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NIGHT = QuietHours(20 * 60, 7 * 60)


def person(
    quiet: QuietHours | None = None, paused_until: datetime | None = None, zone: str | None = None
) -> Person:
    return Person(1, 2, "de", LONG_AGO, quiet=quiet, paused_until=paused_until, zone=zone)


def at(text: str, zone: str, fold: int = 0) -> datetime:
    """A moment as a clock on the wall there shows it."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return local.astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "until"),
    [
        (NIGHT, BERLIN, "2026-01-14 19:59", None),
        (NIGHT, BERLIN, "2026-01-14 20:00", "2026-01-15 07:00"),
        (NIGHT, BERLIN, "2026-01-15 06:59", "2026-01-15 07:00"),
        (NIGHT, BERLIN, "2026-01-15 07:00", None),
        (NIGHT, KATHMANDU, "2026-01-14 23:00", "2026-01-15 07:00"),
        (QuietHours(12 * 60, 13 * 60), AMMAN, "2026-07-01 12:30", "2026-07-01 13:00"),
        (QuietHours(12 * 60, 13 * 60), AMMAN, "2026-07-01 13:00", None),
        (QuietHours(0, 0), AMMAN, "2026-07-01 00:00", None),
        # The night in which an hour is left out, and that in which one comes twice.
        (NIGHT, BERLIN, "2026-03-28 23:00", "2026-03-29 07:00"),
        (NIGHT, BERLIN, "2026-10-24 23:00", "2026-10-25 07:00"),
        # An end that is left out comes with the hour that follows.
        (QuietHours(22 * 60, 150), BERLIN, "2026-03-29 01:00", "2026-03-29 03:30"),
        (QuietHours(22 * 60, 150), BERLIN, "2026-10-25 01:00", "2026-10-25 02:30"),
    ],
)
def test_until_when_it_is_held(quiet: QuietHours, zone: str, now: str, until: str | None) -> None:
    held = hold(person(quiet), zone, at(now, zone))
    assert held == (Hold(at(until, zone), Why.QUIET) if until else None)


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    quiet = QuietHours(22 * 60, 150)
    first, second = (at("2026-10-25 02:15", BERLIN, fold) for fold in (0, 1))
    assert hold(person(quiet), BERLIN, first) is not None
    held = hold(person(quiet), BERLIN, second)
    assert held == Hold(at("2026-10-25 02:30", BERLIN, fold=1), Why.QUIET)


@pytest.mark.parametrize(
    ("now", "paused", "until", "why"),
    [
        # Paused, and the pause ends by day.
        ("2026-01-14 12:00", "2026-01-19 08:00", "2026-01-19 08:00", Why.PAUSED),
        # The pause ends at night, and the other way round.
        ("2026-01-14 12:00", "2026-01-19 00:00", "2026-01-19 07:00", Why.PAUSED),
        ("2026-01-14 21:00", "2026-01-15 09:00", "2026-01-15 09:00", Why.PAUSED),
        # A pause that is over holds nothing.
        ("2026-01-14 12:00", "2026-01-14 12:00", None, None),
        ("2026-01-14 21:00", "2026-01-01 08:00", "2026-01-15 07:00", Why.QUIET),
    ],
)
def test_a_pause_and_quiet_hours_both_have_to_be_over(
    now: str, paused: str, until: str | None, why: Why | None
) -> None:
    held = hold(person(NIGHT, at(paused, BERLIN)), BERLIN, at(now, BERLIN))
    assert held == (Hold(at(until, BERLIN), why) if until and why else None)


@given(
    start=st.integers(0, 1439),
    end=st.integers(0, 1439),
    zone=st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/Lima", "Asia/Amman"]),
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
def test_once_it_is_over_it_is_over(start: int, end: int, zone: str, now: datetime) -> None:
    quiet = QuietHours(start, end)
    held = hold(person(quiet), zone, now)
    assert (held is not None) == is_quiet(quiet, zone, now)
    if held is not None:
        assert now < held.until <= now + timedelta(hours=50)
        assert hold(person(quiet), zone, held.until) is None


@pytest.mark.parametrize(
    ("own", "place", "counts"),
    [
        (AMMAN, BERLIN, AMMAN),
        (None, BERLIN, BERLIN),
        ("Nowhere/City", BERLIN, BERLIN),
        (None, None, "UTC"),
        (None, "Nowhere/City", "UTC"),
    ],
)
def test_whose_zone_counts(own: str | None, place: str | None, counts: str) -> None:
    assert zone_of(person(zone=own), place) == counts


@pytest.mark.parametrize(
    ("quiet", "paused", "keeps_its_time", "why"),
    [
        (NIGHT, False, False, Why.QUIET),
        (NIGHT, False, True, None),
        (None, True, True, Why.PAUSED),
        (NIGHT, True, True, Why.PAUSED),
        (None, False, True, None),
    ],
)
def test_what_keeps_its_time_is_held_by_a_pause_alone(
    quiet: QuietHours | None, paused: bool, keeps_its_time: bool, why: Why | None
) -> None:
    now = at("2026-01-14 23:00", BERLIN)
    # The pause ends within the quiet hours: what keeps its time does not wait for their end.
    until = at("2026-01-15 02:00", BERLIN) if paused else None
    held = hold(person(quiet, until), BERLIN, now, keeps_its_time=keeps_its_time)
    assert (held.why if held else None) is why
    if why is Why.PAUSED:
        assert held == Hold(at("2026-01-15 02:00", BERLIN), Why.PAUSED)
