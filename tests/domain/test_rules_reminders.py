"""When a reminder is due across changes of clocks, which is said, and how long it is until then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exchanges import DAY, HOUR, USUAL_REMINDERS
from domain.rules.reminders import (
    CHOICES,
    Span,
    Unit,
    Unsaid,
    distance,
    due_at,
    is_overtaken,
    may_choose,
    moments,
    nearest,
    time_left,
    unsaid,
    with_distance,
)
from domain.sessions import Form, Reminder, Session

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BERLIN, KYIV, AMMAN, LUSAKA = "Europe/Berlin", "Europe/Kyiv", "Asia/Amman", "Africa/Lusaka"
CASABLANCA, SAO_PAULO, NEW_YORK = "Africa/Casablanca", "America/Sao_Paulo", "America/New_York"


def at(text: str, zone: str) -> datetime:
    """A moment as a clock on the wall there shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def session_at(starts_at: datetime, zone: str = BERLIN) -> Session:
    return Session(
        id=1, exchange=1, uid="1", sequence=0, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2), zone=zone, form=Form.ONLINE, title={},
        announced_at=NOON,
    )  # fmt: skip


SPRING, AUTUMN = "2026-03-31 10:00", "2026-10-27 10:00"


@pytest.mark.parametrize(
    ("zone", "begins", "minutes", "due", "hours"),
    [
        # An hour is left out between the reminder and the session, or comes twice.
        (BERLIN, SPRING, 7 * DAY, "2026-03-24 10:00", 7 * 24 - 1),
        (BERLIN, SPRING, 2 * DAY, "2026-03-29 10:00", 48),
        (BERLIN, "2026-03-29 10:00", DAY, "2026-03-28 10:00", 23),
        (BERLIN, AUTUMN, 7 * DAY, "2026-10-20 10:00", 7 * 24 + 1),
        (BERLIN, "2026-10-25 10:00", DAY, "2026-10-24 10:00", 25),
        (KYIV, SPRING, 7 * DAY, "2026-03-24 10:00", 7 * 24 - 1),
        (KYIV, "2026-10-25 10:00", DAY, "2026-10-24 10:00", 25),
        (NEW_YORK, "2026-03-08 10:00", DAY, "2026-03-07 10:00", 23),
        (NEW_YORK, "2026-11-03 10:00", 14 * DAY, "2026-10-20 10:00", 14 * 24 + 1),
        # Morocco sets its clocks back for Ramadan, and forward after it.
        (CASABLANCA, "2026-02-16 10:00", 7 * DAY, "2026-02-09 10:00", 7 * 24 + 1),
        (CASABLANCA, "2026-03-23 10:00", 7 * DAY, "2026-03-16 10:00", 7 * 24 - 1),
        # São Paulo changed its clocks until 2019, Amman until 2022; Lusaka never did.
        (SAO_PAULO, "2018-11-05 10:00", 7 * DAY, "2018-10-29 10:00", 7 * 24 - 1),
        (SAO_PAULO, SPRING, 14 * DAY, "2026-03-17 10:00", 14 * 24),
        (SAO_PAULO, AUTUMN, 14 * DAY, "2026-10-13 10:00", 14 * 24),
        (AMMAN, SPRING, 14 * DAY, "2026-03-17 10:00", 14 * 24),
        (AMMAN, "2026-10-31 10:00", 14 * DAY, "2026-10-17 10:00", 14 * 24),
        (LUSAKA, SPRING, 14 * DAY, "2026-03-17 10:00", 14 * 24),
        (LUSAKA, AUTUMN, 14 * DAY, "2026-10-13 10:00", 14 * 24),
        # Hours are as long as they are, across a change, too.
        (BERLIN, "2026-03-29 04:30", 3 * HOUR, "2026-03-29 00:30", 3),
        (BERLIN, "2026-10-25 04:30", 3 * HOUR, "2026-10-25 02:30", 3),
        (NEW_YORK, "2026-03-08 03:30", HOUR, "2026-03-08 01:30", 1),
        # An hour that is left out on the day before comes with the one that follows.
        (BERLIN, "2026-03-30 02:30", DAY, "2026-03-29 03:30", 23),
    ],
)
def test_when_it_is_due(zone: str, begins: str, minutes: int, due: str, hours: int) -> None:
    session = session_at(at(begins, zone), zone)
    found = due_at(session, minutes)
    local = found.astimezone(ZoneInfo(zone))
    assert f"{local:%Y-%m-%d %H:%M}" == due
    assert session.starts_at - found == timedelta(hours=hours)


