import csv
import os
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.places import PlaceKind
from matching.place_names import key
from matching.places import PlaceFinding

AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
NO_EVAL = "EVAL_DIR is unset: no places to measure on"

MEANT = [
    # plain, with what stands around it, written without accents
    ("de", "Dresden", "geonames:2935022"),
    ("de", "Landeshauptstadt Dresden", "geonames:2935022"),
    ("de", "Stadtwerke Karlsruhe GmbH", "geonames:2892794"),
    ("de", "Wir sind in Dresden", "geonames:2935022"),
    ("de", "Koeln", "geonames:2886242"),
    ("de", "Koln", "geonames:2886242"),
    ("de", "Berliner Wasserbetriebe", "geonames:2950159"),
    ("de", "Kiew", "geonames:703448"),
    ("de", "Amman, Jordanien", "geonames:250441"),
    ("de", "Amman Jordanien", "geonames:250441"),
    ("en", "City of Durban", "geonames:1007311"),
    ("en", "Lilongwe City Council", "geonames:927967"),
    ("en", "I am from Lviv, Ukraine", "geonames:702550"),
    ("en", "Toledo, Ohio", "geonames:5174035"),
    ("fr", "Mairie de Dakar", "geonames:2253354"),
    ("fr", "Ville d'Alger", "geonames:2507480"),
    ("fr", "Commune de Kidira", "geonames:2249892"),
    ("es", "Municipalidad de Cajamarca, Perú", "geonames:3699088"),
    ("es", "Ayuntamiento de Sevilla", "geonames:2510911"),
    ("es", "Córdoba, Argentina", "geonames:3860259"),
    ("pt", "Prefeitura Municipal de Curitiba", "geonames:3464975"),
    ("pt", "Câmara Municipal de Lisboa", "geonames:2267057"),
    ("pt", "Sao Paulo", "geonames:3448439"),
    ("uk", "м. Львів", "geonames:702550"),
    ("uk", "у Харкові", "geonames:706483"),
    ("uk", "зі Львова", "geonames:702550"),
    ("uk", "Ужгорода", "geonames:690548"),
    ("uk", "в Одесі", "geonames:698740"),
    ("uk", "Львівська міська рада", "geonames:702550"),
    ("uk", "Львівводоканал", "geonames:702550"),
    ("ar", "بلدية الرمثا", "geonames:250336"),
    ("ar", "مدينة الرباط", "geonames:2538475"),
    ("ar", "رباط", "geonames:2538475"),
    # CLDR's names of towns in our languages
    ("es", "Puerto Príncipe", "geonames:3718426"),
    ("ar", "بورت أو برنس", "geonames:3718426"),
    # words and short names that we do not know around a city's name; the country first
    ("de", "AWB Köln", "geonames:2886242"),
    ("de", "Enercity Hannover", "geonames:2910831"),
    ("de", "Leipziger Gruppe", "geonames:2879139"),
    ("de", "Freiburg i. Br.", "geonames:2925177"),
    ("en", "Kampala Capital City Authority", "geonames:232422"),
    ("en", "Mayor's office of Tirana", "geonames:3183875"),
    ("en", "Blantyre Water Board", "geonames:931755"),
    ("en", "Germany, Munich", "geonames:2867714"),
    ("fr", "ONEA Ouagadougou", "geonames:2357048"),
    ("fr", "Communauté urbaine de Nouakchott", "geonames:2377450"),
    ("fr", "Grand Lyon", "geonames:2996944"),
    ("fr", "Tunisie, Bizerte", "geonames:2472706"),
    ("es", "SEDAPAR Arequipa", "geonames:3947322"),
    ("pt", "Moçambique, Nampula", "geonames:1033356"),
    ("uk", "у Кривому Розі", "geonames:703845"),
    ("uk", "КП «Харківводоканал»", "geonames:706483"),
    ("ar", "بلدية إربد الكبرى", "geonames:248946"),
    # gaps of the list of towns
    ("de", "Enzkreis", "own:enzkreis"),
    ("de", "Landkreis Traunstein", "own:landkreis-traunstein"),
    ("de", "LK Görlitz", "own:landkreis-goerlitz"),
    ("de", "Kreis Plön", "own:kreis-ploen"),
    ("de", "Ilmkreis", "own:ilm-kreis"),
    ("de", "Treptow-Köpenick", "own:treptow-koepenick"),
    ("de", "Bezirksamt Treptow-Köpenick", "own:treptow-koepenick"),
    ("de", "Gemeinde Pfinztal", "own:pfinztal"),
    ("fr", "Rachiine", "own:rachiine"),
    ("ar", "رشعين", "own:rachiine"),
    # countries
    ("de", "Elfenbeinküste", "country:CI"),
    ("de", "DR Kongo", "country:CD"),
    ("en", "the USA", "country:US"),
    ("en", "UK", "country:GB"),
    ("fr", "le Maroc", "country:MA"),
    ("es", "EE. UU.", "country:US"),
    ("pt", "Moçambique", "country:MZ"),
    ("uk", "Кот-д'Івуар", "country:CI"),
    ("uk", "в Україні", "country:UA"),
    ("ar", "الأردن", "country:JO"),
    # parts of the world
    ("de", "Ostafrika", "world:east_africa"),
    ("de", "egal", "world:anywhere"),
    ("en", "MENA", "world:mena"),
    ("fr", "Afrique de l'Ouest", "world:west_africa"),
    ("es", "América Latina y el Caribe", "world:latin_america"),
    ("pt", "Leste Europeu", "world:eastern_europe"),
    ("uk", "у Східній Африці", "world:east_africa"),
    ("de", "am Mittelmeer", "world:mediterranean"),
    ("de", "Subsahara", "world:sub_saharan_africa"),
    ("de", "Länder am Nil", "world:nile_basin"),
    ("fr", "autour de la Méditerranée", "world:mediterranean"),
    ("es", "países del Cono Sur", "world:southern_cone"),
    ("uk", "у Карпатах", "world:carpathian_region"),
    ("ar", "شمال إفريقيا", "world:north_africa"),
]

