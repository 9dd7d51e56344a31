import pytest

from domain.places import PlaceKind

NAMED = [
    # Germany's Länder, in every language
    ("de", "Bayern", "iso:DE-BY"),
    ("de", "Freistaat Sachsen", "iso:DE-SN"),
    ("de", "in Nordrhein-Westfalen", "iso:DE-NW"),
    ("de", "Land Brandenburg", "iso:DE-BB"),
    ("en", "Bavaria", "iso:DE-BY"),
    ("en", "Lower Saxony", "iso:DE-NI"),
    ("fr", "Rhénanie-Palatinat", "iso:DE-RP"),
    ("es", "Baja Sajonia", "iso:DE-NI"),
    ("pt", "Turíngia", "iso:DE-TH"),
    ("uk", "Баварія", "iso:DE-BY"),
    ("ar", "بافاريا", "iso:DE-BY"),
    # oblasts: the name, what people call it, cases, abbreviations
    ("uk", "Львівська область", "iso:UA-46"),
    ("uk", "у Львівській області", "iso:UA-46"),
    ("uk", "Львівська обл.", "iso:UA-46"),
    ("uk", "Львівщина", "iso:UA-46"),
    ("uk", "на Львівщині", "iso:UA-46"),
    ("uk", "Закарпатська обласна рада", "iso:UA-21"),
    ("uk", "Закарпаття", "iso:UA-21"),
    ("en", "Lviv oblast", "iso:UA-46"),
    ("en", "Kharkiv Oblast", "iso:UA-63"),
    ("de", "Oblast Lwiw", "iso:UA-46"),
    ("fr", "oblast de Poltava", "iso:UA-53"),
    # the word for its kind tells a province from its city
    ("fr", "département du Nord", "iso:FR-59"),
    ("fr", "Région de Dakar", "iso:SN-DK"),
    ("fr", "Gouvernorat de Sfax", "iso:TN-61"),
    ("es", "Provincia de Cajamarca", "iso:PE-CAJ"),
    ("es", "Departamento de Antioquia", "iso:CO-ANT"),
    ("es", "Gobierno Regional de Arequipa", "iso:PE-ARE"),
    ("es", "Provincia de Buenos Aires", "iso:AR-B"),
    ("es", "Estado de México", "iso:MX-MEX"),
    ("pt", "Estado de São Paulo", "iso:BR-SP"),
    ("pt", "Província de Benguela", "iso:AO-BGU"),
    ("en", "Irbid Governorate", "iso:JO-IR"),
    ("en", "Lusaka Province", "iso:ZM-09"),
    ("en", "Nakuru County", "iso:KE-31"),
    ("en", "Western Cape", "iso:ZA-WC"),
    ("de", "Provinz Luanda", "iso:AO-LUA"),
    ("ar", "محافظة إربد", "iso:JO-IR"),
    ("ar", "ولاية صفاقس", "iso:TN-61"),
    ("ar", "إقليم كردستان", "iso:IQ-KR"),
    ("de", "Westkap, Südafrika", "iso:ZA-WC"),
]

CITY_FIRST = [
    ("es", "Cajamarca", "PE", "geonames:3699088", "iso:PE-CAJ"),
    ("fr", "Dakar", "SN", "geonames:2253354", "iso:SN-DK"),
    ("ar", "إربد", "JO", "geonames:248946", "iso:JO-IR"),
    ("en", "Lusaka", "ZM", "geonames:909137", "iso:ZM-09"),
    ("pt", "São Paulo", "BR", "geonames:3448439", "iso:BR-SP"),
    ("uk", "Київ", "UA", "geonames:703448", "iso:UA-30"),
]


@pytest.mark.parametrize(("language", "text", "place_id"), NAMED)
def test_a_province_is_found_by_what_people_call_it(gazetteer, language, text, place_id):
    finding = gazetteer.find(text, language)
    assert finding.guesses[0].place.id == place_id
    assert finding.guesses[0].exact


@pytest.mark.parametrize(("language", "text", "country", "city", "province"), CITY_FIRST)
def test_a_city_comes_before_its_province_and_both_are_offered(
    gazetteer, language, text, country, city, province
):
    ids = [guess.place.id for guess in gazetteer.find(text, language, country=country).guesses]
    assert (ids[0], province in ids) == (city, True)


def test_a_city_and_its_province_are_nothing_to_ask_about(gazetteer):
    assert gazetteer.find("Lusaka", "en").certain
    assert gazetteer.find("Provincia de Cajamarca", "es", country="PE").certain


@pytest.mark.parametrize("word", ["Nord", "central", "Centre", "oriental", "شمال", "північ"])
def test_a_direction_alone_is_no_province(gazetteer, word):
    assert gazetteer.find(word, "fr").guesses == ()


def test_a_province_lies_where_its_largest_town_lies(gazetteer):
    place = gazetteer.place("iso:DE-BY")
    assert (place.kind, place.name, place.country) == (PlaceKind.SUBDIVISION, "Bayern", "DE")
    assert (place.latitude, place.longitude) == (pytest.approx(48.14, abs=0.1),
                                                 pytest.approx(11.58, abs=0.1))  # fmt: skip
    assert (place.timezone, place.climate) == ("Europe/Berlin", "Cfb")
    assert gazetteer.geonameid(place) == 2951839


def test_a_profile_that_holds_a_land_under_its_former_id_keeps_it(gazetteer):
    assert gazetteer.place("own:bayern") == gazetteer.place("iso:DE-BY")


def test_nearly_every_province_has_a_position(gazetteer):
    places = [gazetteer.place(id_) for id_ in gazetteer.own_ids() if id_.startswith("iso:")]
    assert len(places) > 4_900
    assert sum(place.latitude is None for place in places) / len(places) < 0.05
