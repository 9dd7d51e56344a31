"""Which known organisation a name means: other scripts, other words, misspelt; and which it does
not mean."""

import pytest

from domain.organisations import Known
from domain.places import Place, PlaceKind
from matching.organisation_names import in_latin, taken_apart
from matching.organisations import similar


def town(number: int, name: str, country: str, latitude: float, longitude: float) -> Place:
    return Place(
        f"geonames:{number}", PlaceKind.CITY, name, country, latitude, longitude, "UTC", 200_000
    )


KASSEL = town(1, "Kassel", "DE", 51.32, 9.5)
LVIV = town(2, "Lviv", "UA", 49.84, 24.02)
AMMAN = town(3, "Amman", "JO", 31.95, 35.93)
BREMEN = town(4, "Bremen", "DE", 53.07, 8.8)

KNOWN = {
    1: Known(1, "Stadtwerke Kassel", KASSEL),
    2: Known(2, "Stadt Kassel", KASSEL),
    3: Known(3, "Львівводоканал", LVIV),
    4: Known(4, "مياهنا", AMMAN),
    5: Known(5, "Hamburg Wasser"),
    6: Known(6, "Retail Energie"),
    7: Known(7, "Bremen Stadtreinigung", BREMEN),
    8: Known(8, "Municipalidad Provincial de Cajamarca"),
    9: Known(9, "Commune de Kißlegg"),
    10: Known(10, "Schulverband 7"),
}


def meant(name: str, *, place: Place | None = None, named: tuple[Place, ...] = ()) -> list[int]:
    ids = frozenset(one.id for one in named)
    found = similar(name, KNOWN.values(), place=place, named_places=ids)
    assert all(0.7 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    return [one.organisation for one in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Stadtwerke Kassel", 1),
        ("stadtwerke  KASSEL GmbH", 1),
        ("Kassel municipal utility", 1),
        ("Stadtwerke Kasel", 1),
        ("Штадтверке Кассель", 1),
        ("Magistrat der Stadt Kassel", 2),
        ("Ville de Kassel", 2),
        ("Lvivvodokanal", 3),
        ("ЛМКП «Львівводоканал»", 3),
        ("Lviv water utility", 3),
        ("Miyahuna", 4),
        ("Hamburger Wasserwerke", 5),
        ("Municipality of Cajamarca", 8),
        ("Gemeinde Kisslegg", 9),
        ("Schulverband 7 e. V.", 10),
    ],
)
def test_the_one_that_is_meant_comes_first(name: str, expected: int) -> None:
    assert meant(name)[:1] == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "AI",  # in "retail"
        "Stadtwerke",  # says nothing of its own
        "Wasser",
        "Stadtwerke Kiel",
        "Aguas del Sur",
        "Schulverband 8",
        "Bramin Stadtreinigung",  # the same consonants, but both write their vowels
        "",
        "🙂",
        "x" * 5000,
    ],
)
def test_others_are_not_offered(name: str) -> None:
    assert meant(name) == []


def test_a_place_that_both_name_stands_for_the_name_in_any_script() -> None:
    assert meant("مرافق كاسل", named=(KASSEL,))[:1] == [1]
    assert 4 in meant("شركة مياه عمّان", named=(AMMAN,))
    assert meant("Amman water company", place=AMMAN) == [4]
    assert meant("Stadtwerke", place=KASSEL) == [1]


def test_another_place_is_another_organisation() -> None:
    assert meant("Stadtwerke Kassel", place=BREMEN) == []
    assert meant("Stadtwerke Kassel", place=LVIV) == []
    suburb = town(9, "Baunatal", "DE", 51.25, 9.41)
    assert meant("Stadtwerke Kassel", place=suburb)[:1] == [1]


def test_a_town_is_not_its_utility_and_water_is_not_waste() -> None:
    assert 1 not in meant("Stadt Kassel")
    assert 2 not in meant("Stadtwerke Kassel")
    assert 7 not in meant("Bremen Wasser", place=BREMEN)


def test_no_more_than_five() -> None:
    many = [Known(number, "Stadtwerke Kassel") for number in range(9)]
    found = similar("Stadtwerke Kassel", many)
    assert [one.organisation for one in found] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Львів", "lviv"), ("Ёлки", "iolky"), ("Київ", "kyiv"), ("عمّان", "aman"), ("Αθήνα", "athina"),
     ("თბილისი", "tbilisi"), ("Königs-Wüster", "koenigs wuester"), ("São", "sao")],
)  # fmt: skip
def test_other_scripts_in_latin_letters(name: str, latin: str) -> None:
    assert in_latin(name) == latin


def test_a_compound_is_taken_apart() -> None:
    assert taken_apart("Lvivvodokanal").own == {"lviv"}
    assert taken_apart("Lvivvodokanal").concepts == {"water"}
    assert taken_apart("Stadtentwässerung Dresden").own == {"dresden"}
