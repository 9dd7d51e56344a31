"""A round: everyone of an exchange gets a peer, or a group for a workshop.

Pairs are a maximum-weight matching (Edmonds; Galil 1986) over each one's best edges; groups are
made language by language and bettered by exchanging members. Both are whole numbers and ties are
broken by a hash of the seed and the two ids, so that the same people, size and seed give the same
round, in whatever order they come and on whatever machine.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

import numpy as np
import rustworkx

from domain.organisations import Organisation
from domain.rounds import SIZES, Encounter, Group, Round, Unplaced, WhyUnplaced
from matching.luck import Luck
from matching.round_groups import grouped
from matching.round_reasons import explained
from matching.round_worth import APART, Levels, Tongues, together

EDGES = 20
"""So many of each one's best edges are looked at."""
_JITTER = 24
"""Bits by which ties are broken: so many that hardly any two ways of pairing all are level."""
_RETRIES = 3
MOST_DISPLACED = 2_000
"""So many are looked at who could make room for somebody who has no group."""
NAMED_NEAREST = 5

Places = list[list[int]]
"""Groups as they are made: places in the order of ids."""


def make_round(
    people: Iterable[Organisation],
    size: int = 2,
    *,
    seed: int,
    earlier: Iterable[Encounter] = (),
    on: date | None = None,
) -> Round:
    """Who sits with whom: in pairs, or in groups of 3 to 5.

    `earlier` are the meetings of former rounds, which cost, the less the longer ago they were on
    the day `on`. Memory grows with the square of the people: 50 MB for 5,000.

    Raises ValueError for a size that is not 2 to 5, or where an id comes twice.
    """
    if size not in SIZES:
        raise ValueError(f"A group holds {SIZES[0]} to {SIZES[-1]}, not {size}.")
    all_ = sorted(people, key=lambda one: one.id)
    if len({one.id for one in all_}) < len(all_):
        raise ValueError("An organisation comes twice.")
    if len(all_) < 2:
        alone = tuple(Unplaced(one.id, WhyUnplaced.ALONE) for one in all_)
        return Round(seed, size, (), alone)
    tongues = Tongues(all_)
    met = tuple(earlier)
    levels = together(all_, tongues, met, on)
    luck = Luck(seed, [one.id for one in all_])
    groups = _pairs(levels, luck) if size == 2 else grouped(levels, tongues, size, luck)
    table = _Table(levels, tongues, [sorted(one) for one in groups if len(one) > 1], size)
    waiting = set(range(len(all_))) - {member for group in table.groups for member in group}
    left_over = table.seat(waiting)
    return Round(
        seed,
        size,
        _explained(all_, table, levels, size, met),
        tuple(_unplaced(all_, levels, one) for one in sorted(left_over)),
    )


def _pairs(levels: Levels, luck: Luck) -> Places:
    """As many pairs as there can be, and of those the best."""
    edges = _best_edges(levels, luck)
    pairs = _matched(levels, edges, luck)
    for _ in range(_RETRIES):
        single = sorted(set(range(len(levels))) - {one for pair in pairs for one in pair})
        more = {
            (min(one, int(other)), max(one, int(other)))
            for one in single
            for other in np.flatnonzero(levels[one] != APART)
        }
        if len(single) < 2 or more <= edges:
            break
        edges |= more
        pairs = _matched(levels, edges, luck)
    return pairs


def _best_edges(levels: Levels, luck: Luck) -> set[tuple[int, int]]:
    """Each one's best edges: best for what the other could have elsewhere. By worth alone all
    would wish for the same few, and the rest of them would be left with nobody."""
    people = np.arange(len(levels))
    few = min(EDGES, len(levels) - 1)
    best = -np.partition(-levels, few - 1, axis=1)[:, :few].astype(np.float32)
    able = best > APART
    wanted = (best * able).sum(axis=1) / np.maximum(1, able.sum(axis=1))
    edges = set()
    for one in range(len(levels)):
        chance = luck.of_pairs(one, people) >> np.uint64(64 - _JITTER)
        value = levels[one] - wanted + chance / np.float64(2 ** (_JITTER + 1))
        value[levels[one] == APART] = -np.inf
        for other in np.argpartition(-value, few - 1)[:few]:
            if levels[one, other] != APART:
                edges.add((min(one, int(other)), max(one, int(other))))
    return edges


def _matched(levels: Levels, edges: set[tuple[int, int]], luck: Luck) -> Places:
    ordered = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    unit = len(levels) << _JITTER  # no sum of ties comes near to a thousandth of worth
    weighted = []
    for here in np.unique(ordered[:, 0]):
        there = ordered[ordered[:, 0] == here, 1]
        chances = luck.of_pairs(int(here), there) >> np.uint64(64 - _JITTER)
        for other, chance in zip(there.tolist(), chances.tolist(), strict=True):
            weighted.append((int(here), other, int(levels[here, other]) * unit + chance))
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(levels)))
    graph.add_edges_from(weighted)
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted(sorted(pair) for pair in found)


