"""When somebody may ask to join an exchange, and when they need not wait."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.exchanges import Contact, Entry, Exchange, Membership, MembershipState
from domain.roles import Role
from domain.rules.exchanges import is_listed, may_answer
from domain.rules.joining import comes_in_at_once, may_ask_again

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def settled(state: MembershipState, days: int) -> Membership:
    return Membership(1, 1, state, NOW - timedelta(days=60), settled_at=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("state", "days", "expected"),
    [
        (MembershipState.DECLINED, 0, False),
        (MembershipState.DECLINED, 29, False),
        (MembershipState.DECLINED, 30, True),
        (MembershipState.REMOVED, 29, False),
        (MembershipState.REMOVED, 30, True),
        (MembershipState.WITHDRAWN, 0, True),
        (MembershipState.LEFT, 0, True),
    ],
)
def test_who_may_ask_again(state: MembershipState, days: int, expected: bool) -> None:
    assert may_ask_again(settled(state, days), NOW) is expected


def test_who_was_never_there_may_ask() -> None:
    assert may_ask_again(None, NOW)


def an_exchange(entry: Entry, *, closed: bool = False) -> Exchange:
    contact = Contact("Ada", "ada@example.org")
    return Exchange(
        1, entry, {"en": "Waste"}, contact, "UTC", NOW, closed_at=NOW if closed else None
    )


@pytest.mark.parametrize(
    ("entry", "invited", "expected"),
    [(one, invited, invited or one is Entry.OPEN) for one in Entry for invited in (True, False)],
)
def test_who_comes_in_at_once(entry: Entry, invited: bool, expected: bool) -> None:
    assert comes_in_at_once(an_exchange(entry), invited=invited) is expected


@pytest.mark.parametrize(
    ("entry", "closed", "who", "expected"),
    [
        (Entry.OPEN, False, "", True),
        (Entry.VKU_MEMBERS, False, "", True),
        (Entry.BY_INVITATION, False, "", False),
        (Entry.BY_INVITATION, False, "invited", True),
        (Entry.BY_INVITATION, False, "member", True),
        (Entry.OPEN, True, "", False),
        (Entry.OPEN, True, "invited", False),
        (Entry.OPEN, True, "member", True),
        (Entry.BY_INVITATION, True, "runs", True),
    ],
)
def test_who_is_shown_that_it_exists(entry: Entry, closed: bool, who: str, expected: bool) -> None:
    stands = {one: one == who for one in ("runs", "member", "invited")}
    assert is_listed(an_exchange(entry, closed=closed), **stands) is expected


@pytest.mark.parametrize(
    ("state", "days", "handed_on", "expected"),
    [
        (MembershipState.ASKED, 6, False, False),
        (MembershipState.ASKED, 7, False, True),
        (MembershipState.ASKED, 7, True, True),
        (MembershipState.MEMBER, 60, False, False),
        (MembershipState.MEMBER, 60, True, True),
        (MembershipState.DECLINED, 60, False, False),
        (MembershipState.LEFT, 60, False, False),
    ],
)
def test_a_coordinator_of_others_answers_what_is_handed_on(
    state: MembershipState, days: int, handed_on: bool, expected: bool
) -> None:
    asked_at = NOW - timedelta(days=days)
    one = Membership(1, 1, state, asked_at, handed_on_at=NOW if handed_on else None)
    assert may_answer(one, 2, (3,), (Role.COORDINATOR,), NOW) is expected
    assert may_answer(one, 3, (3,), (Role.COORDINATOR,), NOW)
    assert not may_answer(one, 3, (3,), (), NOW)
