"""Which topics somebody means by what they wrote, in any of the seven languages.

Labels that stand in the text are found word for word. What is left is compared with the labels of
all languages by its letters; what is too little like any of them is not understood, as asking again
is better than guessing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from domain.topics import Topic
from matching.topic_everyday import EVERYDAY, NAMES, SMALL_WORDS
from matching.topic_labels import REPAIRS, LabelIndex, Naming
from matching.topic_ngrams import Example, NgramModel
from matching.topic_text import (
    Word,
    begins_with_and,
    clauses_of,
    is_abbreviation,
    joins,
    tidy,
    words_of,
)

MOST_GUESSES = 3
MOST_PIECES = 30  # of one text; whoever names more topics than that names none
NEAREST_WEIGHT = 0.5
ACCEPTED = 0.45
"""Beneath this score nothing was understood."""
ACCEPTED_REPAIRED = 0.7
"""The same where the spelling was repaired, as any word has neighbours ("Schuhe", "Schule")."""
WORTH_ASKING = 0.5
"""A further guess is shown from this share of the best one's score."""
NAMED = 0.95
"""Score of a label that stands among other words, or that other topics have as well."""
NAMED_ALONE = 0.7
"""Score of a label among words that are like no topic at all."""

# Companies by their legal form: that is a name, and says nothing about what is sought.
_LEGAL_FORMS = frozenset(
    ("gmbh", "ag", "kg", "aoer", "ltd", "llc", "inc", "plc", "srl", "sarl", "ltda", "кп", "тов")
)


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


