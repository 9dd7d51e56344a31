"""Topics as bits, in an order in which relatives stand together, and which are related how."""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from domain.rules.topic_kinship import DEGREES, degree, line_of
from domain.topics import Topic, load_topics

BITS = 16
"""In a word of a set: what is asked for lies in few of them, and only those are read."""

Words = NDArray[np.uint16]
Bits = tuple[tuple[int, np.uint16], ...]
"""The words of a set that are not empty, each with its number."""


class Kinship:
    """Sets of topics as bits; `domain.rules.topic_kinship` for sets of them."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        lines = {topic: line_of(topics, topic) for topic in topics}
        families: dict[str, list[str]] = {}
        for topic in sorted(topics, key=lambda one: lines[one][::-1]):
            families.setdefault(lines[topic][-1], []).append(topic)
        order = [topic for family in families.values() for topic in family]
        self._numbers = {topic: number for number, topic in enumerate(order)}
        self._relatives = {
            topic: {one: near for one in family if (near := degree(lines[topic], lines[one]))}
            for family in families.values()
            for topic in family
        }
        self._degrees: dict[str, tuple[tuple[float, Bits], ...]] = {}
        self.width = -(-len(order) // BITS)
        """Words that hold a set of topics."""

    def bits(self, topics: Iterable[str] | None) -> Words:
        """A set of topics in words; a topic that is not known is left out."""
        words = [0] * self.width
        for topic in topics or ():
            number = self._numbers.get(topic)
            if number is not None:
                words[number // BITS] |= 1 << number % BITS
        return np.array(words, dtype=np.uint16)

    def around(self, topics: Iterable[str] | None) -> tuple[tuple[float, Words], ...]:
        """For each degree, the topics whose nearest relative among these is just so near."""
        nearest: dict[str, float] = {}
        for topic in topics or ():
            for relative, near in self._relatives.get(topic, {}).items():
                nearest[relative] = max(near, nearest.get(relative, 0.0))
        return tuple(
            (degree, self.bits(topic for topic, near in nearest.items() if near == degree))
            for degree in DEGREES
        )

    def degrees(self, topic: str) -> tuple[tuple[float, Bits], ...]:
        """`around` one topic, as often asked for: its relatives degree by degree, the nearest
        last, without degrees in which it has none."""
        found = self._degrees.get(topic)
        if found is None:
            around = reversed(self.around((topic,)))
            found = tuple((near, bits) for near, words in around if (bits := filled(words)))
            self._degrees[topic] = found
        return found


def filled(words: Words) -> Bits:
    """The words of a set that are not empty."""
    return tuple((int(at), words[at]) for at in np.flatnonzero(words))


@cache
def kinship() -> Kinship:
    """Of the topics of this product."""
    return Kinship(load_topics())
