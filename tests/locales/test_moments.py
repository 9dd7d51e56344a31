"""Zones are named after their cities, in the reader's letters."""

from datetime import date

import pytest

from domain.languages import LANGUAGES
from locales.moments import zone_city
from locales.speech import speech
from tests.support.chat import read


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("uk", "Europe/Kyiv", "Київ"),
        ("uk", "Europe/Kiev", "Київ"),
        ("ar", "Europe/Kyiv", "كييف"),
        ("de", "Europe/Kyiv", "Kyiv"),
        ("uk", "Europe/Berlin", "Берлін"),
        ("ar", "Asia/Amman", "عمّان"),
        ("ar", "America/Argentina/Buenos_Aires", "بوينوس أيرس"),
        ("es", "America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("de", "Africa/Lusaka", "Lusaka"),
    ],
)
def test_the_city_of_a_zone(language: str, zone: str, city: str) -> None:
    assert read(zone_city(speech(language), zone)) == city


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_at_the_end_of_a_sentence_brings_no_second_stop(language: str) -> None:
    say = speech(language)
    day = say.date(date(2026, 12, 21))
    said = read(say("erase-planned", when=day))
    assert ".." not in said
    assert day in said
