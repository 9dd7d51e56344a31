"""Whose an introduction is, and how it stands."""

import pytest

from domain.introductions import Introduction, IntroductionState
from tests.support.profiles import NOON


def introduction(state: IntroductionState) -> Introduction:
    return Introduction(1, asking=10, asked=20, asked_by=5, state=state, asked_at=NOON)


@pytest.mark.parametrize("state", IntroductionState)
def test_only_what_was_asked_is_open(state: IntroductionState) -> None:
    assert introduction(state).open is (state is IntroductionState.ASKED)


@pytest.mark.parametrize(
    ("state", "organisation", "expected"),
    [
        (IntroductionState.DECLINED, 20, True),
        (IntroductionState.DECLINED, 10, False),
        (IntroductionState.DECLINED, 30, False),
        (IntroductionState.EXPIRED, 20, False),
        (IntroductionState.ACCEPTED, 20, False),
    ],
)
def test_who_has_declined(state: IntroductionState, organisation: int, expected: bool) -> None:
    assert introduction(state).declined_by(organisation) is expected


@pytest.mark.parametrize(("organisation", "expected"), [(10, True), (20, True), (30, False)])
def test_whom_it_concerns(organisation: int, expected: bool) -> None:
    assert introduction(IntroductionState.ASKED).concerns(organisation) is expected


def test_the_other_side() -> None:
    one = introduction(IntroductionState.ASKED)
    assert (one.other(10), one.other(20)) == (20, 10)
