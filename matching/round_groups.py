"""Groups for a workshop: by language first, then by what goes together, then exchanged until no two
people could change places for the better."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.rounds import LARGEST
from matching.luck import Luck
from matching.round_worth import APART, Levels, Tongues

TRIES_EACH, WORK = 8, 6_000
"""Beginnings from which groups are bettered: so many a person, and fewer where they are many."""
MOST_PASSES = 40
LEAST = 3
"""Beneath this many it is no workshop; smaller groups come about only by languages."""
_GAIN = 1e-6

Places = list[list[int]]


def grouped(levels: Levels, tongues: Tongues, size: int, luck: Luck) -> Places:
    """Groups, the best of several tries; who has no language in common with a group is alone."""
    worth = np.where(levels == APART, 0, levels).astype(np.float32)
    rooms = _rooms(worth, tongues, size)
    tries = max(1, min(TRIES_EACH * len(levels), WORK // len(levels)))
    return max(
        (_tried(worth, tongues, rooms, size, luck.of_each(turn)) for turn in range(tries)),
        key=lambda groups: total(worth, groups),
    )


def total(worth: NDArray[np.float32], groups: Sequence[Sequence[int]]) -> float:
    """The sum over all people of how well they go, on average, with those they sit with."""
    found = 0.0
    for group in groups:
        if len(group) > 1:
            found += float(worth[np.ix_(group, group)].sum()) / (len(group) - 1)
    return round(found, 3)


def sizes(people: int, size: int) -> list[int]:
    """Sizes of groups that differ by at most one, and from what was asked for by as little as can
    be; no group beneath LEAST or above LARGEST where that is possible."""
    if people == 0:
        return []
    choices = {max(1, people // size), -(-people // size)}
    cuts = (_even(people, several) for several in sorted(choices))
    return min(cuts, key=lambda cut: _misfit(cut, size))


def _misfit(cut: Sequence[int], size: int) -> tuple[int, int]:
    outside = sum(not LEAST <= one <= LARGEST for one in cut)
    return outside, sum(abs(one - size) for one in cut)


def _even(people: int, groups: int) -> list[int]:
    least, more = divmod(people, groups)
    return [least + 1] * more + [least] * (groups - more)


def _rooms(worth: NDArray[np.float32], tongues: Tongues, size: int) -> Places:
    """People by a language that all of a room speak: the largest languages first, and whoever
    speaks several helps a small room to a group."""
    waiting = {one for one in range(len(worth)) if tongues.of[one] != tongues.everything}
    open_minded = set(range(len(worth))) - waiting
    rooms: dict[int, set[int]] = {}
    speakers = {
        bit: {one for one in waiting if tongues.of[one] >> bit & 1}
        for bit in range(tongues.everything.bit_length())
    }
    while waiting:
        bit = max(speakers, key=lambda each: (len(speakers[each] & waiting), -each))
        rooms[bit] = speakers.pop(bit) & waiting
        waiting -= rooms[bit]
    if not rooms:
        return [sorted(open_minded)]
    largest = next(iter(rooms))
    rooms[largest] |= open_minded
    for bit in sorted(rooms, key=lambda each: len(rooms[each])):
        _fill(rooms, bit, worth, tongues, size)
    return [sorted(one) for one in rooms.values()]


def _fill(
    rooms: dict[int, set[int]],
    bit: int,
    worth: NDArray[np.float32],
    tongues: Tongues,
    size: int,
) -> None:
    """Bring those into a small room who speak its language and whose own room can spare them."""
    least = min(LEAST, size)
    while len(rooms[bit]) < size:
        able = [
            (one, other)
            for other, room in rooms.items()
            if other != bit and len(room) > (size if len(rooms[bit]) >= least else least)
            for one in room
            if tongues.of[one] >> bit & 1
        ]
        if not able:
            return
        here = sorted(rooms[bit])
        one, other = max(able, key=lambda each: (float(worth[each[0], here].sum()), -each[0]))
        rooms[other].remove(one)
        rooms[bit].add(one)


def _tried(
    worth: NDArray[np.float32],
    tongues: Tongues,
    rooms: Places,
    size: int,
    chance: NDArray[np.uint64],
) -> Places:
    groups = [group for room in rooms for group in _begun(worth, room, size, chance)]
    _level_out(groups, worth, tongues, size)
    return _Exchange(worth, tongues, groups).bettered(np.argsort(chance, kind="stable").tolist())


def _begun(
    worth: NDArray[np.float32], room: Sequence[int], size: int, chance: NDArray[np.uint64]
) -> Places:
    """A room cut into groups: one after the other takes whom it goes best with."""
    waiting = sorted(room, key=lambda one: int(chance[one]))
    groups = []
    for wanted in sizes(len(room), size):
        group = [waiting.pop(0)]
        gain = worth[group[0]].copy()
        while len(group) < wanted:
            best = waiting.pop(int(np.argmax(gain[waiting])))
            group.append(best)
            gain += worth[best]
        groups.append(group)
    return groups


def _level_out(groups: Places, worth: NDArray[np.float32], tongues: Tongues, size: int) -> None:
    """Move people out of large groups into small ones of another room where they can talk."""
    while True:
        moves = [
            (len(group) - len(other), float(worth[one, other].sum()), -one, here, there)
            for there, other in enumerate(groups)
            if len(other) <= size
            for here, group in enumerate(groups)
            if len(group) > len(other) + 1
            for one in group
            if tongues.common((one, *other))
        ]
        if not moves:
            return
        _, _, one, here, there = max(moves)
        groups[here].remove(-one)
        groups[there].append(-one)


class _Exchange:
    """Groups in which people change places as long as somebody gains by it."""

    def __init__(self, worth: NDArray[np.float32], tongues: Tongues, groups: Places) -> None:
        self._worth, self._words = worth, tongues.words()
        self._groups = [list(one) for one in groups]
        self._where = np.zeros(len(worth), dtype=np.int64)
        for number, group in enumerate(groups):
            self._where[group] = number
        self._sums = np.stack([worth[group].sum(axis=0) for group in groups])
        self._own = self._sums[self._where, np.arange(len(worth))]
        self._share = np.array([2 / max(1, len(one) - 1) for one in groups], dtype=np.float32)
        self._rest = np.empty_like(self._words)
        for group in self._groups:
            self._look(group)

    def bettered(self, order: Sequence[int]) -> Places:
        """The groups after as many exchanges as better them."""
        for _ in range(MOST_PASSES):
            if sum(self._exchange(one) for one in order) == 0:
                break
        return self._groups

    def _exchange(self, one: int) -> bool:
        """Let somebody change places with whom that brings most; False where it brings nothing."""
        here, where = self._where[one], self._where
        between = self._worth[one]
        gain = self._share[here] * (self._sums[here] - between - self._own[one])
        gain += self._share[where] * (self._sums[:, one][where] - between - self._own)
        able = ((self._rest & self._words[one]) != 0).any(axis=1)
        able &= ((self._words & self._rest[one]) != 0).any(axis=1)
        gain[~able | (where == here)] = -np.inf
        other = int(np.argmax(gain))
        if not gain[other] > _GAIN:
            return False
        self._swap(one, other)
        return True

    def _swap(self, one: int, other: int) -> None:
        here, there = self._where[one], self._where[other]
        change = self._worth[other] - self._worth[one]
        self._sums[here] += change
        self._sums[there] -= change
        self._where[one], self._where[other] = there, here
        for number, leaving, coming in ((here, one, other), (there, other, one)):
            group = self._groups[number]
            group[group.index(leaving)] = coming
            self._own[group] = self._sums[number, group]
            self._look(group)

    def _look(self, group: Sequence[int]) -> None:
        """For each of a group, the languages that all the others have in common."""
        for one in group:
            others = [each for each in group if each != one]
            self._rest[one] = np.bitwise_and.reduce(self._words[others], axis=0)
