"""Until when an organisation takes no further partner, as people of each language say it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.languages import LANGUAGES
from domain.rules.fullness import day_of, months_after, months_of, option_in

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("said", "language", "option"),
    [
        ("30.06.2027", "de", "2027-06-30"),
        ("bis 30. Juni 2027", "de", "2027-06-30"),
        ("30 June 2027", "en", "2027-06-30"),
        ("30 juin 2027", "fr", "2027-06-30"),
        ("30 de junio de 2027", "es", "2027-06-30"),
        ("30/06/2027", "pt", "2027-06-30"),
        ("30 червня 2027", "uk", "2027-06-30"),
        ("٣٠ حزيران ٢٠٢٧", "ar", "2027-06-30"),
        ("30.06.2020", "de", "2020-06-30"),
        ("6 Monate", "de", "m6"),
        ("for 3 months", "en", "m3"),
        ("6 mois", "fr", "m6"),
        ("12 meses", "es", "m12"),
        ("3 meses", "pt", "m3"),
        ("2 роки", "uk", "m24"),
        ("5 років", "uk", "m60"),
        ("6 місяців", "uk", "m6"),
        ("٦ أشهر", "ar", "m6"),
        ("2 Jahre", "de", "m24"),
        ("3 Leute", "de", None),
        ("900 Monate", "de", None),
        ("bald", "de", None),
    ],
)
def test_what_is_said_is_an_option(said: str, language: str, option: str | None) -> None:
    assert option_in(said, language, TODAY) == option


@pytest.mark.parametrize(
    ("option", "day"),
    [
        ("not", TODAY),
        ("m3", date(2026, 6, 30)),
        ("m6", date(2026, 9, 30)),
        ("m12", date(2027, 3, 31)),
        ("m11", date(2027, 2, 28)),
        ("2027-06-30", date(2027, 6, 30)),
        ("m0", None),
        ("m999", None),
        ("x", None),
        ("", None),
        ("2027-02-30", None),
    ],
)
def test_an_option_is_a_day(option: str, day: date | None) -> None:
    assert day_of(option, TODAY) == day


@given(st.dates(max_value=date(2200, 1, 1)), st.integers(1, 120))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_whatever_is_said_an_option_can_be_settled(said: str, language: str) -> None:
    option = option_in(said, language, TODAY)
    assert option is None or day_of(option, TODAY) is not None
    assert option is None or months_of(option) is not None or date.fromisoformat(option)
