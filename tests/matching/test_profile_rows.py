"""What a row of a coordinator's file says, in any of the seven languages, and what it does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.whatif import reader_for
from domain.organisations import Kind, Sector
from domain.topics import load_topics
from matching.places import Gazetteer
from matching.profile_rows import COLUMNS, RowReader
from matching.topics import Mention, TopicFinder, TopicGuess
from tests.support.topics import by_letters

pytest_plugins = ["tests.support.gazetteer"]


class CountingFinder:
    """Understands texts that are ids of topics with blanks, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        self.asked.append(text)
        topic = text.casefold().replace(" ", "_")
        known = topic in load_topics()
        return (Mention(text, (TopicGuess(topic, 1.0, True),)),) if known else ()


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    return by_letters()


@pytest.fixture
def reader(gazetteer: Gazetteer) -> RowReader:
    return reader_for(CountingFinder(), gazetteer, "en")


def row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"name": "Stadtwerke Muster"} | cells


@pytest.mark.parametrize(
    ("said", "country"),
    [
        *(
            ("DE", "DE"),
            ("de", "DE"),
            ("Deutschland", "DE"),
            ("Germany", "DE"),
            ("Allemagne", "DE"),
        ),
        *(("Україна", "UA"), ("الأردن", "JO"), ("Perú", "PE"), ("Marrocos", "MA"), ("", None)),
    ],
)
def test_countries(reader: RowReader, said: str, country: str | None) -> None:
    read = reader.read(row(country=said), 1)
    assert read.faults == ()
    assert read.profile is not None
    assert read.profile.country == country


@pytest.mark.parametrize(
    ("said", "languages"),
    [
        ("de; en", {"de", "en"}),
        ("Deutsch;Englisch", {"de", "en"}),
        ("українська, English", {"uk", "en"}),
        ("العربية", {"ar"}),
        ("pt-BR/es", {"pt", "es"}),
        ("Ukranian", {"uk"}),
        ("", None),
        (" ; ", None),
    ],
)
def test_languages(reader: RowReader, said: str, languages: set[str] | None) -> None:
    read = reader.read(row(languages=said), 1)
    assert read.faults == ()
    assert read.profile is not None
    assert read.profile.languages == languages


@pytest.mark.parametrize(
    ("said", "regions"),
    [
        ("UA; JO", {"UA", "JO"}),
        ("Ukraine; Ostafrika", {"UA", "east_africa"}),
        ("América Latina", {"latin_america"}),
        ("MENA", {"mena"}),
        ("Німеччина; Польща", {"DE", "PL"}),
    ],
)
def test_regions(reader: RowReader, said: str, regions: set[str]) -> None:
    read = reader.read(row(regions=said), 1)
    assert read.profile is not None
    assert (read.profile.regions, read.unsure) == (regions, ())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("utility", Kind.UTILITY),
        ("Stadtwerke", Kind.UTILITY),
        ("commune", Kind.MUNICIPALITY),
        ("Landkreis", Kind.DISTRICT),
        ("комунальне підприємство", Kind.UTILITY),
        ("بلدية", Kind.MUNICIPALITY),
    ],
)
def test_kinds(reader: RowReader, said: str, kind: Kind) -> None:
    read = reader.read(row(kind=said), 1)
    assert read.profile is not None
    assert (read.profile.kind, read.unsure) == (kind, ())


@pytest.mark.parametrize(
    ("said", "sectors"),
    [
        ("water_supply; Abwasser", {Sector.WATER_SUPPLY, Sector.WASTEWATER}),
        ("Water supply", {Sector.WATER_SUPPLY}),
        ("assainissement", {Sector.WASTEWATER}),
        ("resíduos", {Sector.WASTE}),
    ],
)
def test_sectors(reader: RowReader, said: str, sectors: set[Sector]) -> None:
    read = reader.read(row(sectors=said), 1)
    assert read.profile is not None
    assert (read.profile.sectors, read.unsure) == (sectors, ())


def test_a_place_lies_in_the_country_that_is_named(reader: RowReader) -> None:
    read = reader.read(row(place="Cajamarca", country="Peru"), 1)
    assert read.profile is not None
    assert read.profile.place is not None
    assert (read.profile.place.name, read.profile.country) == ("Cajamarca", "PE")


def test_a_place_without_its_country_that_may_be_several_counts_as_not_stated(
    reader: RowReader,
) -> None:
    read = reader.read(row(place="Cajamarca"), 1)
    assert read.profile is not None
    assert read.profile.place is None
    assert [one.column for one in read.unsure] == ["place"]


def test_what_is_not_understood_is_told_and_counts_as_not_stated(reader: RowReader) -> None:
    cells = {
        "kind": "qwxz",
        "sectors": "qwxz",
        "offers": "qwxz",
        "needs": "qwxz",
        "regions": "qwxz",
    }
    read = reader.read(row(**cells, country="DE", place="Qwxzgrtk"), 1)
    assert read.profile is not None
    assert read.faults == ()
    assert sorted(one.column for one in read.unsure) == sorted([*cells, "place"])
    assert all("wxz" in one.text for one in read.unsure)
    stated = (read.profile.kind, read.profile.sectors, read.profile.offers, read.profile.seeks,
              read.profile.regions)  # fmt: skip
    assert stated == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"name": " \u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"country": "Atlantis"}, "country"),
        ({"country": "QQ"}, "country"),
        ({"languages": "de; klingonisch-falsch"}, "languages"),
    ],
)
def test_what_decides_who_may_meet_must_be_right(
    reader: RowReader, cells: dict[str, str], column: str
) -> None:
    read = reader.read(row(**cells), 1)
    assert read.profile is None
    assert [one.column for one in read.faults] == [column]


def test_each_text_is_looked_up_once(gazetteer: Gazetteer) -> None:
    finder = CountingFinder()
    reader = reader_for(finder, gazetteer, "en")
    for number in range(50):
        reader.read(row(offers="Leak detection; solar", needs="Leak detection; nonsense"), number)
    assert sorted(finder.asked) == ["Leak detection", "nonsense"], "solar is a topic's id"


def test_topics_are_found_in_every_language(finder: TopicFinder, gazetteer: Gazetteer) -> None:
    reader = reader_for(finder, gazetteer, "en")
    for said in ("Klärschlamm", "boues d'épuration", "lodos de depuradora", "осад стічних вод"):
        read = reader.read(row(offers=said), 1)
        assert read.profile is not None
        assert read.profile.offers, said
        assert {load_topics()[one].theme for one in read.profile.offers} == {"sludge"}, said


@settings(max_examples=100)
@given(st.fixed_dictionaries({column: st.text(max_size=60) for column in COLUMNS}))
def test_no_text_of_any_kind_raises(
    finder: TopicFinder, gazetteer: Gazetteer, cells: dict[str, str]
) -> None:
    read = reader_for(finder, gazetteer, "en").read(cells, 1)
    assert (read.profile is None) == bool(read.faults)
