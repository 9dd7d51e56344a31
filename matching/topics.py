"""Which topics somebody means by what they wrote, in any of the seven languages.

Labels that stand in the text are found word for word. What is left is judged by its letters and,
where the model is installed, by its meaning, both learned from labels and from what people of the
trade say; what is too little like any topic is not understood, as asking again is better than
guessing.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

import numpy as np

from domain.languages import LANGUAGES
from domain.topics import Topic, load_topics
from matching.meanings import Meanings
from matching.topic_everyday import EVERYDAY, NAMES, SMALL_WORDS
from matching.topic_head import HEAD, LEARNED, Head
from matching.topic_labels import REPAIRS, LabelIndex, Naming
from matching.topic_learning import VERSION
from matching.topic_ngrams import Floats, Letters
from matching.topic_text import (
    Word,
    begins_with_and,
    clauses_of,
    joins,
    keys_of,
    tidy,
    words_of,
)

MOST_GUESSES = 3
MOST_PIECES = 30  # of one text; whoever names more topics than that names none
WORTH_ASKING = 0.02
"""A further guess is shown from this share of the likelihood."""
NAMED = 0.95
"""Score of a label that stands among other words, or that other topics have as well."""
NAMING = 1.0
"""What a label in the text adds to the log-odds of its topic, if it is all of the text."""
SHORT = 4
"""So few telling words between two "and"s may be a thing by themselves, as in a list."""
SURE = 0.8
"""A theme is so likely that its other topics are better guesses than other themes."""

# Companies by their legal form: that is a name, and says nothing about what is sought.
_LEGAL_FORMS = frozenset(
    ("gmbh", "ag", "kg", "aoer", "ltd", "llc", "inc", "plc", "srl", "sarl", "ltda", "кп", "тов")
)


class Mode(StrEnum):
    """By what texts are judged."""

    MEANING = "meaning"
    """By the model and by letters."""
    LETTERS = "letters"
    """By letters alone: the model is not installed, or was not when topics were learned."""

    @property
    def words(self) -> str:
        """The mode in plain English, for who runs the bot."""
        if self is Mode.MEANING:
            return "meaning and letters"
        return "letters alone, as the model of meanings is not installed"


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much each opinion counts, and how far ahead of small talk a topic must be to be
    understood (log-odds): a part of a text (`accepted`), and a text of several parts (`whole`).
    `least`: how likely the best topic has to be.

    Fitted on labels of public thesauri, and on utterances by other people than those from whose
    utterances it was learned (docs/matching.md).
    """

    head: float
    letters: float
    nearest: float
    accepted: float
    whole: float
    least: float


WEIGHTS = {
    Mode.MEANING: _Weights(head=1.1, letters=8.0, nearest=6.0, accepted=2.0, whole=0.5, least=0.1),
    Mode.LETTERS: _Weights(head=0.0, letters=16.0, nearest=6.0, accepted=4.0, whole=2.5, least=0.3),
}


@dataclass(frozen=True, slots=True)
class TopicGuess:
    """A topic that may be meant; `score` is 0 to 1, `exact` says that it was named as such."""

    topic: str
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a text and what it may mean: one to three topics, best first."""

    text: str
    guesses: tuple[TopicGuess, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a whole text may mean: the best topics, also where they are too unlikely to count."""

    understood: bool
    guesses: tuple[TopicGuess, ...]


_LEARN = "{}; run: python -m bot learn"


class TopicsNotLearned(Exception):
    """The topics were not learned at set-up, or from other topics than there are now."""


