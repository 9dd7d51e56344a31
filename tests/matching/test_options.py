"""Named options in free words: whole names, never parts of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.languages import LANGUAGES
from domain.organisations import Kind, Sector
from locales import names
from locales.speech import speech
from matching.options import nearest

SECTORS = names.sectors_in_all_languages()
KINDS = names.kinds_in_all_languages()
SPOKEN = names.languages_in_all_languages()


@pytest.mark.parametrize(
    ("said", "options", "meant"),
    [
        ("Abwasser", SECTORS, "wastewater"),
        ("abwaser", SECTORS, "wastewater"),
        ("Водопостачання", SECTORS, "water_supply"),
        ("الصرف الصحي", SECTORS, "wastewater"),
        ("Déchets", SECTORS, "waste"),
        ("Landkreis", KINDS, "district"),
        ("municipio", KINDS, "municipality"),
        ("Zweckverband", KINDS, "association"),
        ("громада", KINDS, "municipality"),
        ("Kiswahili", SPOKEN, "sw"),
        ("Swahili", SPOKEN, "sw"),
        ("français", SPOKEN, "fr"),
        ("العربية", SPOKEN, "ar"),
        ("АНГЛІЙСЬКА", SPOKEN, "en"),
    ],
)
def test_what_is_meant(said: str, options: dict[str, tuple[str, ...]], meant: str | None) -> None:
    found = nearest(said, options)
    assert (found[0].option if found else None) == meant


@pytest.mark.parametrize(
    "said", ["", " ", "a", "AI", "US", "e", "👍", "ъщжх", "-" * 300, "x" * 5000]
)
def test_what_is_no_name_means_nothing(said: str) -> None:
    for options in (SECTORS, KINDS, SPOKEN):
        assert nearest(said, options) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_on_a_button_is_exact(language: str) -> None:
    say = speech(language)
    for start, ids, options in (("kind", Kind, KINDS), ("sector", Sector, SECTORS)):
        for one in ids:
            first = nearest(say.plain(f"{start}-{one.value}"), options)[0]
            assert (first.option, first.exact) == (one.value, True)


@given(st.text(max_size=300), st.integers(1, 5))
def test_guesses_are_few_known_and_in_order(said: str, limit: int) -> None:
    found = nearest(said, SECTORS, limit=limit)
    assert len(found) <= limit
    assert [one.option for one in found] == list(dict.fromkeys(one.option for one in found))
    assert all(one.option in SECTORS and 0.78 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
