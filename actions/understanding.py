"""What free text means: topics, places, regions, options. Reads nothing and writes nothing.

Everything here is work for a processor, so it runs in a thread and never holds up the others.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from domain.places import Place, PlaceKind
from matching.introduction_sentence import Said, SentenceFinder
from matching.options import OptionGuess, nearest
from matching.places import Gazetteer, PlaceFinding
from matching.topics import Mention

_PIECES = re.compile(r"[,;،؛/\n]| und | and | et | y | e | та | і | й | و ", re.IGNORECASE)
_WHERE_PARTNERS_ARE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_WHERE_ORGANISATIONS_ARE = frozenset(
    {PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.SUBDIVISION, PlaceKind.COUNTRY}
)
_TOWNS = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT})
CERTAIN = 0.99
"""Score from which a place is certainly named, and no other spelling of it."""
LEAST_OF_A_PLACE, MOST_WORDS = 3, 9
"""Letters of a word that may be a place's name, and how many pieces of a name are looked at."""


__all__ = ["FindsTopics", "Said", "Understanding"]


class FindsTopics(Protocol):
    """What finds topics: matching's finder, or one that waits for it."""

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in a text."""


class Understanding:
    """Free text settled into what a person can confirm by a button."""

    def __init__(self, topics: FindsTopics, gazetteer: Gazetteer) -> None:
        self._topics = topics
        self._gazetteer = gazetteer
        self._sentences: SentenceFinder | None = None

    async def topics(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in a text; () when nothing was understood."""
        return await asyncio.to_thread(self._topics.find, text, language)

    async def places(self, text: str, language: str) -> PlaceFinding:
        """Where an organisation may lie."""
        return await asyncio.to_thread(
            self._gazetteer.find, text, language, kinds=_WHERE_ORGANISATIONS_ARE
        )

    async def places_in_name(self, name: str, language: str) -> frozenset[str]:
        """Ids of towns and districts that an organisation's name certainly speaks of."""
        return await asyncio.to_thread(self._places_in_name, name, language)

    def _places_in_name(self, name: str, language: str) -> frozenset[str]:
        pieces = [name, *(one for one in name.split() if len(one) >= LEAST_OF_A_PLACE)]
        found = (
            self._gazetteer.find(piece, language, kinds=_TOWNS) for piece in pieces[:MOST_WORDS]
        )
        guesses = (guess for finding in found for guess in finding.guesses[:3])
        return frozenset(guess.place.id for guess in guesses if guess.score >= CERTAIN)

    def place(self, place: str) -> Place | None:
        """The place with this id of the gazetteer."""
        return self._gazetteer.place(place)

    async def regions(self, text: str, language: str) -> tuple[OptionGuess, ...]:
        """Countries and regions of the world named in a text; a city or a province stands for its
        country."""
        found = await asyncio.to_thread(self._gazetteer.find_all, text, language)
        guesses: dict[str, OptionGuess] = {}
        for _, finding in found:
            for guess in _one_each(finding):
                guesses.setdefault(guess.option, guess)
        return tuple(guesses.values())

    async def options(
        self, text: str, options: Mapping[str, Iterable[str]]
    ) -> tuple[OptionGuess, ...]:
        """Which of some named options are meant, piece by piece."""
        return await asyncio.to_thread(_options, text, options)

    async def introduction(
        self, text: str, language: str, languages: Mapping[str, Iterable[str]]
    ) -> Said:
        """What somebody says of themselves and their organisation in a sentence or two.

        `languages` are the names by which languages are called, by their codes.
        """
        if self._sentences is None:
            self._sentences = SentenceFinder(self._topics, self._gazetteer, languages)
        return await asyncio.to_thread(self._sentences.find, text, language)


def _one_each(finding: PlaceFinding) -> list[OptionGuess]:
    guesses = []
    for guess in finding.guesses[:3]:
        region = _region_of(guess.place)
        if region is not None:
            exact = guess.exact and finding.certain and guess.place.kind in _WHERE_PARTNERS_ARE
            guesses.append(OptionGuess(region, guess.score, exact))
    return guesses


def _region_of(place: Place) -> str | None:
    if place.kind is PlaceKind.REGION:
        return place.id.removeprefix("world:")
    return place.country


def _options(text: str, options: Mapping[str, Iterable[str]]) -> tuple[OptionGuess, ...]:
    guesses: dict[str, OptionGuess] = {}
    for piece in [text, *_PIECES.split(text)]:
        for guess in nearest(piece, options):
            if guess.option not in guesses or guess.exact:
                guesses[guess.option] = guess
    return tuple(guesses.values())