class TopicFinder:
    """Finds topics in free text. Opened once; safe to share between threads."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        letters: Letters,
        head: Head | None = None,
        meanings: Meanings | None = None,
    ) -> None:
        self._ids = list(topics)
        self._numbers = {topic: number for number, topic in enumerate(self._ids)}
        self._labels = LabelIndex(topics.values())
        self._letters = letters
        self._head = head
        self._meanings = meanings
        self.mode = Mode.MEANING if head is not None and meanings is not None else Mode.LETTERS
        self._weights = WEIGHTS[self.mode]
        themes = list(dict.fromkeys(topic.theme for topic in topics.values()))
        self._theme = np.array([themes.index(topic.theme) for topic in topics.values()])

    @classmethod
    def open(cls, folder: Path, meanings: Meanings | None = None) -> "TopicFinder":
        """As learned to `folder` at set-up. Raises TopicsNotLearned where it was not."""
        topics = load_topics()
        try:
            about = json.loads((folder / LEARNED).read_text(encoding="utf-8"))
            if about["version"] != VERSION or about["classes"][:-1] != list(topics):
                raise TopicsNotLearned(_LEARN.format(f"{folder} was learned from other topics"))
            return cls(topics, Letters.open(folder, LANGUAGES), Head.read(folder / HEAD), meanings)
        except (OSError, ValueError, KeyError) as error:
            raise TopicsNotLearned(_LEARN.format(f"{folder} holds nothing learned")) from error

    def read(self, text: str, language: str) -> Reading:
        """What a text means as a whole; three topics wherever it has a word."""
        said = tidy(text)
        words = words_of(said)
        mentions = self.find(text, language)
        first = [mention.guesses[0] for mention in mentions]
        whole = self._likely(words, said, language, accept=False)
        if first and all(guess.exact and guess.score == 1.0 for guess in first):
            guesses = [*first, *whole]
        elif len(mentions) == 1 and first[0].score >= NAMED:
            guesses = [*mentions[0].guesses, *whole]
        else:
            guesses = [*whole, *first]
        merged: dict[str, TopicGuess] = {}
        for guess in guesses:
            merged.setdefault(guess.topic, guess)
        return Reading(bool(mentions), tuple(merged.values())[:MOST_GUESSES])

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in the text, in its order; () when it was not understood.

        Reads the first 1,000 characters. `language` is the one that the person is spoken to in;
        the text may be in another one, or in several.
        """
        said = tidy(text)
        pieces = [piece for clause in clauses_of(said) for piece in self._pieces(said, clause)]
        if len(pieces) > 1 and self._lead(words_of(said), said, language) < self._weights.whole:
            return ()
        return _without_repeats(
            mention
            for piece in islice(pieces, MOST_PIECES)
            for mention in self._mentions(said, piece, language)
        )

    def _lead(self, words: Sequence[Word], text: str, language: str) -> float:
        """How far ahead of small talk the best topic of a whole text is (log-odds)."""
        scores = self._scores(words, text, language)
        return float(scores[:-1].max() - scores[-1])

    def _pieces(self, text: str, clause: Sequence[Word]) -> list[list[Word]]:
        """A clause cut at its "and"s, except inside a label ("Floods and stormwater"), and except
        where it is a sentence of which no part could stand alone."""
        inside = {
            at for one in self._labels.namings(clause) for at in range(one.first + 1, one.last)
        }
        pieces: list[list[Word]] = [[]]
        for at, word in enumerate(clause):
            if at not in inside and joins(text, word):
                pieces.append([])
            elif at not in inside and begins_with_and(word):
                pieces.append([word])
            else:
                pieces[-1].append(word)
        pieces = [piece for piece in pieces if piece]
        if all(self._stands_alone(piece) for piece in pieces):
            return pieces
        return [list(clause)]

    def _stands_alone(self, piece: Sequence[Word]) -> bool:
        return len(_telling(piece)) <= SHORT or bool(self._labels.namings(piece))

    def _mentions(self, text: str, piece: Sequence[Word], language: str) -> list[Mention]:
        if any(word.key in _LEGAL_FORMS for word in piece) or _joined(piece) in _NO_TOPICS:
            return []
        namings = self._labels.namings(piece)
        if not namings:
            return self._likened(text, piece, language)
        groups = _groups(namings)
        if len(groups) == 1 or len(_telling(piece)) > SHORT * len(groups):
            return self._named(text, piece, language)
        parts = [piece[group[0].first : group[-1].last] for group in groups]
        return [mention for part in parts for mention in self._named(text, part, language)]

    def _named(self, text: str, words: Sequence[Word], language: str) -> list[Mention]:
        """What the labels in these words say; with other words beside them, what all say together.

        A general label among other words ("energy" in "energy recovery plant") is right less often
        than all of them; where both agree, nobody need be asked.
        """
        namings = self._labels.namings(words)
        named = list(dict.fromkeys(topic for one in namings for topic in one.languages))
        exact = len(named) == 1 and any(one.exact_in(language) for one in namings)
        if len(named) == 1 and not _around(words, namings):
            score = 1.0 if exact else NAMED
            return [Mention(_said(text, words), (TopicGuess(named[0], score, exact),))]
        guesses = self._likely(words, text, language)
        if not guesses:
            return []
        return [Mention(_said(text, words), _with_named(guesses, named, exact=exact))]

    def _likened(self, text: str, words: Sequence[Word], language: str) -> list[Mention]:
        telling = [one for one in words if self._labels.knows(one.key) or not one.abbreviation]
        if not _telling(telling):
            return []
        guesses = self._likely(telling, text, language)
        return [Mention(_said(text, words), guesses)] if guesses else []

    def _repaired(self, keys: Sequence[str]) -> list[str]:
        repaired = [self._labels.repaired(key) or key for key in keys[:REPAIRS]]
        return [*repaired, *keys[REPAIRS:]]

    def _likely(
        self, words: Sequence[Word], text: str, language: str, *, accept: bool = True
    ) -> tuple[TopicGuess, ...]:
        """Topics that these words may mean, best first; () when none is likely enough."""
        if not words:
            return ()
        scores = self._scores(words, text, language)
        topics = scores[:-1]
        likely = np.exp(topics - topics.max())
        likely /= likely.sum() + np.exp(scores[-1] - topics.max())
        order = self._order(likely)
        ahead = topics.max() - scores[-1] >= self._weights.accepted
        if accept and not (ahead and order[0][1] >= self._weights.least):
            return ()
        return tuple(
            TopicGuess(self._ids[at], round(NAMED * score, 4), exact=False)
            for at, score in order
            if score > WORTH_ASKING or not accept
        )

    def _order(self, likely: Floats) -> list[tuple[int, float]]:
        """The best topics of the best themes; where one theme is sure, its next topic as well.

        The score of a topic is the likelihood of its theme times the share that it has beside the
        best one there.
        """
        themes = np.bincount(self._theme, likely)
        best = np.argsort(-themes)[:MOST_GUESSES]
        chosen: list[tuple[int, float]] = []
        for theme in best:
            members = np.flatnonzero(self._theme == theme)
            ranked = members[np.argsort(-likely[members])]
            most = 2 if themes[theme] > SURE else 1
            chosen += [
                (int(at), float(themes[theme] * likely[at] / likely[ranked[0]]))
                for at in ranked[:most]
            ]
        first, *rest = chosen
        return [first, *sorted(rest, key=lambda one: -one[1])][:MOST_GUESSES]

    def _scores(self, words: Sequence[Word], text: str, language: str) -> Floats:
        """Log-odds of each topic and, last, of nothing of ours."""
        weights = self._weights
        keys = [word.key for word in words if word.key]
        nearest, opinion = self._letters.scores(keys, language)
        repaired = self._repaired(keys)
        if repaired != keys:
            again = self._letters.scores(repaired, language)
            nearest, opinion = np.maximum(nearest, again[0]), np.maximum(opinion, again[1])
        scores = weights.letters * opinion + weights.nearest * nearest
        if self._head is not None and self._meanings is not None:
            vector = self._meanings.vector(_said(text, words))
            scores += weights.head * self._head.scores(vector[None])[0]
        self._add_names(scores, words)
        return np.asarray(scores, dtype=np.float32)

    def _add_names(self, scores: Floats, words: Sequence[Word]) -> None:
        """A label in the text speaks for its topic, the more the more of the text it is."""
        telling = max(1, len(_telling(words)))
        for one in self._labels.namings(words):
            share = len(_telling(words[one.first : one.last])) / telling
            for topic in one.languages:
                scores[self._numbers[topic]] += NAMING * share / len(one.languages)


