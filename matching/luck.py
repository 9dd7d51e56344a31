"""Luck that can be had again: by a seed, in whatever order people come."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Luck:
    """Ties broken by the seed: a hash of it and two ids (SplitMix64, Steele et al. 2014), which no
    version of a library changes."""

    def __init__(self, seed: int, ids: Sequence[int]) -> None:
        with np.errstate(over="ignore"):
            start = _mixed(np.array([seed % 2**64], dtype=np.uint64))
            own = np.array([one % 2**64 for one in ids], dtype=np.uint64)
            self._each = _mixed(own + start)

    def of_pairs(self, here: int, there: NDArray[np.int64]) -> NDArray[np.uint64]:
        """A number for one with each of several, the same both ways."""
        one, others = self._each[here], self._each[there]
        with np.errstate(over="ignore"):
            return _mixed(np.minimum(one, others) + _mixed(np.maximum(one, others)))

    def of_each(self, turn: int = 0) -> NDArray[np.uint64]:
        """A number for everybody, other ones in each turn."""
        with np.errstate(over="ignore"):
            return _mixed(self._each + np.uint64(turn))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