class _Table:
    """Groups at which those who wait find a seat: as one more, or where somebody moves on."""

    def __init__(self, levels: Levels, tongues: Tongues, groups: Places, size: int) -> None:
        self.groups = groups
        self.odd: dict[int, int] = {}
        """Who joined as one more, by the number of the group."""
        self._levels, self._tongues, self._size = levels, tongues, size

    def seat(self, waiting: set[int]) -> set[int]:
        """Seat those who wait, the one with the fewest choices first; who finds none comes back."""
        left_over = {one for one in waiting if (self._levels[one] == APART).all()}
        waiting = waiting - left_over
        while waiting:
            one = min(waiting, key=lambda each: (len(self._open_to(each)), each))
            waiting.remove(one)
            if not (self._join(one) or self._pair_up(one, waiting) or self._displace(one)):
                left_over.add(one)
        return left_over

    def _open_to(self, one: int, without: frozenset[int] = frozenset()) -> list[int]:
        """Groups with room that could talk with this one too."""
        return [
            number
            for number, group in enumerate(self.groups)
            if len(group) <= self._size
            and number not in without
            and self._tongues.common((one, *group))
        ]

    def _join(self, one: int, without: frozenset[int] = frozenset()) -> bool:
        """Join the group where all go together best afterwards: smaller ones first."""
        numbers = self._open_to(one, without)
        if not numbers:
            return False
        best = max(numbers, key=lambda at: (-len(self.groups[at]), self._gain(one, at), -at))
        self.groups[best] = sorted((*self.groups[best], one))
        if len(self.groups[best]) > self._size:
            self.odd[best] = one
        return True

    def _gain(self, one: int, number: int) -> float:
        """What everybody's average gains when this one joins."""
        group = self.groups[number]
        before = sum(int(self._levels[pair]) for pair in combinations(group, 2))
        added = sum(int(self._levels[one, member]) for member in group)
        return 2 * (before + added) / len(group) - 2 * before / (len(group) - 1)

    def _pair_up(self, one: int, waiting: set[int]) -> bool:
        able = [other for other in waiting if self._tongues.common((one, other))]
        if not able:
            return False
        best = max(able, key=lambda other: (int(self._levels[one, other]), -other))
        waiting.remove(best)
        self.groups.append(sorted((one, best)))
        return True

    def _displace(self, one: int) -> bool:
        """Take the seat of somebody who finds one elsewhere, in as many steps as it takes."""
        came_from: dict[int, tuple[int, int]] = {}  # who leaves: (who takes the seat, which group)
        line, seen = [one], {one}
        while line and len(seen) < MOST_DISPLACED:
            standing = line.pop(0)
            path = self._path(standing, came_from)
            for number, group in enumerate(self.groups):
                if number in path:
                    continue
                for leaving in group:
                    rest = [standing, *(each for each in group if each != leaving)]
                    if leaving in seen or not self._tongues.common(rest):
                        continue
                    seen.add(leaving)
                    came_from[leaving] = (standing, number)
                    if self._open_to(leaving, path | {number}):
                        self._move(leaving, came_from)
                        return self._join(leaving, path | {number})
                    line.append(leaving)
        return False

    def _path(self, standing: int, came_from: dict[int, tuple[int, int]]) -> frozenset[int]:
        groups = set()
        while standing in came_from:
            standing, number = came_from[standing]
            groups.add(number)
        return frozenset(groups)

    def _move(self, leaving: int, came_from: dict[int, tuple[int, int]]) -> None:
        while leaving in came_from:
            taking, number = came_from[leaving]
            rest = [each for each in self.groups[number] if each != leaving]
            self.groups[number] = sorted((*rest, taking))
            if self.odd.get(number) == leaving:
                self.odd[number] = taking
            leaving = taking


def _explained(
    people: Sequence[Organisation],
    table: _Table,
    levels: Levels,
    size: int,
    earlier: Sequence[Encounter],
) -> tuple[Group, ...]:
    numbered = sorted(enumerate(table.groups), key=lambda each: each[1])
    groups = []
    for number, members in numbered:
        odd = table.odd.get(number)
        pairs = list(combinations(members, 2))
        worth = sum(max(0, int(levels[pair])) for pair in pairs) / len(pairs)
        groups.append(
            explained(
                [people[one] for one in members],
                score=worth / 1000,
                size=size,
                odd=None if odd is None else people[odd].id,
                earlier=earlier,
            )
        )
    return tuple(groups)


def _unplaced(people: Sequence[Organisation], levels: Levels, one: int) -> Unplaced:
    able = np.flatnonzero(levels[one] != APART)
    best = able[np.argsort(-levels[one, able], kind="stable")][:NAMED_NEAREST]
    why = WhyUnplaced.NO_GROUP if len(able) else WhyUnplaced.NO_LANGUAGE
    return Unplaced(people[one].id, why, tuple(people[other].id for other in best.tolist()))
