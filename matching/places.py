"""From what people say to the place they mean: any script, affixes, cases, misspellings.

The finder asks in this order and stops at the first answer: the exact name, the name without the
words around it, the name beside its country, the nominative of an inflected name, and at last
names that differ by few letters. What could mean several places comes back as several guesses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from domain.places import Place, PlaceKind
from matching.place_affixes import NOT_TOLD, TOWN, Kinds, Stripped, strippings
from matching.place_cases import nominatives, oblasts, towns_of_institution, towns_of_utility
from matching.place_index import GazetteerUnavailableError, Hit, PlaceIndex
from matching.place_names import key, script, without_article
from matching.place_pieces import pieces_of
from matching.place_ranking import Ranked, homes, is_certain, ranked
from matching.place_sounds import latin_spellings
from matching.place_traps import is_everyday_word, is_nearer_to_a_word

__all__ = ["Gazetteer", "GazetteerUnavailableError", "PlaceFinding", "PlaceGuess"]

LONGEST_TEXT = 200
LONGEST_CONTEXT = 4
MOST_CONTEXTS = 2
MOST_WORDS_FUZZY = 6
MOST_REPAIRS = 3
SHORTEST_FUZZY = 4
KNOWN_ABROAD = 3.7
"""Five thousand inhabitants, as a power of ten: a smaller town abroad may be a slip in a name."""
SOUNDED = frozenset({"cyrillic", "arabic"})
MOST_SPACES_SOUNDED, SHORTEST_SOUNDED = 2, 5
MOST_WORDS_AROUND, SHORTEST_WITHIN = 5, 4
LARGE_AT_HOME, LARGE_ABROAD, LARGER_WITHOUT_CAPITALS = 4.6, 5.3, 1.0
# Powers of ten of the population from which on a misspelt name may mean a place, by length.
FUZZY_FLOOR = {4: 5.5, 5: 5.0, 6: 4.4, 7: 4.0, 8: 3.5, 9: 3.5}
FUZZY_FLOOR_LONG = 2.5
FUZZY_FLOOR_LETTER, FUZZY_FLOOR_BY_NAME = 1.5, 1.0
FUZZY_FLOOR_HOME, FUZZY_FLOOR_HOME_LATIN, FUZZY_FLOOR_DOUBLED = 4.0, 1.2, 1.5


@dataclass(frozen=True, slots=True)
class PlaceGuess:
    """A place that may be meant; `score` from 0 to 1, `exact` when no letter had to change."""

    place: Place
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """What a text may mean, the likeliest first; `certain` when there is nothing to ask."""

    guesses: tuple[PlaceGuess, ...] = ()
    certain: bool = False

    @property
    def place(self) -> Place | None:
        """The place where it is certain."""
        return self.guesses[0].place if self.certain else None


NOTHING = PlaceFinding()


@dataclass(frozen=True, slots=True)
class _Question:
    """How a text is asked for; `provinces` are preferred, the rest is a must."""

    language: str
    countries: frozenset[str] | None
    kinds: frozenset[PlaceKind] | None
    provinces: frozenset[int] = frozenset()


class Gazetteer:
    """Finds places by what people call them; made once, shared by everybody."""

    def __init__(self, index: PlaceIndex) -> None:
        self._index = index

    @classmethod
    def open(cls, folder: Path) -> "Gazetteer":
        """The gazetteer built in `folder`, memory-mapped.

        Raises GazetteerUnavailableError where it was not built or is of another version.
        """
        return cls(PlaceIndex(folder))

    def place(self, place_id: str) -> Place | None:
        """The place of this id, None where no such place is known."""
        record = self._index.record(place_id)
        return None if record is None else self._index.place(record)

    def geonameid(self, place: Place) -> int | None:
        """GeoNames' number of a place, None where there is none."""
        record = self._index.record(place.id)
        return None if record is None else self._index.geonameid(record)

    def own_ids(self) -> tuple[str, ...]:
        """Ids of all places that are not GeoNames' towns: countries, regions, districts."""
        return tuple(self._index.tables["own_ids"])

    def all_places(self) -> Iterator[Place]:
        """Every place there is, for measuring: it takes seconds."""
        return map(self._index.place, range(self._index.size))

    def find(
        self,
        text: str,
        language: str,
        *,
        country: str | None = None,
        kinds: frozenset[PlaceKind] | None = None,
        limit: int = 5,
    ) -> PlaceFinding:
        """Places that `text` may mean to somebody who speaks `language`.

        `country` (ISO code) and `kinds` are musts. Never raises on what people write.
        """
        text = " ".join(text[:LONGEST_TEXT].split())
        countries = frozenset({country.upper()}) if country else None
        question = _Question(language, countries, kinds)
        places = self._places(text, question)
        return self._finding(places, limit)

    def named(
        self, text: str, language: str, *, kinds: frozenset[PlaceKind] | None = None
    ) -> PlaceFinding:
        """Places that bear this very name, in whatever case it stands; no letter is repaired."""
        if len(text) > LONGEST_TEXT or is_everyday_word(key(text)):
            return NOTHING
        question = _Question(language, None, kinds)
        places = self._exactly(text, question) or self._inflected(text, question)
        return self._finding(places, 5)

    def find_all(
        self,
        text: str,
        language: str,
        *,
        country: str | None = None,
        kinds: frozenset[PlaceKind] | None = None,
        limit: int = 5,
    ) -> tuple[tuple[str, PlaceFinding], ...]:
        """Several places named in one text: each piece of it with what it may mean."""

        def is_place(piece: str) -> bool:
            question = _Question(language, None, kinds)
            return any(self._by_affixes(piece, question))

        pieces = pieces_of(text[: 10 * LONGEST_TEXT], is_place)
        return tuple(
            (piece, self.find(piece, language, country=country, kinds=kinds, limit=limit))
            for piece in pieces
        )

    def _finding(self, places: list[Ranked], limit: int) -> PlaceFinding:
        guesses = tuple(
            PlaceGuess(self._index.place(place.record), _score(place), place.distance == 0)
            for place in places[: max(limit, 0)]
        )
        return PlaceFinding(guesses, bool(guesses) and is_certain(self._index, places))

    def _places(self, text: str, question: _Question) -> list[Ranked]:
        if not any(letter.isalpha() for letter in text) or is_everyday_word(key(text)):
            return []
        if found := self._exactly(text, question):
            return self._or_better_known(found, text, question)
        readings = [(text, question), *islice(self._in_context(text, question), MOST_CONTEXTS)]
        for search in (
            self._exactly,
            self._inflected,
            self._misspelt,
            self._within,
            self._by_sound,
        ):
            for name, narrowed in readings:
                if found := search(name, narrowed):
                    return self._or_better_known(found, name, narrowed)
        return []

    def _or_better_known(self, found: list[Ranked], text: str, question: _Question) -> list[Ranked]:
        """A hamlet far away may bear the very name that is a slip in that of a large city."""
        first = found[0]
        if first.distance or first.size >= KNOWN_ABROAD or question.countries is not None:
            return found
        if self._index.country(first.record) in homes(question.language):
            return found
        if self._index.kind(first.record) is not PlaceKind.CITY:
            return found
        nearest = self._misspelt(text, question)
        if not nearest or nearest[0].weight <= first.weight:
            return found
        return [*nearest[:2], *found]

    def _within(self, text: str, question: _Question) -> list[Ranked]:
        """A large town's name amid words that we do not know: "Enercity Hannover", "Grand Lyon"."""
        words = text.split()
        if not 2 <= len(words) <= MOST_WORDS_AROUND:
            return []
        for size in (2, 1):
            for at in range(len(words) - size, -1, -1):
                if found := self._large_town(" ".join(words[at : at + size]), question):
                    return found
        return []

    def _large_town(self, name: str, question: _Question) -> list[Ranked]:
        bare = key(name)
        if len(bare) < SHORTEST_WITHIN or is_everyday_word(bare):
            return []
        if script(bare) != "arabic" and not name[0].isupper():
            return []
        places = self._look_up(bare, TOWN, question) or self._inflected(name, question)
        if not places or not places[0].main or places[0].distance:
            return []
        home = self._index.country(places[0].record) in homes(question.language)
        is_town = self._index.kind(places[0].record) is PlaceKind.CITY
        floor = LARGE_AT_HOME if home else LARGE_ABROAD
        floor += LARGER_WITHOUT_CAPITALS * (script(bare) == "arabic")
        return places if is_town and places[0].size >= floor else []

    def _exactly(self, text: str, question: _Question) -> list[Ranked]:
        """Places of the name without the words around it, of the kind that these words tell."""
        first: list[Ranked] = []
        for stripped in strippings(text):
            found = self._look_up(stripped.key, stripped.kinds, question)
            if found and (
                not stripped.kinds or self._index.kind(found[0].record) in stripped.kinds
            ):
                return first if first and not stripped.kinds else found
            first = first or found
        return first

    def _by_affixes(self, text: str, question: _Question) -> Iterator[list[Ranked]]:
        for stripped in strippings(text):
            yield self._look_up(stripped.key, stripped.kinds, question)

    def _look_up(self, name: str, told: Kinds, question: _Question) -> list[Ranked]:
        hits = self._index.exact(name)
        if not hits and script(name) == "arabic":
            hits = self._index.exact(without_article(name))
        return self._rank(hits, told, question)

    def _rank(self, hits: list[Hit], told: Kinds, question: _Question) -> list[Ranked]:
        allowed = [hit for hit in hits if self._is_allowed(hit.record, question)]
        places = ranked(self._index, allowed, question.language, told)
        if question.provinces:
            near = [p for p in places if self._index.province(p.record) in question.provinces]
            return near or places
        return places

    def _is_allowed(self, record: int, question: _Question) -> bool:
        if question.kinds is not None and self._index.kind(record) not in question.kinds:
            return False
        if question.countries is None:
            return True
        return self._index.country(record) in question.countries

    def _in_context(self, text: str, question: _Question) -> Iterator[tuple[str, _Question]]:
        """The name beside its country or province: "Cajamarca, Peru", "Jordanien, Amman"."""
        splits = list(_splits(text))
        for name, context in splits:
            if countries := self._countries_named(context, question):
                yield name, _Question(question.language, countries, question.kinds)
        for name, context in splits:
            if (within := self._province_named(context, question)) is not None:
                yield name, within

    def _countries_named(self, context: str, question: _Question) -> frozenset[str]:
        """The countries that `context` names and that are allowed."""
        named = frozenset(
            country
            for part in _parts(context)
            for country in self._country_named(part, question.language)
        )
        return named & (question.countries or named)

    def _province_named(self, context: str, question: _Question) -> _Question | None:
        """The question with a preference for the province that `context` names behind a comma."""
        if not _SEPARATOR.search(context):
            return None
        parts = _parts(context)
        around = [place for part in parts for place in self._around(part, question)]
        provinces = frozenset(self._index.province(place.record) for place in around) - {0}
        provinces = provinces.union(*(self._index.provinces_named(key(part)) for part in parts))
        return _Question(question.language, question.countries, question.kinds, provinces)

    def _around(self, part: str, question: _Question) -> list[Ranked]:
        return self._exactly(part, _Question(question.language, question.countries, None))

    def _country_named(self, part: str, language: str) -> frozenset[str]:
        if len(part) == 2 and self._index.record(f"country:{part.upper()}") is not None:
            return frozenset({part.upper()})
        name = key(part)
        forms = [name] if name else []
        if script(name) == "cyrillic" and " " not in name:
            forms.extend(nominatives(name))
        only = _Question(language, None, frozenset({PlaceKind.COUNTRY}))
        found = next(filter(None, (self._look_up(form, NOT_TOLD, only) for form in forms)), [])
        return frozenset(self._index.country(place.record) for place in found)

    def _inflected(self, text: str, question: _Question) -> list[Ranked]:
        """Names in a case, and adjectives: "у Харкові", "Львівська міська рада", "Berliner"."""
        for stripped in strippings(text):
            cyrillic = script(stripped.key) == "cyrillic"
            forms = [*towns_of_utility(stripped.key)]
            if cyrillic:
                forms.extend(nominatives(stripped.key))
            if cyrillic or stripped.affixes:
                forms.extend(towns_of_institution(stripped.key))
            if cyrillic and PlaceKind.SUBDIVISION in stripped.kinds:
                forms.extend(oblasts(stripped.key))
            hits = [hit for form in forms for hit in self._index.exact(form)]
            places = self._rank(hits, stripped.kinds, question)
            if places:
                return self._at_home_alone(places, question.language)
        return []

    def _at_home_alone(self, places: list[Ranked], language: str) -> list[Ranked]:
        """Case endings fit foreign names by accident: those count only if no home town leads."""
        home = [place for place in places if self._index.country(place.record) in homes(language)]
        return home if home and home[0] is places[0] else places

    def _misspelt(self, text: str, question: _Question) -> list[Ranked]:
        best: list[Ranked] = []
        for stripped in _worth_repairing(text):
            hits = self._index.similar(stripped.key, _letters_allowed(stripped.key))
            places = self._rank(hits, stripped.kinds, question)
            places = [place for place in places if self._is_known(place, stripped.key, question)]
            if not places or is_nearer_to_a_word(stripped.key, places[0].distance):
                continue
            if not best or places[0].weight > best[0].weight:
                best = places
        return best

    def _by_sound(self, text: str, question: _Question) -> list[Ranked]:
        """Towns that our lists lack in the script of this text, by how the name sounds."""
        best: list[Ranked] = []
        for stripped in _worth_repairing(text):
            name = stripped.key
            if script(name) not in SOUNDED or name.count(" ") > MOST_SPACES_SOUNDED:
                continue
            if len(name) < SHORTEST_SOUNDED:
                continue
            if is_nearer_to_a_word(name, 1):
                continue
            places = self._rank(self._sounding_like(name), stripped.kinds, question)
            places = [place for place in places if self._is_known(place, name, question)]
            if question.language == "uk":  # whose own towns all stand in our lists
                places = [one for one in places if self._index.country(one.record) != "UA"]
            if places and (not best or places[0].weight > best[0].weight):
                best = places
        return best

    def _sounding_like(self, name: str) -> list[Hit]:
        """Hits of the spellings in Latin letters; the one that fits best still has to be asked."""
        spellings = list(latin_spellings(name))
        exact = [hit for spelling in spellings for hit in self._index.exact(spelling)]
        if exact:
            return [replace(hit, distance=1, length=len(name), doubled=True) for hit in exact]
        near = [hit for spelling in spellings for hit in self._index.similar(spelling, 1)]
        return [replace(hit, distance=2) for hit in near]

    def _is_known(self, place: Ranked, name: str, question: _Question) -> bool:
        """Whether a misspelt name may mean this place: the looser the likeness, the better known.

        Every short word, and every word with two letters changed, resembles a village somewhere.
        """
        if question.countries is not None and place.distance == 1:
            return True
        floor = FUZZY_FLOOR.get(place.length, FUZZY_FLOOR_LONG)
        floor += FUZZY_FLOOR_LETTER * (place.distance - 1) + FUZZY_FLOOR_BY_NAME * (not place.main)
        floor -= FUZZY_FLOOR_DOUBLED * place.doubled
        if self._index.country(place.record) in homes(question.language):
            latin = script(name) == "latin"
            floor -= FUZZY_FLOOR_HOME_LATIN if latin else FUZZY_FLOOR_HOME
        return place.size >= floor


