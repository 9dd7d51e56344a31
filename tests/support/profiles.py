"""Profiles for tests: nothing stated, as people are, and as much as can be stated."""

from datetime import UTC, date, datetime

from domain.organisations import Form, Kind, Organisation, Sector, Size
from domain.people import Detail, Person
from domain.places import Place, PlaceKind
from domain.profiles import Profile
from domain.regions import country_codes, load_regions
from domain.topics import load_topics
from locales import names

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONGEST = ('Wasser & Abwasser\'s "Zweckverband" ' * 9)[:119] + "&"
DRESDEN = Place(
    "geonames:2935022", PlaceKind.CITY, "Dresden", "DE", 51.05, 13.74, "Europe/Berlin", 556_227,
    "Sachsen",
)  # fmt: skip


def bare(language: str = "en") -> Profile:
    """Somebody who has agreed and said nothing."""
    return Profile(Person(1, 7_000_000_001, language, NOON))


def typical(language: str = "en") -> Profile:
    """A utility with two topics each way."""
    person = Person(
        2, 7_000_000_002, language, NOON, "Anna Vogt", "Leiterin Abwasser", "anna@example.de",
        "+49 351 8220", frozenset({Detail.NAME, Detail.EMAIL}),
    )  # fmt: skip
    organisation = Organisation(
        20, "Stadtentwässerung Musterstadt", Kind.UTILITY, frozenset({Sector.WASTEWATER}), DRESDEN,
        frozenset({"sludge", "drinking_water"}), frozenset({"solar", "wastewater"}),
        frozenset({"de", "en"}), frozenset({"UA", "east_africa"}), NOON,
        forms=frozenset({Form.MENTEE, Form.VISITS}), size=Size.LARGE, active=True,
        sdgs=frozenset({"6", "13"}),
        regions_excluded=frozenset({"asia"}), full_until=date(2026, 3, 1),
    )  # fmt: skip
    return Profile(person, organisation)


def extreme(language: str = "en") -> Profile:
    """Everything that there is, as long as it may be."""
    place = Place(
        "own:landkreis", PlaceKind.DISTRICT, "&" * 80, "DE", 0.0, 0.0, "Europe/Berlin", 0, "&" * 80
    )
    person = Person(
        3, 7_000_000_003, language, NOON, LONGEST, LONGEST, "a" * 64 + "@" + "b" * 180 + ".example",
        "+49 351 82200000000", frozenset(Detail),
    )  # fmt: skip
    everything = Organisation(
        30, LONGEST, Kind.ASSOCIATION, frozenset(Sector), place,
        frozenset(load_topics()), frozenset(load_topics()),
        frozenset(names.languages_in_all_languages()),
        frozenset(country_codes()) | frozenset(load_regions()), NOON, example=True,
        forms=frozenset(Form), size=Size.METROPOLITAN, active=False, sdgs=frozenset(names.GOALS),
        regions_excluded=frozenset(country_codes()) - {"DE", "UA"},
        full_until=date(2099, 9, 30),
    )  # fmt: skip
    return Profile(person, everything)


ALL = {"bare": bare, "typical": typical, "extreme": extreme}
