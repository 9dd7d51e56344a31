"""Rules about what comes after a session, as tables."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exchanges import Membership, MembershipState
from domain.practices import Practice
from domain.rules.afterwards import may_pick, took_place
from domain.rules.follow_ups import may_be_due, next_reminder
from domain.rules.practices import kinship, may_read, ordered
from domain.sessions import Form, Session

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SESSION = Session(
    1, 1, "u", 0, NOW, NOW + timedelta(hours=2), "Europe/Berlin", Form.ONLINE, {}, announced_at=NOW
)


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (SESSION, True),
        (replace(SESSION, starts_at=NOW + timedelta(seconds=1)), False),
        (replace(SESSION, cancelled_at=NOW), False),
        (replace(SESSION, announced_at=None), False),
    ],
)
def test_a_session_has_taken_place_once_it_has_begun(session: Session, expected: bool) -> None:
    assert took_place(session, NOW) is expected


MEMBER = Membership(1, 1, MembershipState.MEMBER, NOW, person=1)
OTHER = replace(MEMBER, id=2, person=2)
SHOWN = replace(OTHER, shows_coming=True)
WITHOUT = replace(OTHER, person=None, name="Anna", shows_coming=True)
LEFT = replace(SHOWN, state=MembershipState.LEFT)


@pytest.mark.parametrize(
    ("member", "by", "runs", "expected"),
    [
        (MEMBER, MEMBER, False, True),
        (OTHER, MEMBER, False, False),
        (SHOWN, MEMBER, False, True),
        (WITHOUT, MEMBER, False, False),
        (LEFT, MEMBER, False, False),
        (SHOWN, None, False, False),
        (SHOWN, replace(MEMBER, exchange=2), False, False),
        (MEMBER, replace(MEMBER, state=MembershipState.LEFT), False, False),
        (OTHER, None, True, True),
        (WITHOUT, None, True, True),
        (LEFT, None, True, False),
    ],
)
def test_who_may_ask_whom(
    member: Membership, by: Membership | None, runs: bool, expected: bool
) -> None:
    assert may_pick(member, by, runs=runs) is expected


@pytest.mark.parametrize(
    ("due", "zone", "now", "expected"),
    [
        (date(2026, 3, 10), "Europe/Berlin", NOW, datetime(2026, 3, 7, 8, tzinfo=UTC)),
        (date(2026, 3, 4), "Europe/Berlin", NOW, datetime(2026, 3, 4, 8, tzinfo=UTC)),
        (date(2026, 3, 2), "Europe/Berlin", NOW, None),
        (date(2026, 3, 2), "America/Lima", NOW, datetime(2026, 3, 2, 14, tzinfo=UTC)),
        # The clocks have gone forward between the two.
        (date(2026, 3, 30), "Europe/Berlin", NOW, datetime(2026, 3, 27, 8, tzinfo=UTC)),
        (
            date(2026, 3, 30),
            "Europe/Berlin",
            datetime(2026, 3, 28, tzinfo=UTC),
            datetime(2026, 3, 30, 7, tzinfo=UTC),
        ),
    ],
)
def test_reminders_come_in_the_morning_of_their_own_clocks(
    due: date, zone: str, now: datetime, expected: datetime | None
) -> None:
    assert next_reminder(due, zone, now) == expected


ZONES = st.sampled_from(["Europe/Berlin", "America/Lima", "Asia/Amman", "Pacific/Apia", "UTC"])
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


@given(due=DAYS, zone=ZONES, now=MOMENTS)
def test_every_reminder_is_ahead_at_nine_there_and_not_after_the_day(
    due: date, zone: str, now: datetime
) -> None:
    moment = next_reminder(due, zone, now)
    if moment is None:
        assert now.astimezone(ZoneInfo(zone)).date() >= due
        return
    there = moment.astimezone(ZoneInfo(zone))
    assert moment > now
    assert (there.hour, there.minute) == (9, 0)
    assert (due - there.date()).days in (0, 3)


def test_nothing_is_promised_for_yesterday_or_for_ever() -> None:
    today = date(2026, 3, 2)
    days = (-1, 0, 1, 3 * 366, 3 * 366 + 1)
    said = [may_be_due(today + timedelta(days=days_on), today) for days_on in days]
    assert said == [False, True, True, True, False]


def note(number: int, *topics: str, exchange: int = 1, to_all: bool = False) -> Practice:
    return Practice(number, exchange, 1, "T", "W", "de", frozenset(topics), to_all, NOW)


@pytest.mark.parametrize(
    ("to_all", "exchanges", "published", "expected"),
    [
        (False, {1}, False, True),
        (False, {2}, True, False),
        (True, {2}, True, True),
        (True, set(), False, False),
    ],
)
def test_who_may_read_a_note(
    to_all: bool, exchanges: set[int], published: bool, expected: bool
) -> None:
    assert may_read(note(1, to_all=to_all), exchanges, published=published) is expected


def test_the_nearest_notes_come_first_and_of_equals_the_newest() -> None:
    notes = [note(1, "solar"), note(2, "non_revenue_water"), note(3, "solar"), note(4)]
    assert [one.id for one in ordered(notes, ("solar",))] == [3, 1]
    assert [one.id for one in ordered(notes, ())] == [4, 3, 2, 1]
    assert kinship(note(1, "solar"), ("solar", "non_revenue_water")) == 0.5
