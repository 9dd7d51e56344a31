"""Zones as people type them, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.hours import known_zone
from domain.rules.zones_typed import offset_of, zone_in


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" america/new york ", "America/New_York"),
        ("UTC", "UTC"),
        ("GMT", "UTC"),
        ("+0", "UTC"),
        ("UTC+3", "Etc/GMT-3"),
        ("GMT -4", "Etc/GMT+4"),
        ("+03:00", "Etc/GMT-3"),
        ("UTC−5", "Etc/GMT+5"),
        ("UTC+٣", "Etc/GMT-3"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("+0545", "Asia/Kathmandu"),
        ("UTC+14", "Etc/GMT-14"),
    ],
)
def test_a_zone_is_understood(text: str, zone: str) -> None:
    assert zone_in(text) == zone
    assert known_zone(zone)


@pytest.mark.parametrize(
    "text",
    ["", "Berlin", "Europe", "Nowhere/City", "../etc/passwd", "UTC+15", "UTC-13", "UTC+2:17",
     "posix/Europe/Berlin", "Etc/GMT-3", "3", "+", "CET", "x" * 500],
)  # fmt: skip
def test_what_is_no_zone(text: str) -> None:
    assert zone_in(text) is None


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Etc/GMT-3", "UTC+3"), ("Etc/GMT+4", "UTC-4"), ("UTC", "UTC"), ("Europe/Berlin", None)],
)
def test_an_offset_is_shown_as_it_was_chosen(zone: str, said: str | None) -> None:
    assert offset_of(zone) == said


@given(st.text(max_size=60))
def test_any_text_at_all_is_taken(text: str) -> None:
    zone = zone_in(text)
    assert zone is None or known_zone(zone)
