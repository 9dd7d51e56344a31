"""What a person typed, made fit to be kept."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.plain_text import cleaned, looks_like_markup, says_something


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  Anna   Vogt ", "Anna Vogt"),
        ("Anna\nVogt\t!", "Anna Vogt !"),
        ("\u202eAnna\u202c", "Anna"),
        ("\u200f\u200eAnna\u2066\u2069", "Anna"),
        ("An\u00adna", "Anna"),
        ("Anna\x00\x07", "Anna"),
        ("Anna\u2028Vogt\u2029", "Anna Vogt"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩", "👩\u200d👩"),
        ("\ud83d", ""),
        ("\ue000x", "x"),
        ("\ufeffx", "x"),
    ],
)
def test_cleaned(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert once == once.strip()
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in once)
    assert "\u202e" not in once


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", False), ("👍🏽", False), ("...", False), ("_", False), ("\u3164", False),
     ("\u115f\u1160", False), ("\u2800", False), ("a", True), ("7", True), ("ж", True), ("م", True),
     ("👍 ja", True)],
)  # fmt: skip
def test_says_something(text: str, expected: bool) -> None:
    assert says_something(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("<b>", True), ("a > b", True), ("{name}", True), ("\\n", True), ("A & B", False),
     ("O'Neill", False), ('"Zweckverband"', False), ("Straße 1/2", False), ("a@b.de", False)],
)  # fmt: skip
def test_looks_like_markup(text: str, expected: bool) -> None:
    assert looks_like_markup(text) is expected
