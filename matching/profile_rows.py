"""What a row of a coordinator's file says of an organisation; reads no file itself.

Names of kinds, sectors and languages come from outside, as matching knows no texts. What is not
understood counts as not stated, and is told; a country or language that is none makes the row
wrong, as these two decide who may meet whom.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from domain.organisations import Kind, Organisation, Sector
from domain.places import Place, PlaceKind
from domain.regions import country_codes, load_regions
from domain.rules.plain_text import cleaned, says_something
from domain.topics import load_topics
from matching.options import nearest
from matching.places import Gazetteer, PlaceFinding
from matching.sentence_institutions import noun
from matching.topic_text import tidy, words_of
from matching.topics import Mention

COLUMNS = (
    "name", "kind", "country", "place", "sectors", "offers", "needs", "languages", "regions",
)  # fmt: skip
LONGEST_NAME = 120
SURE = 0.85
"""A name of a language is taken for a known one from this likeness on."""
FEW_SECTORS = 2
"""A topic tells a sector where it belongs to no more than that."""
Found = TypeVar("Found")
_ITEMS = re.compile(r"[;\n؛]")
_SEVERAL = re.compile(r"[;,/|\n؛،]")
_TOWNS = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT})
_COUNTRY = frozenset({PlaceKind.COUNTRY})
_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


class FindsTopics(Protocol):
    """What finds topics in a text."""

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in a text; () where it was not understood."""