MISSPELT = [
    ("de", "Dreseden", "geonames:2935022"),
    ("es", "Managa", "geonames:3617763"),
    ("de", "Karlsrhue", "geonames:2892794"),
    ("en", "Johanesburg", "geonames:993800"),
    ("fr", "Marseile", "geonames:2995469"),
    ("es", "Barcelna", "geonames:3128760"),
    ("pt", "Curitba", "geonames:3464975"),
    ("uk", "Тернопіьл", "geonames:691650"),
    ("ar", "مراكس", "geonames:2542997"),
    ("en", "Ukrane", "country:UA"),
    ("de", "Osttafrika", "world:east_africa"),
]

SOUNDING = [
    ("uk", "Капірі-Мпоші", "Kapiri Mposhi"),
    ("uk", "Карутапера", "Carutapera"),
    ("ar", "مازابوكا", "Mazabuka"),
]

NAMESAKES = [
    ("es", "Cajamarca", {"PE", "CO"}),
    ("es", "Córdoba", {"AR", "ES", "MX"}),
    ("es", "San Carlos", {"CR", "VE", "CL"}),
    ("en", "Tripoli", {"LY", "LB"}),
    ("ar", "طرابلس", {"LY", "LB"}),
    ("ar", "عمان", {"OM", "JO"}),
]

NO_PLACES = [
    ("de", "Trinkwasser"),
    ("de", "Abfallwirtschaft"),
    ("de", "unsere Pumpen fressen den ganzen Strom"),
    ("en", "solar power for schools"),
    ("en", "waste collection"),
    ("en", "retail"),
    ("en", "AI"),
    ("fr", "école"),
    ("es", "escuela"),
    ("pt", "resíduos"),
    ("uk", "водопостачання"),
    ("ar", "نفايات"),
    ("de", "🙂🙂🙂"),
    ("de", "12345"),
    ("de", "???"),
    ("de", ""),
    ("de", "qwertzuiop"),
    ("de", "Stadt"),
]


@pytest.mark.parametrize(("language", "text", "place_id"), MEANT)
def test_what_people_say_is_the_place_they_mean(gazetteer, language, text, place_id):
    finding = gazetteer.find(text, language)
    assert finding.guesses[0].place.id == place_id
    assert finding.guesses[0].exact


@pytest.mark.parametrize(("language", "text", "place_id"), MISSPELT)
def test_a_misspelt_name_is_guessed_and_asked_about(gazetteer, language, text, place_id):
    finding = gazetteer.find(text, language)
    assert finding.guesses[0].place.id == place_id
    assert not finding.guesses[0].exact
    assert not finding.certain
    assert 0 < finding.guesses[0].score < 1


@pytest.mark.parametrize(("language", "text", "name"), SOUNDING)
def test_a_town_known_in_latin_letters_is_found_by_its_sound(gazetteer, language, text, name):
    finding = gazetteer.find(text, language)
    assert (finding.guesses[0].place.name, finding.certain) == (name, False)


@pytest.mark.parametrize(("language", "text", "countries"), NAMESAKES)
def test_namesakes_are_asked_about(gazetteer, language, text, countries):
    finding = gazetteer.find(text, language)
    assert not finding.certain
    assert countries <= {guess.place.country for guess in finding.guesses}


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "Djibouti"), ("es", "Guatemala"), ("de", "Luxemburg")]
)
def test_a_country_or_its_capital_is_asked_about(gazetteer, language, text):
    finding = gazetteer.find(text, language)
    kinds = [guess.place.kind for guess in finding.guesses[:2]]
    assert (kinds, finding.certain) == ([PlaceKind.COUNTRY, PlaceKind.CITY], False)


