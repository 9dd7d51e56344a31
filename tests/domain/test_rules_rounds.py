"""When rounds are held, who sits in them, and in which language a group begins."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.organisations import Organisation
from domain.round_programmes import Met, Part, Plan, Programme, Seat, WhyNot
from domain.rules.rounds import (
    Due,
    half_time,
    hours_of_all,
    is_possible,
    last_day,
    morning_of,
    next_after_pause,
    numbers_of,
    opening_language,
    spoken_by,
    times_of,
    what_is_due,
    why_not,
)

BERLIN = "Europe/Berlin"
MONDAY = date(2026, 3, 16)
WINTER, SUMMER = datetime(2026, 3, 16, 8, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)
LAST = datetime(2026, 4, 13, 7, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def programme(
    next_at: datetime | None = WINTER, *, paused: bool = False, stopped: bool = False
) -> Programme:
    """Three rounds, two weeks apart; clocks change before the second."""
    return Programme(
        id=1, exchange=1, size=2, every_days=14, until=date(2026, 4, 13), started_at=NOW,
        next_at=next_at, paused_at=NOW if paused else None, stopped_at=NOW if stopped else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("there", "now", "due"),
    [
        (programme(), WINTER - timedelta(seconds=1), None),
        (programme(), WINTER, Due(WINTER, SUMMER - timedelta(days=2), SUMMER)),
        (programme(), WINTER + timedelta(days=6), Due(WINTER, SUMMER - timedelta(days=2), SUMMER)),
        # More than half over before it could begin: left out.
        (programme(), WINTER + timedelta(days=8), Due(None, None, SUMMER)),
        # Two were missed: the one that goes on is held, once.
        (programme(), SUMMER, Due(SUMMER, LAST - timedelta(days=2), LAST)),
        (programme(LAST), LAST, Due(LAST, LAST + timedelta(days=12), None)),
        (programme(LAST), LAST + timedelta(days=90), Due(None, None, None)),
        (programme(None), LAST, None),
        (programme(paused=True), WINTER, None),
        (programme(stopped=True), WINTER, None),
    ],
)
def test_what_is_due(there: Programme, now: datetime, due: Due | None) -> None:
    assert what_is_due(there, BERLIN, now) == due


@pytest.mark.parametrize(
    ("now", "following"),
    [(NOW, WINTER), (WINTER, SUMMER), (LAST, None), (LAST - timedelta(seconds=1), LAST)],
)
def test_a_pause_makes_nothing_up(now: datetime, following: datetime | None) -> None:
    assert next_after_pause(programme(paused=True), BERLIN, now) == following


@pytest.mark.parametrize(
    ("plan", "possible"),
    [
        (Plan(2, 14, MONDAY, MONDAY), True),
        (Plan(5, 91, MONDAY, last_day(MONDAY, 91, 12)), True),
        (Plan(6, 14, MONDAY, MONDAY), False),
        (Plan(1, 14, MONDAY, MONDAY), False),
        (Plan(2, 13, MONDAY, MONDAY), False),
        (Plan(2, 14, MONDAY, MONDAY - timedelta(days=1)), False),
        (Plan(2, 14, date(2026, 3, 1), MONDAY), False),
        (Plan(2, 14, MONDAY, last_day(MONDAY, 14, 52)), True),
        (Plan(2, 14, MONDAY, last_day(MONDAY, 14, 53)), False),
    ],
)
def test_which_plans_can_be_held(plan: Plan, possible: bool) -> None:
    assert is_possible(plan, NOW.date()) is possible


@pytest.mark.parametrize(("days", "times"), [(0, 1), (13, 1), (14, 2), (28, 3)])
def test_how_many_rounds_a_plan_has(days: int, times: int) -> None:
    assert times_of(Plan(2, 14, MONDAY, MONDAY + timedelta(days=days))) == times


def part(*, yes: bool = True, until: date | None = None) -> Part:
    return Part(1, 1, yes, NOW, until)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, WhyNot.NOT_ANSWERED),
        (part(), None),
        (part(yes=False), WhyNot.DECLINED),
        (part(until=MONDAY + timedelta(days=1)), WhyNot.PAUSED),
        (part(until=MONDAY), None),
        (part(until=MONDAY - timedelta(days=1)), None),
    ],
)
def test_who_takes_part_on_a_day(answer: Part | None, why: WhyNot | None) -> None:
    assert why_not(answer, MONDAY) is why


@pytest.mark.parametrize(
    ("members", "reader", "language"),
    [
        ([{"de", "en"}, {"en", "de"}], "fr", "de"),
        ([{"de", "en"}, {"en", "de"}], "en", "en"),
        ([{"de", "en"}, {"en", "fr"}, {"en"}], "de", "en"),
        ([{"de"}, {"en"}], "de", None),
        ([{"de"}, None], "de", None),
        ([{"de", "uk"}, {"uk"}, None], "de", "uk"),
        # One that they share and in which we do not speak.
        ([{"tr"}, {"tr"}], "tr", None),
        ([], "de", None),
    ],
)
def test_in_which_language_a_group_begins(
    members: list[set[str] | None], reader: str, language: str | None
) -> None:
    assert opening_language(members, reader) == language


@pytest.mark.parametrize(
    ("stated", "reads", "spoken"),
    [
        ({"de"}, "en", {"de", "en"}),
        ({"de"}, None, {"de"}),
        (None, "en", None),
        (set(), "en", None),
    ],
)
def test_what_a_member_speaks(
    stated: set[str] | None, reads: str | None, spoken: set[str] | None
) -> None:
    languages = None if stated is None else frozenset(stated)
    found = spoken_by(Organisation(1, languages=languages), reads)
    assert found == (None if spoken is None else frozenset(spoken))


@pytest.mark.parametrize(
    ("zones", "hours"),
    [
        ([BERLIN, "Europe/Kyiv"], (8, 15)),
        ([BERLIN, "Europe/Kyiv", "America/Lima"], (14, 15)),
        ([BERLIN, "Asia/Tokyo"], None),
        ([BERLIN, None], None),
        ([BERLIN, "Nowhere/Land"], None),
    ],
)
def test_when_all_are_at_work(zones: list[str | None], hours: tuple[int, int] | None) -> None:
    span = hours_of_all(MONDAY, zones)
    assert (None if span is None else (span.start.hour, span.end.hour)) == hours


def test_half_time_lies_between() -> None:
    assert half_time(WINTER, WINTER + timedelta(days=12)) == WINTER + timedelta(days=6)
    assert morning_of(MONDAY, BERLIN) == WINTER


def test_a_group_has_met_where_one_of_it_says_so() -> None:
    seats = [
        Seat(1, 1, group=1, met=Met.YES, helped=True), Seat(1, 2, group=1, met=Met.NOT_YET),
        Seat(1, 3, group=2, met=Met.CANNOT), Seat(1, 4, group=2),
        Seat(1, 5, group=3), Seat(1, 6, group=3),
        Seat(1, 7, why=WhyNot.PAUSED), Seat(1, 8, why=WhyNot.PAUSED),
    ]  # fmt: skip
    found = numbers_of(seats)
    assert (found.placed, found.groups, found.met, found.not_met) == (6, 3, 1, 1)
    assert (found.unanswered, found.helped, found.without) == (1, 1, {WhyNot.PAUSED: 2})
