import pytest

from domain.regions import (
    ANYWHERE,
    LANGUAGES,
    countries_of,
    country_codes,
    country_nicknames,
    load_regions,
)

MEMBERS = [
    ("east_africa", "TZ", True),
    ("east_africa", "RW", True),
    ("east_africa", "SN", False),
    ("west_africa", "SN", True),
    ("southern_africa", "ZA", True),
    ("sub_saharan_africa", "TZ", True),
    ("sub_saharan_africa", "MA", False),
    ("north_africa", "MA", True),
    ("maghreb", "TN", True),
    ("maghreb", "EG", False),
    ("mena", "JO", True),
    ("mena", "MA", True),
    ("mena", "UA", False),
    ("latin_america", "PE", True),
    ("latin_america", "MX", True),
    ("latin_america", "HT", True),
    ("latin_america", "US", False),
    ("eu", "DE", True),
    ("eu", "UA", False),
    ("eu", "GB", False),
    ("europe", "UA", True),
    ("europe", "XK", True),
    ("western_balkans", "AL", True),
    ("western_balkans", "HR", False),
    ("eastern_partnership", "MD", True),
    ("caucasus", "GE", True),
    ("central_asia", "KG", True),
    ("black_sea", "UA", True),
    ("sahel", "BF", True),
    ("great_lakes_africa", "RW", True),
    (ANYWHERE, "DE", True),
]


@pytest.mark.parametrize(("region", "country", "inside"), MEMBERS)
def test_a_region_holds_the_countries_that_people_expect(region, country, inside):
    assert (country in countries_of(region)) is inside


def test_a_country_code_means_that_country():
    assert countries_of("UA") == {"UA"}
    assert countries_of("ua") == {"UA"}


@pytest.mark.parametrize("unknown", ["", "atlantis", "ZZ", "Ukraine", "world:europe"])
def test_an_unknown_word_means_no_country(unknown):
    assert countries_of(unknown) == frozenset()


@pytest.mark.parametrize("region", load_regions().values(), ids=lambda region: region.id)
def test_every_region_has_a_label_in_every_language(region):
    labels = {language: region.label(language) for language in LANGUAGES}
    assert all(label.strip() == label != "" for label in labels.values())
    assert region.countries


def test_labels_are_in_the_language_asked_for():
    region = load_regions()["east_africa"]
    assert region.label("de") == "Ostafrika"
    assert region.label("ar") == "شرق أفريقيا"
    assert region.label("xx") == "East Africa"


def test_no_two_regions_share_a_label():
    for language in LANGUAGES:
        labels = [region.label(language) for region in load_regions().values()]
        assert len(labels) == len(set(labels))


def test_anywhere_holds_every_country_that_a_region_holds():
    for region in load_regions().values():
        assert region.countries <= country_codes()
    assert len(country_codes()) == 250


def test_nicknames_are_of_known_countries():
    assert set(country_nicknames()) <= country_codes()
