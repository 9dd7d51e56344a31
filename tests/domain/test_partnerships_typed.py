"""Existing partnerships as people of each language type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.partnerships import PartnershipKind, Told
from domain.rules.partnerships_typed import ImpossibleYear, partnerships_in
from locales.names import partnerships_in_all_languages

KINDS = partnerships_in_all_languages()
TODAY = date(2026, 3, 2)
CLIMATE, TWINNING = PartnershipKind.CLIMATE, PartnershipKind.TWINNING


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "Lviv, Klimapartnerschaft seit 2022; Masasi",
            (Told("Lviv", CLIMATE, 2022), Told("Masasi")),
        ),
        ("Town twinning with Masasi since 2019", (Told("Masasi", TWINNING, 2019),)),
        ("Jumelage avec Kidira depuis 1998", (Told("Kidira", TWINNING, 1998),)),
        ("Hermanamiento con Cajamarca desde 2001", (Told("Cajamarca", TWINNING, 2001),)),
        ("Geminação com Corinto desde 1988", (Told("Corinto", TWINNING, 1988),)),
        ("Дрезден, кліматичне партнерство з 2022 року", (Told("Дрезден", CLIMATE, 2022),)),
        (
            "لفيف، شراكة من أجل المناخ منذ ٢٠٢٢؛ ماساسي",
            (Told("لفيف", CLIMATE, 2022), Told("ماساسي")),
        ),
        ("Lukanga Water (WOP, 2021)", (Told("Lukanga Water", PartnershipKind.OPERATOR, 2021),)),
        ("Amman\nDurban 2015", (Told("Amman"), Told("Durban", None, 2015))),
        ("Lviv, Ukraine", (Told("Lviv, Ukraine"),)),
        ("Kontaktstelle Nord", (Told("Kontaktstelle Nord"),)),
        ("Klimapartnerschaft seit 2022", ()),
        ("2022", ()),
        ("", ()),
        ("👍;;", ()),
        ("<b>Lviv</b>", ()),
        ("ъ" * 200, ()),
        ("Lviv; Lviv", (Told("Lviv"),)),
    ],
)  # fmt: skip
def test_partner_kind_and_year_are_read(typed: str, told: tuple[Told, ...]) -> None:
    assert partnerships_in(typed, KINDS, TODAY) == told


@pytest.mark.parametrize("year", [1899, 2027, 3022])
def test_a_year_that_cannot_be_is_refused(year: int) -> None:
    with pytest.raises(ImpossibleYear) as impossible:
        partnerships_in(f"Lviv seit {year}", KINDS, TODAY)
    assert impossible.value.year == year


@given(st.text(max_size=200))
def test_whatever_is_typed_a_partner_is_words(text: str) -> None:
    try:
        told = partnerships_in(text, KINDS, TODAY)
    except ImpossibleYear:
        return
    assert all(any(map(str.isalpha, one.partner)) and len(one.partner) <= 120 for one in told)
