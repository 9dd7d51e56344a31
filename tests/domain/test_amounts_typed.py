"""How many, as people of each language type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.organisations import Size, size_of
from domain.rules.amounts_typed import amount_in


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("85000", 85_000),
        ("85.000 Einwohner", 85_000),
        ("85,000 people", 85_000),
        ("85 000 habitants", 85_000),
        ("environ 85\u202f000", 85_000),
        ("85'000", 85_000),
        ("1.250.000", 1_250_000),
        ("1,2 Mio.", 1_200_000),
        ("2 Millionen", 2_000_000),
        ("1.5 million", 1_500_000),
        ("2 millions", 2_000_000),
        ("3 millones", 3_000_000),
        ("2 milhões", 2_000_000),
        ("1 milhão", 1_000_000),
        ("1,5 мільйона", 1_500_000),
        ("3 млн", 3_000_000),
        ("٨٥٠٠٠ نسمة", 85_000),
        ("٨٥ ألف", 85_000),
        ("2 مليون", 2_000_000),
        ("85 тис.", 85_000),
        ("85 Tsd.", 85_000),
        ("20 mil", 20_000),
        ("85k", 85_000),
        ("12 Dörfer", 12),
    ],
)
def test_a_number_is_read(typed: str, amount: int) -> None:
    assert amount_in(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "viele", "0", "20.000 bis 100.000", "1.2.3", "12.34.56", "9" * 40, "½", "²", "85,0000"],
)
def test_no_number_is_guessed(typed: str) -> None:
    assert amount_in(typed) is None


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_number_in_bounds_or_none(text: str) -> None:
    amount = amount_in(text)
    assert amount is None or 0 < amount < 10**10


@pytest.mark.parametrize(
    ("people", "size"),
    [
        (1, Size.SMALL),
        (20_000, Size.SMALL),
        (20_001, Size.MEDIUM),
        (100_000, Size.MEDIUM),
        (500_000, Size.LARGE),
        (500_001, Size.METROPOLITAN),
    ],
)
def test_sizes(people: int, size: Size) -> None:
    assert size_of(people) is size
