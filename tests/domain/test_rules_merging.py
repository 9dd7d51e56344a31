"""Whose facts are shown once two organisations are one."""

from dataclasses import replace

import pytest

from domain.rules.merging import may_fill
from tests.support.profiles import NOON, typical


@pytest.mark.parametrize(
    ("goes_is_seen", "stays_is_seen", "may"),
    [
        (True, True, True),
        (True, False, True),
        (False, False, True),
        (False, True, False),
    ],
)
def test_what_nobody_sees_is_not_shown(goes_is_seen: bool, stays_is_seen: bool, may: bool) -> None:
    one = typical().organisation
    assert one is not None
    goes, stays = [
        replace(one, published_at=NOON if seen else None) for seen in (goes_is_seen, stays_is_seen)
    ]
    assert may_fill(goes, stays) is may