@pytest.mark.parametrize(("language", "text"), NO_PLACES)
def test_what_is_no_place_finds_none(gazetteer, language, text):
    assert gazetteer.find(text, language) == PlaceFinding()


def test_a_country_is_a_must(gazetteer):
    finding = gazetteer.find("Cajamarca", "es", country="CO")
    assert [guess.place.country for guess in finding.guesses] == ["CO"]
    assert finding.certain
    assert gazetteer.find("Dresden", "de", country="PE").guesses == ()


def test_kinds_are_a_must(gazetteer):
    assert gazetteer.find("Lviv", "en", kinds=AREAS).guesses == ()
    finding = gazetteer.find("Guatemala", "es", kinds=frozenset({PlaceKind.CITY}))
    assert finding.guesses[0].place.kind is PlaceKind.CITY


def test_no_more_guesses_than_asked_for(gazetteer):
    assert len(gazetteer.find("San Carlos", "es", limit=3).guesses) == 3
    assert gazetteer.find("San Carlos", "es", limit=0).guesses == ()


SEVERAL = [
    ("de", "Jordanien, Ostafrika und die Ukraine", ["country:JO", "world:east_africa",
                                                  "country:UA"]),
    ("de", "Bosnien und Herzegowina und Togo", ["country:BA", "country:TG"]),
    ("en", "Trinidad and Tobago; Peru", ["country:TT", "country:PE"]),
    ("fr", "Afrique de l'Ouest et le Maroc", ["world:west_africa", "country:MA"]),
    ("es", "América Latina y el Caribe, Ucrania", ["world:latin_america", "country:UA"]),
    ("pt", "São Tomé e Príncipe e Angola", ["country:ST", "country:AO"]),
    ("uk", "Україна, Молдова та Східна Африка", ["country:UA", "country:MD",
                                               "world:east_africa"]),
    ("ar", "الأردن وشرق أفريقيا وأوكرانيا", ["country:JO", "world:east_africa", "country:UA"]),
    ("de", "weltweit", ["world:anywhere"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "ids"), SEVERAL)
def test_several_places_in_one_text_come_one_by_one(gazetteer, language, text, ids):
    found = gazetteer.find_all(text, language, kinds=AREAS)
    assert [finding.place and finding.place.id for _, finding in found] == ids


def test_a_piece_that_is_no_place_is_handed_back_with_nothing(gazetteer):
    found = gazetteer.find_all("Peru, Trinkwasser", "de", kinds=AREAS)
    assert [(piece, finding.certain) for piece, finding in found] == [
        ("Peru", True),
        ("Trinkwasser", False),
    ]


@settings(max_examples=300)
@given(text=st.text(max_size=300), language=st.sampled_from(["de", "uk", "ar", "xx", ""]))
def test_nothing_that_people_write_raises(gazetteer, text, language):
    finding = gazetteer.find(text, language)
    assert all(0 <= guess.score <= 1 for guess in finding.guesses)
    assert len(gazetteer.find_all(text, language)) <= 20


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a b " * 50_000, "," * 100_000, "\ud800", "\x00", "و" * 5_000]
)
def test_monstrous_input_is_answered_soon(gazetteer, text):
    started = time.perf_counter()
    gazetteer.find_all(text, "ar")
    assert time.perf_counter() - started < 2


def _rows(name: str) -> list[dict[str, str]]:
    folder = os.environ.get("EVAL_DIR")
    if not folder:
        pytest.skip(NO_EVAL)
    with (Path(folder) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_right(row: dict[str, str], finding: PlaceFinding) -> bool:
    if not finding.guesses:
        return False
    place = finding.guesses[0].place
    if row["level"] == "country":
        return place.id == f"country:{row['country_iso2']}"
    if row["level"] == "district":
        named = key(row["canonical_name"]) in key(place.name)
        return place.kind is PlaceKind.DISTRICT and named
    return place.id == f"geonames:{row['geonameid']}"


def test_public_names_are_found_first(gazetteer):
    rows = _rows("places_dev.tsv")
    right, asked = Counter[str](), Counter[str]()
    for row in rows:
        good = _is_right(row, gazetteer.find(row["query"], row["language"]))
        for group in ("all", row["level"]):
            asked[group] += 1
            right[group] += good
    shares = {group: right[group] / asked[group] for group in asked}
    assert shares["all"] >= 0.95
    assert shares["country"] >= 0.99
    assert shares["district"] >= 0.99
    assert shares["city"] >= 0.92


def test_topics_are_hardly_ever_taken_for_places(gazetteer):
    rows = _rows("topics_dev.tsv")
    taken = [row for row in rows if gazetteer.find(row["query"], row["language"]).guesses]
    assert len(taken) / len(rows) <= 0.05