def _groups(namings: Sequence[Naming]) -> list[list[Naming]]:
    """Namings; those of one topic, or side by side ("water supply tariffs"), together."""
    groups = [[namings[0]]]
    for one in namings[1:]:
        before = groups[-1][-1]
        if before.last == one.first or before.languages.keys() == one.languages.keys():
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _around(words: Sequence[Word], namings: Iterable[Naming]) -> list[str]:
    """Words that say something and stand outside the labels."""
    covered = {place for one in namings for place in range(one.first, one.last)}
    return _telling(word for place, word in enumerate(words) if place not in covered)


def _with_named(
    likely: Sequence[TopicGuess], named: Sequence[str], *, exact: bool
) -> tuple[TopicGuess, ...]:
    """Likely topics, in which those that were named have a place; the best one is exact where it
    was named as such."""
    first, *rest = likely
    if first.topic in named:
        first = TopicGuess(first.topic, max(first.score, NAMED), exact)
    missing = [topic for topic in named if topic not in {one.topic for one in likely}]
    others = [TopicGuess(topic, rest[0].score if rest else first.score, False) for topic in missing]
    ordered = [*others, *rest] if len(named) <= MOST_GUESSES else rest
    return tuple([first, *ordered][:MOST_GUESSES])


def _telling(words: Iterable[Word]) -> list[str]:
    return [word.key for word in words if word.key and word.key not in SMALL_WORDS]


def _said(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end]


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.key for word in words)


_NO_TOPICS = frozenset(
    " ".join(keys_of(phrase)) for said in (*EVERYDAY.values(), NAMES) for phrase in said
)


def _without_repeats(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each topic is mentioned once, where it was named best."""
    kept: dict[str, Mention] = {}
    for one in mentions:
        topic = one.guesses[0].topic
        if topic not in kept or one.guesses[0].score > kept[topic].guesses[0].score:
            kept[topic] = one
    return tuple(kept.values())