@dataclass(frozen=True, slots=True)
class OptionNames:
    """The names by which kinds, sectors and languages are called, by their ids."""

    kinds: Mapping[str, Iterable[str]]
    sectors: Mapping[str, Iterable[str]]
    languages: Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a cell that the coordinator should know."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row says; `profile` is None where there are `faults`. `unsure` is what counted as not
    stated, or was taken for the likeliest."""

    profile: Organisation | None
    faults: tuple[Remark, ...] = ()
    unsure: tuple[Remark, ...] = ()


@dataclass(slots=True)
class _Notes:
    faults: list[Remark] = field(default_factory=list)
    unsure: list[Remark] = field(default_factory=list)

    def wrong(self, column: str, text: str) -> None:
        self.faults.append(Remark(column, text))

    def tell(self, column: str, text: str) -> None:
        self.unsure.append(Remark(column, text))


def items_of(cell: str) -> tuple[str, ...]:
    """The items of a cell, each once."""
    items = (cleaned(one) for one in _ITEMS.split(cell))
    return tuple(dict.fromkeys(one for one in items if one))


def same(name: str) -> str:
    """A name as it is compared with others: "STADTWERKE  Muster" is "Stadtwerke Muster"."""
    return cleaned(name).casefold()


class RowReader:
    """Makes profiles of rows. Each text is looked up once, however often it comes."""

    def __init__(
        self, topics: FindsTopics, gazetteer: Gazetteer, names: OptionNames, language: str
    ) -> None:
        self._topics, self._gazetteer = topics, gazetteer
        self._names, self._language = names, language
        self._known: dict[tuple[str, ...], object] = {}

    def phrases(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Texts of a row in which topics are sought."""
        return tuple(
            item
            for column in ("offers", "needs")
            for item in items_of(row.get(column, ""))
            if item not in load_topics()
        )

    def topics_in(self, phrase: str) -> frozenset[str]:
        """The topics that a text names; none where it was not understood."""

        def find() -> frozenset[str]:
            mentions = self._topics.find(phrase, _script_of(phrase, self._language))
            return frozenset(one.guesses[0].topic for one in mentions if one.guesses)

        return self._once(("topics", phrase), find)

    def read(self, row: Mapping[str, str], number: int) -> RowRead:
        """The profile in a row, with this number as its id. Never raises on what people write."""
        notes = _Notes()
        name = self._name(row, notes)
        country = self._country(row, notes)
        profile = Organisation(
            number,
            name=name,
            kind=self._kind(row, notes),
            place=self._place(row, country, notes),
            sectors=self._sectors(row, notes),
            offers=self._wishes(row, "offers", notes),
            seeks=self._wishes(row, "needs", notes),
            languages=self._languages(row, notes),
            regions=self._regions(row, notes),
        )
        wrong = tuple(notes.faults)
        return RowRead(None if wrong else profile, wrong, tuple(notes.unsure))

    def _once(self, key: tuple[str, ...], find: Callable[[], Found]) -> Found:
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]  # type: ignore[return-value]  # each key has its kind of answer

    def _name(self, row: Mapping[str, str], notes: _Notes) -> str | None:
        name = cleaned(row.get("name", ""))
        if not says_something(name):
            notes.wrong("name", "there is no name")
        elif len(name) > LONGEST_NAME:
            notes.wrong("name", f"the name is longer than {LONGEST_NAME} characters")
        return name

    def _country(self, row: Mapping[str, str], notes: _Notes) -> str | None:
        said = cleaned(row.get("country", ""))
        if not said:
            return None
        if len(said) == 2 and said.upper() in country_codes():
            return said.upper()
        finding = self._place_called(said, None, _COUNTRY)
        countries = {one.place.country for one in finding.guesses if one.score >= SURE}
        if len(countries) == 1:
            return countries.pop()
        notes.wrong("country", f"“{said}” is no country: an ISO code (DE) or a name is needed")
        return None

    def _place(self, row: Mapping[str, str], country: str | None, notes: _Notes) -> Place | None:
        said = cleaned(row.get("place", ""))
        home = self._gazetteer.place(f"country:{country}") if country else None
        if not said:
            return home
        finding = self._place_called(said, country, _TOWNS)
        if not finding.guesses:
            notes.tell("place", f"“{said}” is not known" + " in that country" * bool(country))
            return home
        first = finding.guesses[0].place
        if finding.certain or country:
            if not finding.certain:
                notes.tell("place", f"“{said}” was taken for {_described(first)}")
            return first
        choices = "; ".join(dict.fromkeys(_described(one.place) for one in finding.guesses[:3]))
        notes.tell("place", f"“{said}” may be {choices}: name the country")
        return home

    def _place_called(
        self, text: str, country: str | None, kinds: frozenset[PlaceKind]
    ) -> PlaceFinding:
        def find() -> PlaceFinding:
            language = _script_of(text, self._language)
            return self._gazetteer.find(text, language, country=country, kinds=kinds)

        return self._once(("place", text, country or "", *sorted(kinds)), find)

    def _kind(self, row: Mapping[str, str], notes: _Notes) -> Kind | None:
        said = cleaned(row.get("kind", ""))
        if not said:
            return None
        option = self._option(said, self._names.kinds, tuple(Kind))
        if option is None:
            option = next(
                (found.kind for word in words_of(tidy(said)) if (found := noun(word))), None
            )
        if option is None:
            notes.tell("kind", f"“{said}” was not understood")
        return None if option is None else Kind(option)

    def _sectors(self, row: Mapping[str, str], notes: _Notes) -> frozenset[Sector] | None:
        found: set[Sector] = set()
        for item in items_of(row.get("sectors", "")):
            sectors = self._once(("sector", item), partial(self._sector, item))
            if not sectors:
                notes.tell("sectors", f"“{item}” was not understood")
            found |= sectors
        return frozenset(found) or None

    def _sector(self, item: str) -> frozenset[Sector]:
        option = self._option(item, self._names.sectors, tuple(Sector))
        if option is not None:
            return frozenset({Sector(option)})
        pieces = [cleaned(one) for one in _SEVERAL.split(item)]
        if len(pieces) > 1:
            return frozenset().union(*(self._sector(one) for one in pieces if one))
        told = frozenset(
            sector
            for word in words_of(tidy(item))
            if (found := noun(word))
            for sector in found.sectors
        )
        topics = [load_topics()[one] for one in self.topics_in(item)] if not told else []
        few = [one.sectors for one in topics if len(one.sectors) <= FEW_SECTORS]
        return told or frozenset(Sector(one) for sectors in few for one in sectors)

    def _option(
        self, said: str, options: Mapping[str, Iterable[str]], ids: tuple[str, ...]
    ) -> str | None:
        known = said.casefold().replace(" ", "_").replace("-", "_")
        if known in ids:
            return known
        guesses = nearest(said, options)
        return guesses[0].option if guesses and guesses[0].score >= SURE else None

    def _wishes(self, row: Mapping[str, str], column: str, notes: _Notes) -> frozenset[str] | None:
        found: set[str] = set()
        for item in items_of(row.get(column, "")):
            topics = frozenset({item}) if item in load_topics() else self.topics_in(item)
            if not topics:
                notes.tell(column, f"“{item}” was not understood")
            found |= topics
        return frozenset(found) or None

    def _languages(self, row: Mapping[str, str], notes: _Notes) -> frozenset[str] | None:
        pieces = dict.fromkeys(cleaned(one) for one in _SEVERAL.split(row.get("languages", "")))
        found: set[str] = set()
        for item in (one for one in pieces if one):
            code = self._once(("language", item), partial(self._language_of, item))
            if code is None:
                notes.wrong(
                    "languages", f"“{item}” is no language: an ISO code (de) or a name is needed"
                )
            else:
                found.add(code)
        return frozenset(found) or None

    def _language_of(self, item: str) -> str | None:
        code = item.casefold().replace("_", "-").split("-")[0]
        if len(code) == 2 and code in self._names.languages:
            return code
        guesses = nearest(item, self._names.languages)
        return guesses[0].option if guesses and guesses[0].score >= SURE else None

    def _regions(self, row: Mapping[str, str], notes: _Notes) -> frozenset[str] | None:
        found: set[str] = set()
        for item in items_of(row.get("regions", "")):
            regions = self._once(("region", item), partial(self._regions_in, item))
            if not regions:
                notes.tell("regions", f"“{item}” was not understood")
            found |= regions
        return frozenset(found) or None

    def _regions_in(self, item: str) -> frozenset[str]:
        if item.casefold() in load_regions():
            return frozenset({item.casefold()})
        pieces = [cleaned(one) for one in _SEVERAL.split(item)]
        if all(len(one) == 2 and one.upper() in country_codes() for one in pieces):
            return frozenset(one.upper() for one in pieces)
        language = _script_of(item, self._language)
        return frozenset(
            region
            for _, finding in self._gazetteer.find_all(item, language)
            for region in [_region_of(finding)]
            if region is not None
        )


def _region_of(finding: PlaceFinding) -> str | None:
    """The country or part of the world that is meant, a town's country where it is certain."""
    for one in finding.guesses:
        if one.place.kind in _AREAS:
            return one.place.country or one.place.id.removeprefix("world:")
    return finding.place.country if finding.place else None


def _described(place: Place) -> str:
    parts = (place.name, place.admin if place.admin != place.name else "", place.country or "")
    return ", ".join(one for one in parts if one)


def _script_of(text: str, otherwise: str) -> str:
    """The language that a script tells; the one given where it tells none."""
    for letter in text:
        if "\u0600" <= letter <= "\u06ff":
            return "ar"
        if "\u0400" <= letter <= "\u04ff":
            return "uk"
    return otherwise