_SEPARATOR = re.compile(r"[,;()/،|–—]")


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Ways to read a text as a name and what tells where it lies: (name, context)."""
    if (mark := _SEPARATOR.search(text)) and mark.start():
        before, behind = text[: mark.start()].strip(), text[mark.start() :]
        yield before, behind
        yield behind.strip(" ,;()/،|–—"), before
    words = text.split()
    for size in range(1, min(LONGEST_CONTEXT, len(words) - 1) + 1):
        yield " ".join(words[:-size]), " ".join(words[-size:])
        yield " ".join(words[size:]), " ".join(words[:size])


def _parts(context: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(context)]


def _worth_repairing(text: str) -> list[Stripped]:
    """The shortest forms last; nothing so short or so long that likeness would say little."""
    return [
        stripped
        for stripped in strippings(text)
        if len(stripped.key) >= SHORTEST_FUZZY and stripped.key.count(" ") < MOST_WORDS_FUZZY
    ][-MOST_REPAIRS:]


def _letters_allowed(name: str) -> int:
    if len(name) < 7:
        return 1
    return 2 if len(name) < 13 else 3


def _score(place: Ranked) -> float:
    """1 for an exact main name, 0.95 for a by-name, less for every letter that differs."""
    similarity = 1.0 - place.distance / max(place.length, 1)
    return round(max(0.0, similarity - (0.0 if place.main else 0.05)), 3)
