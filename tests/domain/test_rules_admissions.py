"""Who may settle an admission, whom it waits for, and what may be joined."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.admissions import NOT_AGAIN_FOR, TO_COORDINATORS_AFTER, Admission, AdmissionState
from domain.organisations import Organisation
from domain.rules.admissions import (
    may_ask_again,
    may_settle,
    open_to_newcomers,
    waits_for_coordinators,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEWCOMER, SOMEBODY = 1, 2
SOON, LATE = timedelta(hours=1), TO_COORDINATORS_AFTER


def asked(ago: timedelta, state: AdmissionState = AdmissionState.ASKED) -> Admission:
    return Admission(1, 10, NEWCOMER, state, NOW - ago, settled_at=NOW - ago)


@pytest.mark.parametrize(
    ("by", "speaks", "coordinator", "represented", "ago", "expected"),
    [
        (SOMEBODY, True, False, True, SOON, True),
        (SOMEBODY, True, True, True, LATE, True),
        (SOMEBODY, False, False, True, LATE, False),
        (SOMEBODY, False, True, True, SOON, False),  # the representatives come first
        (SOMEBODY, False, True, True, LATE, True),
        (SOMEBODY, False, True, False, SOON, True),
        (SOMEBODY, False, False, False, LATE, False),
        (NEWCOMER, False, True, False, LATE, False),  # a coordinator does not admit themselves
        (NEWCOMER, True, True, True, LATE, False),
    ],
)
def test_who_may_settle(
    by: int, speaks: bool, coordinator: bool, represented: bool, ago: timedelta, expected: bool
) -> None:
    allowed = may_settle(
        asked(ago),
        NOW,
        by=by,
        speaks_for_it=speaks,
        coordinator=coordinator,
        represented=represented,
    )
    assert allowed is expected


@pytest.mark.parametrize(
    ("ago", "represented", "state", "expected"),
    [
        (SOON, True, AdmissionState.ASKED, False),
        (SOON, False, AdmissionState.ASKED, True),
        (LATE, True, AdmissionState.ASKED, True),
        (LATE, False, AdmissionState.DECLINED, False),
    ],
)
def test_when_it_waits_for_coordinators(
    ago: timedelta, represented: bool, state: AdmissionState, expected: bool
) -> None:
    assert waits_for_coordinators(asked(ago, state), NOW, represented=represented) is expected


@pytest.mark.parametrize(
    ("name", "published", "represented", "expected"),
    [
        ("Stadtwerke", True, True, True),
        ("Stadtwerke", True, False, True),
        ("Stadtwerke", False, True, False),  # a draft, or hidden by its people
        ("Stadtwerke", False, False, True),  # waits for somebody
        (None, True, True, False),
    ],
)
def test_what_may_be_joined(
    name: str | None, published: bool, represented: bool, expected: bool
) -> None:
    one = Organisation(1, name, published_at=NOW if published else None)
    assert open_to_newcomers(one, represented=represented) is expected


@pytest.mark.parametrize(
    ("state", "ago", "expected"),
    [
        (AdmissionState.DECLINED, NOT_AGAIN_FOR - SOON, False),
        (AdmissionState.DECLINED, NOT_AGAIN_FOR, True),
        (AdmissionState.WITHDRAWN, SOON, True),
        (AdmissionState.EXPIRED, SOON, True),
        (AdmissionState.ASKED, SOON, True),
    ],
)
def test_who_was_declined_waits_a_while(
    state: AdmissionState, ago: timedelta, expected: bool
) -> None:
    assert may_ask_again(asked(ago, state), NOW) is expected
    assert may_ask_again(None, NOW)
