"""How well any two of a round go together: all pairs at once, as whole numbers.

Coverage of needs by offers is a product of matrices; for a thousand people that takes a tenth of
what asking for each of them takes, and gives the same fit as matching/partner_index.py.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.organisations import Organisation, Sector
from domain.rounds import Encounter
from domain.rules.topic_kinship import degree, line_of
from domain.topics import load_topics
from matching.columns import Columns, Floats, Mask
from matching.criteria import OF_THE_FIT
from matching.criteria.question import Question
from matching.kinship import kinship
from matching.weights import (
    FIT,
    MENTORING,
    PEER,
    REPEAT,
    REPEAT_HALVES_AFTER,
    ROUND,
    STRANGERS,
)

Levels = NDArray[np.int16]

STEPS = 1_000
"""Worth is counted in thousandths, so that rounding of sums never decides."""
APART = np.int16(-32_768)
"""Of two that cannot talk to each other, and of oneself."""
_LOWEST = -32_000
_BLOCK = 256


class Tongues:
    """Who speaks what, as bits; who has not stated it may speak anything."""

    def __init__(self, people: Sequence[Organisation]) -> None:
        stated = sorted({one for each in people for one in each.languages or ()})
        self._numbers = {one: number for number, one in enumerate(stated)}
        self.everything = (1 << max(1, len(stated))) - 1
        self.of = [self._bits(one) for one in people]

    def _bits(self, one: Organisation) -> int:
        if not one.languages:
            return self.everything
        return sum(1 << self._numbers[language] for language in one.languages)

    def common(self, members: Iterable[int]) -> int:
        """The languages in which all of them can talk, as bits; 0 where there is none."""
        found = self.everything
        for one in members:
            found &= self.of[one]
        return found

    def words(self) -> NDArray[np.uint64]:
        """Everybody's bits in words of 64: (people, words)."""
        wide = -(-self.everything.bit_length() // 64)
        raw = b"".join(one.to_bytes(8 * wide, "little") for one in self.of)
        return np.frombuffer(raw, dtype="<u8").reshape(len(self.of), wide)


def together(
    people: Sequence[Organisation],
    tongues: Tongues,
    earlier: Iterable[Encounter],
    on: date | None,
) -> Levels:
    """What any two are worth together, in thousandths: (people, people), the same both ways.

    APART where they have no language in common. Earlier meetings cost, the less the longer ago;
    `on` is the day of the round (None: that of the latest meeting).
    """
    worth = _worth(people)
    levels = np.rint(worth * STEPS).astype(np.int16)
    levels = np.maximum(levels, levels.T)
    _count_repeats(levels, people, tuple(earlier), on)
    levels[~_can_talk(tongues.words())] = APART
    np.fill_diagonal(levels, APART)
    return levels


def _worth(people: Sequence[Organisation]) -> Floats:
    named = {
        topic for one in people for topics in (one.offers, one.seeks) for topic in topics or ()
    }
    topics = sorted(named & load_topics().keys())
    offers = _marks([one.offers for one in people], topics)
    seeks = _marks([one.seeks for one in people], topics)
    gives = _reach(offers, _nearness(topics))
    needs = np.array([[max(1, len(one.seeks or ()))] for one in people], dtype=np.float32)
    spoken = np.maximum(offers, seeks)
    sectors = _marks(
        [frozenset(one.sectors or ()) - {Sector.CROSS_SECTOR} for one in people], list(Sector)
    )
    shares = _Shares(people)
    found = np.empty((len(people), len(people)), dtype=np.float32)
    for begin in range(0, len(people), _BLOCK):
        rows = slice(begin, begin + _BLOCK)
        fit = _fit(
            seeks[rows] @ gives.T / needs[rows],
            gives[rows] @ seeks.T / needs.T,
            seeks[rows] @ seeks.T,
        )
        fit += (1 - fit) * shares(range(begin, min(begin + _BLOCK, len(people)))) * (fit > 0)
        alike = 1 - np.float32(0.5) ** (spoken[rows] @ spoken.T)
        trade = (sectors[rows] @ sectors.T) > 0
        value = ROUND["fit"] * fit + ROUND["topics"] * alike + ROUND["sectors"] * trade
        found[rows] = STRANGERS + (1 - STRANGERS) * value
    return found


def _fit(forth: Floats, back: Floats, common: Floats) -> Floats:
    """As matching/criteria/topics.py has it."""
    both = (forth > 0) & (back > 0)
    harmonic = 2 * forth * back / np.maximum(forth + back, np.float32(1e-9))
    one_way = np.maximum(
        MENTORING * np.maximum(forth, back), PEER * (1 - np.float32(0.5) ** common)
    )
    return np.where(both, MENTORING + (1 - MENTORING) * harmonic, one_way).astype(np.float32)


class _Shares:
    """How much nearer to 1 the fit of some is brought by what else goes together, with anybody."""

    def __init__(self, people: Sequence[Organisation]) -> None:
        self._columns = Columns(kinship())
        for at, one in enumerate(people):
            self._columns.write(at, one)
        self._rows = np.arange(len(people))
        self._people = people

    def __call__(self, several: Iterable[int]) -> Floats:
        return np.stack([self._share(self._people[at]) for at in several])

    def _share(self, one: Organisation) -> Floats:
        question = Question(self._columns.row(one))
        share = np.zeros(len(self._rows), dtype=np.float32)
        for name, values in OF_THE_FIT.items():
            share += np.float32(FIT[name]) * values(question, self._columns, self._rows)
        return share


def _marks(sets: Sequence[Iterable[str] | None], known: Sequence[str]) -> Floats:
    numbers = {one: number for number, one in enumerate(known)}
    found = np.zeros((len(sets), len(known)), dtype=np.float32)
    for row, several in enumerate(sets):
        found[row, [numbers[one] for one in several or () if one in numbers]] = 1
    return found


def _nearness(topics: Sequence[str]) -> Floats:
    """How near any two topics are; only those of one family are near at all."""
    catalogue = load_topics()
    lines = [line_of(catalogue, topic) for topic in topics]
    families: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line:
            families.setdefault(line[-1], []).append(number)
    found = np.zeros((len(topics), len(topics)), dtype=np.float32)
    for family in families.values():
        for one in family:
            for other in family:
                found[one, other] = degree(lines[one], lines[other])
    return found


def _reach(offers: Floats, nearness: Floats) -> Floats:
    """How near the best of each one's offers comes to each topic."""
    found = np.zeros_like(offers)
    for topic in range(offers.shape[1]):
        having = np.flatnonzero(offers[:, topic])
        found[having] = np.maximum(found[having], nearness[topic])
    return found


def _can_talk(words: NDArray[np.uint64]) -> Mask:
    able = np.zeros((len(words), len(words)), dtype=np.bool_)
    for word in words.T:
        able |= (word[:, None] & word[None, :]) != 0
    return able


def _count_repeats(
    levels: Levels,
    people: Sequence[Organisation],
    earlier: Sequence[Encounter],
    on: date | None,
) -> None:
    if not earlier:
        return
    day = on or max(one.on for one in earlier)
    places = {one.id: at for at, one in enumerate(people)}
    cost: dict[tuple[int, int], float] = {}
    for one in sorted(earlier, key=lambda each: (each.on, each.one, each.other)):
        here, there = places.get(one.one), places.get(one.other)
        if here is None or there is None or here == there:
            continue
        pair = (min(here, there), max(here, there))
        ago = max(0, (day - one.on).days)
        cost[pair] = cost.get(pair, 0.0) + REPEAT * 0.5 ** (ago / REPEAT_HALVES_AFTER)
    for (here, there), amount in cost.items():
        level = max(_LOWEST, int(levels[here, there]) - round(amount * STEPS))
        levels[here, there] = levels[there, here] = level