ZONES = st.sampled_from((BERLIN, KYIV, AMMAN, LUSAKA, CASABLANCA, SAO_PAULO, NEW_YORK, "nowhere"))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(
    lambda one: one.replace(tzinfo=UTC, microsecond=0)
)


@given(MOMENTS, ZONES, st.sampled_from(CHOICES))
def test_it_is_due_before_the_session_and_never_more_than_an_hour_off(
    begins: datetime, zone: str, minutes: int
) -> None:
    due = due_at(session_at(begins, zone), minutes)
    assert due < begins
    assert abs(begins - due - timedelta(minutes=minutes)) <= timedelta(hours=1)


@given(MOMENTS, ZONES)
def test_what_is_nearer_is_due_later(begins: datetime, zone: str) -> None:
    due = [due_at(session_at(begins, zone), one) for one in CHOICES]
    assert due == sorted(due)
    assert len(set(due)) == len(CHOICES)


def test_there_is_a_moment_for_each_distance_of_a_session_that_takes_place() -> None:
    session = session_at(NOON)
    assert set(moments(session, (HOUR, DAY, HOUR))) == {DAY, HOUR}
    assert moments(replace(session, cancelled_at=NOON), USUAL_REMINDERS) == {}
    assert moments(replace(session, announced_at=None), USUAL_REMINDERS) == {}


@pytest.mark.parametrize(
    ("minutes", "due", "left", "expected"),
    [
        (DAY, (DAY,), timedelta(days=1), None),
        # Late, but nothing nearer is due.
        (7 * DAY, (7 * DAY,), timedelta(days=3), None),
        (DAY, (7 * DAY, DAY), timedelta(hours=2), None),
        (7 * DAY, (7 * DAY, DAY), timedelta(hours=2), Unsaid.OVERTAKEN),
        (HOUR, (7 * DAY, DAY, HOUR), timedelta(minutes=1), None),
        (HOUR, (7 * DAY, DAY, HOUR), timedelta(0), Unsaid.TOO_LATE),
        (DAY, (DAY, HOUR), timedelta(days=-3), Unsaid.TOO_LATE),
    ],
)
def test_which_is_still_said(
    minutes: int, due: tuple[int, ...], left: timedelta, expected: Unsaid | None
) -> None:
    session = session_at(NOON + left)
    assert unsaid(session, minutes, due, NOON) is expected
    cancelled = replace(session, cancelled_at=NOON)
    assert unsaid(cancelled, minutes, due, NOON) is Unsaid.TOO_LATE


@pytest.mark.parametrize(
    ("distances", "due", "expected"),
    [
        (USUAL_REMINDERS, (7 * DAY, DAY), DAY),
        ((7 * DAY,), (7 * DAY, DAY), 7 * DAY),
        ((2 * DAY,), (7 * DAY, DAY), None),
        ((), (DAY,), None),
    ],
)
def test_of_several_that_are_due_one_is_for_somebody(
    distances: tuple[int, ...], due: tuple[int, ...], expected: int | None
) -> None:
    assert nearest(distances, due) == expected


@pytest.mark.parametrize(
    ("minutes", "distances", "after", "expected"),
    [
        (7 * DAY, USUAL_REMINDERS, timedelta(days=3), False),
        (7 * DAY, USUAL_REMINDERS, timedelta(days=6), True),
        (7 * DAY, (7 * DAY, HOUR), timedelta(days=6), False),
        (DAY, USUAL_REMINDERS, timedelta(days=6), False),
    ],
)
def test_what_was_put_off_may_be_overtaken(
    minutes: int, distances: tuple[int, ...], after: timedelta, expected: bool
) -> None:
    session = session_at(NOON + timedelta(days=7))
    rows = [Reminder(1, 1, one, due_at(session, one)) for one in USUAL_REMINDERS]
    assert is_overtaken(minutes, distances, rows, NOON + after) is expected


