"""What somebody says of their organisation in one sentence, in any of the seven languages.

A sentence is cut into parts; a cue in each ("we are", "looking for", "can share") tells whom it is
about. Only what was said is found: a topic without a cue stays open, and what was ruled out is
named as such. Nothing here is stored; the person confirms every item.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from domain.places import PlaceKind
from matching.places import Gazetteer, PlaceFinding
from matching.sentence_cues import (
    Mode,
    cues_in,
)
from matching.sentence_institutions import sectors_of
from matching.sentence_organisations import Phrase, Text, distinct_words, phrases_in
from matching.sentence_parts import Part, Parts
from matching.sentence_people import function_in, name_in
from matching.sentence_places import AREAS, HOMES, KNOWN_TOWN, Spot, Spots, certain
from matching.sentence_small_words import SAYS_NO_TOPIC
from matching.topic_text import LONGEST_TEXT, stem_of, tidy, words_of
from matching.topics import Mention

SHORTEST = 5
"""So many words a sentence needs, to be taken for one when another answer is awaited."""
ACCEPTED = 0.62
"""Beneath this score a topic was not said clearly enough: a sentence holds many other words."""
GENERIC = "partnership"
"""A theme that nearly every such sentence names, and few mean."""

_ADDRESSES = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?:\+|00)\d[\d\s()./-]{5,}")


class FindsTopics(Protocol):
    """What finds topics in a text."""

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in a text."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says. Empty and None mean 'not said'.

    `place` is where the speaker's organisation lies (several guesses: which one is to be asked);
    `regions` are country codes and ids of world regions where partners are sought; `open_topics`
    and `open_regions` were named without saying whether they are offered, sought or one's own;
    `ruled_out` names topics, `regions_ruled_out` regions that were excluded.
    """

    name: str | None = None
    function: str | None = None
    organisation: str | None = None
    kind: str | None = None
    sectors: tuple[str, ...] = ()
    place: PlaceFinding = field(default_factory=PlaceFinding)
    offers: tuple[Mention, ...] = ()
    seeks: tuple[Mention, ...] = ()
    open_topics: tuple[Mention, ...] = ()
    regions: tuple[str, ...] = ()
    open_regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    regions_ruled_out: tuple[str, ...] = ()
    cues: int = 0
    words: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing at all was understood."""
        return self == Said(
            cues=self.cues,
            words=self.words,
            ruled_out=self.ruled_out,
            regions_ruled_out=self.regions_ruled_out,
        )

    @property
    def introduces(self) -> bool:
        """Whether it is clearly an introduction, and not a name or any other answer."""
        about = (self.organisation or self.kind, self.seeks, self.offers, self.regions)
        return self.words >= SHORTEST and self.cues > 0 and sum(map(bool, about)) >= 2


class SentenceFinder:
    """Reads introductions. Built once; safe to share between threads."""

    def __init__(
        self,
        topics: FindsTopics,
        gazetteer: Gazetteer,
        languages: Mapping[str, Iterable[str]],
    ) -> None:
        self._topics = topics
        self._gazetteer = gazetteer
        self._languages = _languages_by_stem(languages)

    def find(self, text: str, language: str) -> Said:
        """What the text says; reads its first 1,000 characters and never raises."""
        said = tidy(_ADDRESSES.sub(lambda found: " " * len(found[0]), text[:LONGEST_TEXT]))
        words = tuple(words_of(said))
        if not words:
            return Said()
        return _Reading(
            Text(said, words, tuple(cues_in(words)), lambda name: self._is_town(name, language)),
            language,
            self._topics,
            self._gazetteer,
            self._languages,
        ).said()

    def _is_town(self, name: str, language: str) -> bool:
        found = self._gazetteer.named(name, language, kinds=HOMES).guesses
        return bool(found) and (
            found[0].place.population >= KNOWN_TOWN or found[0].place.kind is not PlaceKind.CITY
        )


class _Reading:
    """One text being read."""

    def __init__(
        self,
        text: Text,
        language: str,
        topics: FindsTopics,
        gazetteer: Gazetteer,
        languages: Mapping[str, str],
    ) -> None:
        self._phrases = phrases_in(text)
        self._named = name_in(text, self._phrases)
        self._text = text
        self._language = language
        self._topics = topics
        self._gazetteer = gazetteer
        self._languages = languages
        parts = Parts(text, self._phrases)
        self._parts, self._denied, self._mode_at = parts.all, parts.denied, parts.mode_at
        self._speaking = self._languages_said()
        self._places = Spots(text, self._phrases, parts, gazetteer, language, self._named)
        self._located = self._lying_in()
        self._spots = self._places.all

    def said(self) -> Said:
        """Everything that was found."""
        own = self._own_phrases()
        where = self._own_place(own)
        name = next((phrase.name for phrase in own if phrase.name), None)
        nouns = [one for phrase in own for one in phrase.nouns]
        regions, open_regions, out = self._regions_said(where)
        return Said(
            name=self._slice(self._named),
            function=self._slice(self._function()),
            organisation=name,
            kind=nouns[0].kind.value if nouns else None,
            sectors=tuple(one.value for one in sectors_of(nouns)),
            place=where,
            offers=self._mentions(Mode.OFFERS),
            seeks=self._mentions(Mode.SEEKS),
            open_topics=self._mentions(Mode.OPEN),
            regions=regions,
            open_regions=open_regions,
            languages=tuple(dict.fromkeys(self._speaking.values())),
            ruled_out=self._topics_ruled_out(),
            regions_ruled_out=out,
            cues=len(self._text.cues),
            words=len(self._text.words),
        )

    def _slice(self, span: tuple[int, int] | None) -> str | None:
        return self._text.slice(*span) if span else None

    # Languages

    def _languages_said(self) -> dict[int, str]:
        return {
            at: code
            for part in self._parts
            if part.mode is Mode.LANGUAGES
            for at in range(part.first, part.last)
            if at not in self._denied and (code := self._language_at(at))
        }

    def _language_at(self, at: int) -> str | None:
        key = self._text.words[at].key
        for one in (key, key.removeprefix("و"), key.removeprefix("ب"), key.removeprefix("وب")):
            if len(one) > 2 and (code := self._languages.get(stem_of(one))):
                return code
        return None

    def _regions_said(
        self, own: PlaceFinding
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Regions sought, regions left open, regions ruled out."""
        home = own.guesses[0].place.country if own.guesses else None
        sought: dict[str, None] = {}
        unclear: dict[str, None] = {}
        out: dict[str, None] = {}
        for spot in self._spots:
            region, mode = spot.region, self._mode_at(spot.first)
            if region is None:
                continue
            if spot.first in self._denied:
                if spot.finding.guesses[0].place.kind in AREAS:
                    out[region] = None
            elif mode in (Mode.SEEKS, Mode.OFFERS):
                sought[region] = None
            elif mode is Mode.OPEN and region != home:
                unclear[region] = None
        return tuple(sought), tuple(one for one in unclear if one not in sought), tuple(out)

    # Who speaks

    def _own_phrases(self) -> list[Phrase]:
        own = [
            phrase
            for phrase in self._phrases
            if phrase not in self._located
            and (
                self._mode_at(phrase.first) in (Mode.US, Mode.ME)
                or (self._mode_at(phrase.first) is Mode.OPEN and phrase.name)
            )
        ]
        bare = [one for one in self._bare_name() if not _overlaps(one, own)]
        return [*bare, *sorted(own, key=lambda phrase: phrase.name is None)]

    def _lying_in(self) -> list[Phrase]:
        """ "A small town in the Odesa region": the region only says where it lies."""
        return [
            phrase
            for before, phrase in pairwise(self._phrases)
            if self._places.after_preposition(phrase.first)
            and any(part.first <= before.first and phrase.last <= part.last for part in self._parts)
        ]

    def _bare_name(self) -> list[Phrase]:
        """A name that is no word for an institution: "Somos Sabesp"."""
        for cue in self._text.cues:
            if cue.mode is not Mode.US:
                continue
            last = cue.last
            while (
                last < len(self._text.words)
                and last - cue.last < 4
                and self._text.joined(last)
                and self._text.capital(last)
                and not self._text.shouted
                and not self._text.small(last)
                and not self._text.in_cue(last)
            ):
                last += 1
            ends = any(part.last == last for part in self._parts)
            if last > cue.last and ends:
                return [Phrase(cue.last, last, self._text.slice(cue.last, last), ())]
        return []

    def _own_place(self, own: Sequence[Phrase]) -> PlaceFinding:
        """Where the organisation lies: said beside it, else by its name."""
        mine = [
            spot
            for spot in self._spots
            if self._mode_at(spot.first) in (Mode.US, Mode.ME) and spot.first not in self._denied
        ]
        towns = [one for one in mine if one.finding.guesses[0].place.kind not in AREAS]
        countries = [one.region for one in mine if one.region and one not in towns]
        beside = self._country_beside(mine, own)
        country = next((one for one in (*countries, beside) if one and one.isupper()), None)
        for phrase in own:
            written = phrase.name or self._text.slice(phrase.first, phrase.last)
            found = (phrase.name is None and self._country_in(written)) or self._by_name(written)
            if found.guesses and (phrase.name or found.guesses[0].exact):
                within = _within(found, country)
                if within.guesses[0].place.kind is not PlaceKind.COUNTRY or not towns:
                    return within
        for phrase in self._located:
            found = self._by_name(self._text.slice(phrase.first, phrase.last))
            if found.guesses and found.guesses[0].exact:
                return _within(found, country)
        if towns:
            return _within(towns[0].finding, country)
        return next((one.finding for one in mine if one.region and one.region.isupper()), NOWHERE)

    def _by_name(self, name: str) -> PlaceFinding:
        """The place in a name: by the whole of it, else by what in it is no word for anything."""
        found = self._gazetteer.find(name, self._language, kinds=HOMES)
        if not found.guesses:
            found = self._gazetteer.find(distinct_words(name), self._language, kinds=HOMES)
        return found

    def _country_in(self, description: str) -> PlaceFinding | None:
        """ "Um município de Angola" lies in a country; a town of that name is not meant."""
        found = self._gazetteer.named(distinct_words(description), self._language, kinds=AREAS)
        best = found.guesses[0] if found.guesses else None
        return certain(best.place) if best and best.place.country else None

    def _country_beside(self, mine: Sequence[Spot], own: Sequence[Phrase]) -> str | None:
        """ "Amman, Jordan": a country right behind the town."""
        ends = {spot.last for spot in mine} | {phrase.last for phrase in own}
        return next(
            (
                spot.region
                for spot in self._spots
                if spot.first in ends and "," in self._text.between(spot.first).replace("،", ",")
            ),
            None,
        )

    def _function(self) -> tuple[int, int] | None:
        for before, part in pairwise([Part(0, 0, Mode.OPEN), *self._parts]):
            if part.mode is Mode.ME or (before.mode is Mode.ME and part.mode is Mode.US):
                first = self._named[1] if self._named and part.first <= self._named[0] else None
                if found := function_in(self._text, first or part.first, part.last, self._phrases):
                    return found
        return None

    # Topics

    def _mentions(self, mode: Mode) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for first, last in self._runs(mode):
            for one in self._topics.find(self._bared(first, last), self._language):
                best = one.guesses[0]
                if best.topic != GENERIC and (best.exact or best.score >= ACCEPTED):
                    kept = tuple(guess for guess in one.guesses if guess.topic != GENERIC)
                    found.setdefault(best.topic, replace(one, guesses=kept))
        return tuple(found.values())

    def _runs(self, mode: Mode, *, denied: bool = False) -> list[tuple[int, int]]:
        """Neighbouring parts of one mode, as one: an "and" between them may be in a label."""
        runs: list[tuple[int, int]] = []
        for part in self._parts:
            if part.mode is not mode:
                continue
            for at in range(part.first, part.last):
                if (at in self._denied) is not denied:
                    continue
                if runs and runs[-1][1] in (at, at - 1) and not (part.begins and at == part.first):
                    runs[-1] = (runs[-1][0], at + 1)
                else:
                    runs.append((at, at + 1))
        return runs

    def _bared(self, first: int, last: int) -> str:
        """The words without cues, places and what names no topic."""
        kept = ""
        for at in range(first, last):
            gap = self._text.between(at) if at > first else ""
            kept += gap + (", " if self._says_no_topic(at) else self._text.words[at].written)
        return kept

    def _says_no_topic(self, at: int) -> bool:
        return (
            self._text.words[at].key in SAYS_NO_TOPIC
            or self._text.in_cue(at)
            or any(spot.first <= at < spot.last for spot in self._spots)
            or any(one.first <= at < one.last and one.name for one in self._phrases)
            or bool(self._named and self._named[0] <= at < self._named[1])
        )

    def _topics_ruled_out(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                one.guesses[0].topic
                for mode in (Mode.SEEKS, Mode.OFFERS, Mode.OPEN)
                for first, last in self._runs(mode, denied=True)
                for one in self._topics.find(self._bared(first, last), self._language)
                if one.guesses[0].topic != GENERIC
            )
        )


NOWHERE = PlaceFinding()


def _overlaps(one: Phrase, others: Iterable[Phrase]) -> bool:
    return any(one.first < other.last and other.first < one.last for other in others)


def _within(finding: PlaceFinding, country: str | None) -> PlaceFinding:
    """The guesses in a country, where there are any."""
    inside = tuple(one for one in finding.guesses if one.place.country == country)
    if country is None or not inside:
        return finding
    return PlaceFinding(inside, finding.certain or len(inside) == 1)


def _languages_by_stem(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    by_stem: dict[str, str] = {}
    for code, several in names.items():
        for name in several:
            words = words_of(tidy(name))
            if len(words) == 1:
                by_stem.setdefault(stem_of(words[0].key), code)
    return by_stem
