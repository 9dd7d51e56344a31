"""Who may reply to a session, until when, and which seat a reply gives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.exchanges import Membership, MembershipState
from domain.rules.replies import (
    behind,
    free_seats,
    may_reply,
    place_in_line,
    says_the_same,
    settled,
    why_closed,
)
from domain.sessions import Form, Reply, Rsvp, Session

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SESSION = Session(1, 1, "uid", 0, NOON, NOON + HOUR, "UTC", Form.ONLINE, {}, announced_at=NOON)
MEMBER = Membership(1, 1, MembershipState.MEMBER, NOON, person=1)
YES, WAITING, MAYBE, NO = Reply.YES, Reply.WAITING, Reply.MAYBE, Reply.NO


@pytest.mark.parametrize(
    ("now", "cancelled_at", "expected"),
    [
        (NOON - HOUR, None, None),
        (NOON - timedelta(seconds=1), None, None),
        (NOON, None, "refusal-reply-begun"),
        (NOON + HOUR, None, "refusal-reply-over"),
        (NOON - HOUR, NOON - HOUR, "refusal-reply-cancelled"),
        (NOON + HOUR, NOON - HOUR, "refusal-reply-cancelled"),
    ],
)
def test_replies_are_taken_until_it_begins(now, cancelled_at, expected) -> None:  # type: ignore[no-untyped-def]
    assert why_closed(replace(SESSION, cancelled_at=cancelled_at), now) == expected


@pytest.mark.parametrize(
    ("session", "membership", "expected"),
    [
        (SESSION, MEMBER, True),
        (None, MEMBER, False),
        (SESSION, None, False),
        (replace(SESSION, announced_at=None), MEMBER, False),
        (SESSION, replace(MEMBER, exchange=2), False),
        *(
            (SESSION, replace(MEMBER, state=state), state is MembershipState.MEMBER)
            for state in MembershipState
        ),
    ],
)
def test_members_reply_to_what_has_been_announced(session, membership, expected) -> None:  # type: ignore[no-untyped-def]
    assert may_reply(session, membership) is expected


@pytest.mark.parametrize(
    ("capacity", "numbers", "free"),
    [
        (None, {YES: 500}, None),
        (2, {}, 2),
        (2, {YES: 1, WAITING: 7, MAYBE: 3}, 1),
        (2, {YES: 2}, 0),
        (2, {YES: 5}, 0),
    ],
)
def test_free_seats(capacity, numbers, free) -> None:  # type: ignore[no-untyped-def]
    assert free_seats(replace(SESSION, capacity=capacity), numbers) == free


@pytest.mark.parametrize(
    ("wish", "free", "became"),
    [(YES, None, YES), (YES, 1, YES), (YES, 0, WAITING), (MAYBE, 0, MAYBE), (NO, 0, NO)],
)
def test_a_yes_waits_where_no_seat_is_free(wish: Reply, free: int | None, became: Reply) -> None:
    assert settled(wish, free) is became


@pytest.mark.parametrize(
    ("before", "wish", "same"),
    [(None, NO, False), (YES, YES, True), (WAITING, YES, True), (WAITING, NO, False),
     (MAYBE, MAYBE, True), (MAYBE, YES, False), (NO, NO, True)],
)  # fmt: skip
def test_saying_it_again(before: Reply | None, wish: Reply, same: bool) -> None:
    there = Rsvp(1, 1, before, NOON) if before else None
    assert says_the_same(there, wish) is same


def test_who_comes_to_a_line_stands_behind_everybody_whatever_the_clocks_say() -> None:
    later = NOON + HOUR
    line = [Rsvp(1, 1, WAITING, later), Rsvp(1, 2, WAITING, NOON)]
    assert behind([], NOON) == NOON
    assert behind(line, NOON) == later + timedelta(microseconds=1)
    assert behind(line, later + HOUR) == later + HOUR


def test_places_in_a_line() -> None:
    line = [
        Rsvp(1, 5, WAITING, NOON + HOUR),
        Rsvp(1, 9, WAITING, NOON),
        Rsvp(1, 4, YES, NOON - HOUR),
    ]
    assert [place_in_line(line, who) for who in (9, 5, 4, 1)] == [1, 2, None, None]