class TopicFinder:
    """Finds topics in free text. Built once; safe to share between threads."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        catalogue = tuple(topics)
        self._ids = [topic.id for topic in catalogue]
        self._labels = LabelIndex(catalogue)
        self._model = NgramModel(_examples(catalogue), kinds=len(catalogue) + 2)

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """Topics named in the text, in its order; () when it was not understood.

        Reads the first 1,000 characters. `language` is the one that the person is spoken to in;
        the text may be in another one, or in several.
        """
        said = tidy(text)
        pieces = (piece for clause in clauses_of(said) for piece in self._pieces(said, clause))
        return _without_repeats(
            mention
            for piece in islice(pieces, MOST_PIECES)
            for mention in self._mentions(said, piece, language)
        )

    def _pieces(self, text: str, clause: Sequence[Word]) -> list[list[Word]]:
        """A clause cut at its "and"s, except inside a label ("Floods and stormwater")."""
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
        return [piece for piece in pieces if piece]

    def _mentions(self, text: str, piece: Sequence[Word], language: str) -> list[Mention]:
        if any(word.key in _LEGAL_FORMS for word in piece) or _joined(piece) in _NO_TOPICS:
            return []
        namings = self._labels.namings(piece)
        if not namings:
            return self._likened(text, piece, language)
        groups = _groups(namings)
        parts = [piece[group[0].first : group[-1].last] for group in groups]
        alone = len(groups) == 1
        return [self._named(text, part, language) for part in ([piece] if alone else parts)]

    def _named(self, text: str, words: Sequence[Word], language: str) -> Mention:
        """What the labels in these words say; with other words beside them, what all say together.

        A general label among other words ("energy" in "energy recovery plant") is right less often
        than the letters of all of them; where both agree, nobody need be asked.
        """
        namings = self._labels.namings(words)
        named = list(dict.fromkeys(topic for one in namings for topic in one.languages))
        exact = len(named) == 1 and any(one.exact_in(language) for one in namings)
        if len(named) == 1 and not _around(words, namings):
            guesses: tuple[TopicGuess, ...] = (_guess(named[0], exact=exact),)
        else:
            likely = self._likely(_telling(words), language)
            guesses = _together(named, likely, exact=exact)
        return Mention(_said(text, words), guesses)

    def _likened(self, text: str, words: Sequence[Word], language: str) -> list[Mention]:
        telling = [one for one in words if self._labels.knows(one.key) or not one.abbreviation]
        keys = _telling(telling)
        if not keys:
            return []
        guesses = self._likely(keys, language) or self._likely(
            self._repaired(keys), language, accepted=ACCEPTED_REPAIRED
        )
        return [Mention(_said(text, words), guesses)] if guesses else []

    def _repaired(self, keys: Sequence[str]) -> list[str]:
        repaired = [self._labels.repaired(key) or key for key in keys[:REPAIRS]]
        return [*repaired, *keys[REPAIRS:]]

    def _likely(
        self, keys: Sequence[str], language: str, *, accepted: float = ACCEPTED
    ) -> tuple[TopicGuess, ...]:
        """Topics whose labels are like these words, best first; () when none is like enough."""
        nearest, opinion = self._model.scores(keys, language)
        likeness = opinion + NEAREST_WEIGHT * nearest
        topics = len(self._ids)
        order = np.argsort(-likeness[:topics])[:MOST_GUESSES]
        best = order[0]
        score = confidence(nearest[best], likeness[best] - likeness[topics:].max())
        if score < accepted:
            return ()
        shares = likeness[order] / likeness[best]
        return tuple(
            TopicGuess(self._ids[topic], float(score * share), exact=False)
            for topic, share in zip(order, shares, strict=True)
            if share > WORTH_ASKING
        )


def confidence(nearest: float, lead: float) -> float:
    """How surely a text is about some topic at all, 0 to 1.

    `nearest` is its likeness to the best topic's nearest label, `lead` how far that topic is ahead
    of small talk and names of places. A logistic fit on public labels of the field against small
    talk and names of places.
    """
    return float(NAMED / (1 + np.exp(-(10.0 * nearest + 7.0 * lead - 4.8))))


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


def _guess(topic: str, *, exact: bool) -> TopicGuess:
    return TopicGuess(topic, 1.0 if exact else NAMED, exact)


def _together(
    named: Sequence[str], likely: Sequence[TopicGuess], *, exact: bool
) -> tuple[TopicGuess, ...]:
    """Named topics and likely ones in one order; all that were named have a place in it."""
    if not likely:
        return tuple(TopicGuess(topic, NAMED_ALONE, False) for topic in named[:MOST_GUESSES])
    best = likely[0]
    first = TopicGuess(best.topic, NAMED, exact) if best.topic in named else best
    others = [TopicGuess(topic, first.score, False) for topic in named if topic != best.topic]
    rest = [one for one in likely[1:] if one.topic not in named]
    return tuple([first, *others, *rest][:MOST_GUESSES])


def _telling(words: Iterable[Word]) -> list[str]:
    return [word.key for word in words if word.key and word.key not in SMALL_WORDS]


def _said(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end]


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(tidy(text)))


def _joined(words: Iterable[Word]) -> str:
    return " ".join(word.key for word in words)


_NO_TOPICS = frozenset(
    _joined(words_of(tidy(phrase))) for said in (*EVERYDAY.values(), NAMES) for phrase in said
)


def _examples(topics: Sequence[Topic]) -> list[Example]:
    """Every label, each topic a class; behind them small talk, then names of places."""
    said = [
        Example(_keys(label), language, kind)
        for kind, topic in enumerate(topics)
        for language, labels in topic.labels.items()
        for label in labels
        if not is_abbreviation(label)
    ]
    small_talk = [
        Example(_keys(phrase), language, len(topics))
        for language, phrases in EVERYDAY.items()
        for phrase in phrases
    ]
    names = [Example(_keys(name), "", len(topics) + 1) for name in NAMES]
    return [*said, *small_talk, *names]


def _without_repeats(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each topic is mentioned once, where it was named best."""
    kept: dict[str, Mention] = {}
    for one in mentions:
        topic = one.guesses[0].topic
        if topic not in kept or one.guesses[0].score > kept[topic].guesses[0].score:
            kept[topic] = one
    return tuple(kept.values())
