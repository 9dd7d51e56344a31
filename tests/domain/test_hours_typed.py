"""Hours as people type them, and what are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import QuietHours
from domain.rules.hours_typed import hours_in


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("22-7", "22:00", "7:00"),
        ("22 – 7", "22:00", "7:00"),
        ("22:30 bis 6:00", "22:30", "6:00"),
        ("von 22 Uhr bis 7 Uhr", "22:00", "7:00"),
        ("zwischen 20.30 und 7.15 Uhr", "20:30", "7:15"),
        ("10 abends bis 6 morgens", "22:00", "6:00"),
        ("10pm-6am", "22:00", "6:00"),
        ("from 10:30 p.m. to 6 a.m.", "22:30", "6:00"),
        ("12am to 12pm", "0:00", "12:00"),
        ("from 22 to 7 o'clock", "22:00", "7:00"),
        ("de 22h30 à 6h", "22:30", "6:00"),
        ("de 10 heures du soir à 7 heures du matin", "22:00", "7:00"),
        ("de 10 de la noche a 6 de la mañana", "22:00", "6:00"),
        ("de las 22 a las 7 horas", "22:00", "7:00"),
        ("das 22h às 7h", "22:00", "7:00"),
        ("das 10 da noite às 6 da manhã", "22:00", "6:00"),
        ("з 22 до 7", "22:00", "7:00"),
        ("з 22:00 до 7:00 години", "22:00", "7:00"),
        ("з 10 вечора до 6 ранку", "22:00", "6:00"),
        ("٢٢-٧", "22:00", "7:00"),
        ("من الساعة ١٠ مساءً إلى ٦ صباحًا", "22:00", "6:00"),
        ("من ١٠:٣٠ م حتى ٦ ص", "22:30", "6:00"),
        ("20-24", "20:00", "0:00"),
        ("12-13", "12:00", "13:00"),
    ],
)
def test_hours_are_understood(text: str, start: str, end: str) -> None:
    def minutes(time: str) -> int:
        hour, minute = time.split(":")
        return int(hour) * 60 + int(minute)

    assert hours_in(text) == QuietHours(minutes(start), minutes(end))


@pytest.mark.parametrize(
    "text",
    [
        "", "22", "nachts", "22-22", "0-24", "25-7", "22:61-7", "22-7-9", "99-100", "22pm-6am x",
        "22 oder 7", "Berlin 22-7", "/settings", "2230-0600", "1.1.2026", "x" * 200, "2026-12-31",
        "-1 - 7:99", "22:30:15-7",
    ],
)  # fmt: skip
def test_what_are_no_hours(text: str) -> None:
    assert hours_in(text) is None


@given(
    st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789:-hmp ")), max_size=60)
)
def test_any_text_at_all_is_taken(text: str) -> None:
    found = hours_in(text)
    assert found is None or (0 <= found.start < 1440 and 0 <= found.end < 1440)
