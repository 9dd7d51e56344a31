"""Countries, regions and towns named in a sentence, whatever stands around them."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.places import Place, PlaceKind
from matching.places import Gazetteer, PlaceFinding, PlaceGuess
from matching.sentence_cues import Mode
from matching.sentence_organisations import Phrase, Text
from matching.sentence_parts import Parts
from matching.sentence_peoples import people
from matching.sentence_small_words import PLACE_PREPOSITIONS

AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
HOMES = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.COUNTRY})
LONGEST_AREA, LONGEST_CITY = 4, 3
KNOWN_TOWN = 20_000
"""Inhabitants from which a town is recognised where no capital tells a name."""
_OF_PLACES = frozenset(("der", "den", "dem", "the", "la", "las", "los", "el", "le", "les", "місті"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place among the words."""

    first: int
    last: int
    finding: PlaceFinding

    @property
    def region(self) -> str | None:
        """The region or country that it is, or lies in."""
        place = self.finding.guesses[0].place
        if place.kind is PlaceKind.REGION:
            return place.id.removeprefix("world:")
        return place.country


class Spots:
    """The places of a text; `named` is where somebody says their own name."""

    def __init__(
        self,
        text: Text,
        phrases: Sequence[Phrase],
        parts: Parts,
        gazetteer: Gazetteer,
        language: str,
        named: tuple[int, int] | None,
    ) -> None:
        self._text = text
        self._phrases = phrases
        self._mode_at = parts.mode_at
        self._gazetteer = gazetteer
        self._language = language
        self._named = named
        self.all = self._places()

    def _places(self) -> list[Spot]:
        spots: list[Spot] = []
        at = 0
        while at < len(self._text.words):
            spot = None if self._taken(at) else self._spot(at)
            spots.extend([spot] if spot else [])
            at = spot.last if spot else at + 1
        return spots

    def _taken(self, at: int) -> bool:
        named = self._named and self._named[0] <= at < self._named[1]
        mode = self._mode_at(at)
        return bool(named) or self._text.in_cue(at) or mode is Mode.LANGUAGES

    def _spot(self, at: int) -> Spot | None:
        if any(one.first <= at < one.last for one in self._phrases) and (
            self._mode_at(at) not in (Mode.SEEKS, Mode.OFFERS)
        ):
            return None
        return self._area(at) or self._adjective(at) or self._town(at)

    def _area(self, at: int) -> Spot | None:
        if self._text.small(at):
            return None
        for last in range(min(len(self._text.words), at + LONGEST_AREA), at, -1):
            if any(not self._text.joined(one) for one in range(at + 1, last)):
                continue
            if last - at > 1 and self._text.small(last - 1):
                continue
            if finding := self._called(self._text.slice(at, last), AREAS):
                return Spot(at, last, finding)
        return self._misspelt(at)

    def _called(self, name: str, kinds: frozenset[PlaceKind]) -> PlaceFinding | None:
        for one in _without_clitics(name):
            found = self._gazetteer.named(one, self._language, kinds=kinds)
            if found.guesses and len(one) > 3:
                return found
        return None

    def _misspelt(self, at: int) -> Spot | None:
        """A country with a slip in it, where a preposition tells that a place follows."""
        word = self._text.words[at]
        if not self.after_preposition(at) or len(word.key) < 6 or not self._text.capital(at):
            return None
        found = self._gazetteer.find(word.written, self._language, kinds=AREAS)
        town = self._gazetteer.named(word.written, self._language, kinds=HOMES)
        return Spot(at, at + 1, found) if found.guesses and not town.guesses else None

    def _adjective(self, at: int) -> Spot | None:
        if self._mode_at(at) not in (Mode.SEEKS, Mode.OFFERS):
            return None
        code = people(self._text.words[at].key)
        if code is None:
            return None
        id_ = f"country:{code}" if code.isupper() else f"world:{code}"
        place = self._gazetteer.place(id_)
        return Spot(at, at + 1, certain(place)) if place else None

    def _town(self, at: int) -> Spot | None:
        if not self.after_preposition(at) or self._text.small(at):
            return None
        for last in range(min(len(self._text.words), at + LONGEST_CITY), at, -1):
            if any(not self._text.joined(one) for one in range(at + 1, last)):
                continue
            finding = self._called(self._text.slice(at, last), HOMES)
            if finding and self._is_likely(at, finding):
                return Spot(at, last, finding)
        return None

    def _is_likely(self, at: int, finding: PlaceFinding) -> bool:
        big = any(one.place.population >= KNOWN_TOWN for one in finding.guesses)
        own = finding.guesses[0].place.kind is PlaceKind.DISTRICT
        if self._text.capital(at) and not self._text.shouted:
            return big or own or finding.guesses[0].place.population > 0
        return big

    def after_preposition(self, at: int) -> bool:
        """Whether a word stands behind one that tells of a place."""
        if at == 0 or not self._text.joined(at):
            return False
        written = self._text.words[at].key
        if self._text.arabic(at) and written.startswith(("بال", "لل")):
            return True
        before = self._text.words[at - 1].key
        return before in PLACE_PREPOSITIONS or (
            at > 1 and before in _OF_PLACES and self._text.words[at - 2].key in PLACE_PREPOSITIONS
        )


def certain(place: Place) -> PlaceFinding:
    """This place and no other."""
    return PlaceFinding((PlaceGuess(place, 1.0, True),), True)


def _without_clitics(name: str) -> list[str]:
    """A name as it stands, then without what Arabic writes onto its front."""
    forms = [name]
    for front, instead in (
        ("وبال", "ال"),
        ("بال", "ال"),
        ("لل", "ال"),
        ("و", ""),
        ("ب", ""),
        ("ل", ""),
    ):
        if name.startswith(front) and len(name) - len(front) > 3:
            forms.append(instead + name[len(front) :])
    return forms