@pytest.mark.parametrize(
    ("wanted", "had", "expected"),
    [
        (CHOICES, (), True),
        ((), (), True),
        ((DAY, 45), (), False),
        ((DAY, 45), (45,), True),
        ((0,), (), False),
        ((-DAY,), (), False),
    ],
)
def test_what_can_be_chosen(wanted: tuple[int, ...], had: tuple[int, ...], expected: bool) -> None:
    assert may_choose(wanted, had) is expected


@pytest.mark.parametrize(
    ("minutes", "wished", "expected"),
    [
        (15, True, (7 * DAY, DAY, HOUR, 15)),
        (14 * DAY, True, (14 * DAY, 7 * DAY, DAY, HOUR)),
        (DAY, True, USUAL_REMINDERS),
        (DAY, False, (7 * DAY, HOUR)),
        (15, False, USUAL_REMINDERS),
    ],
)
def test_one_more_or_one_less(minutes: int, wished: bool, expected: tuple[int, ...]) -> None:
    assert with_distance(USUAL_REMINDERS, minutes, wished=wished) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (14 * DAY, Span(14, Unit.DAYS)),
        (DAY, Span(1, Unit.DAYS)),
        (3 * HOUR, Span(3, Unit.HOURS)),
        (HOUR, Span(1, Unit.HOURS)),
        (15, Span(15, Unit.MINUTES)),
        (90, Span(90, Unit.MINUTES)),
    ],
)
def test_a_distance_in_words(minutes: int, expected: Span) -> None:
    assert distance(minutes) == expected


@pytest.mark.parametrize(
    ("now", "begins", "zone", "expected"),
    [
        ("2026-03-02 10:00", "2026-03-09 10:00", BERLIN, Span(7, Unit.DAYS)),
        ("2026-03-02 10:00", "2026-03-03 10:00", BERLIN, Span(1, Unit.DAYS)),
        # Across a change of clocks it is tomorrow, too.
        ("2026-03-28 10:00", "2026-03-29 10:00", BERLIN, Span(1, Unit.DAYS)),
        ("2026-10-24 10:00", "2026-10-25 10:00", BERLIN, Span(1, Unit.DAYS)),
        # Put off to the morning of the same day, or of the day before.
        ("2026-03-03 07:00", "2026-03-03 15:00", BERLIN, Span(8, Unit.HOURS)),
        ("2026-03-03 07:00", "2026-03-04 06:00", BERLIN, Span(1, Unit.DAYS)),
        # The same night, though another day.
        ("2026-03-02 22:00", "2026-03-03 01:00", BERLIN, Span(3, Unit.HOURS)),
        ("2026-03-02 07:00", "2026-03-02 10:00", BERLIN, Span(3, Unit.HOURS)),
        ("2026-03-02 07:04", "2026-03-02 10:00", BERLIN, Span(3, Unit.HOURS)),
        ("2026-03-02 07:10", "2026-03-02 10:00", BERLIN, Span(2, Unit.HOURS)),
        ("2026-03-02 08:30", "2026-03-02 10:00", BERLIN, Span(90, Unit.MINUTES)),
        ("2026-03-02 09:00", "2026-03-02 10:00", BERLIN, Span(1, Unit.HOURS)),
        ("2026-03-02 09:04", "2026-03-02 10:00", BERLIN, Span(1, Unit.HOURS)),
        ("2026-03-02 09:10", "2026-03-02 10:00", BERLIN, Span(50, Unit.MINUTES)),
        ("2026-03-02 09:45", "2026-03-02 10:00", BERLIN, Span(15, Unit.MINUTES)),
        # Never in no time.
        ("2026-03-02 09:59:50", "2026-03-02 10:00", BERLIN, Span(1, Unit.MINUTES)),
    ],
)
def test_in_how_long_it_begins(now: str, begins: str, zone: str, expected: Span) -> None:
    assert time_left(at(begins, zone), at(now, zone), zone) == expected


def test_tomorrow_is_the_reader_s() -> None:
    begins, now = at("2026-03-03 01:00", BERLIN), at("2026-03-01 20:00", BERLIN)
    assert time_left(begins, now, BERLIN) == Span(2, Unit.DAYS)
    assert time_left(begins, now, SAO_PAULO) == Span(1, Unit.DAYS)
