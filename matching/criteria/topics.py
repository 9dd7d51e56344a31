"""How far one's needs are met by the other's offers, and the other way; nothing counts without it.

u is the mean over one's needs of how near the best of the other's offers comes (matching/kinship),
v the mirror image. Where both are above 0 the partnership is reciprocal and the fit lies above
MENTORING by the harmonic mean of the two; else one mentors the other; else both are peers who seek
the same.
"""

from dataclasses import dataclass

import numpy as np

from domain.matches import Mode
from matching.columns import Columns, Floats, Mask, Rows, Words, any_bit
from matching.criteria.question import Question
from matching.weights import MENTORING, PEER

MODES = (Mode.RECIPROCAL, Mode.MENTORING, Mode.PEER)
"""In the order in which they come in the list."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How rows meet a question: the fit by topics alone, 0 to 1, and the mode as an index of
    MODES."""

    fit: Floats
    mode: np.ndarray


class TopicFit:
    """Topics of one organisation against those of many."""

    def __init__(self, question: Question, columns: Columns) -> None:
        own = question.own.one
        kinship = columns.kinship
        self._columns = columns
        self._wishes = [kinship.around((topic,)) for topic in sorted(own.seeks or ())]
        self._gives = kinship.around(own.offers)
        self._wanted = _all_of(kinship.around(own.seeks), kinship.width)
        self._given = _all_of(self._gives, kinship.width)
        self._sought = kinship.bits(own.seeks)
        self._own_seeks = len(own.seeks or ())

    def helping(self, rows: Rows | slice) -> Mask:
        """Rows that offer something of what is needed, or near it."""
        return any_bit(self._columns["offers"], self._wanted, rows)

    def helped(self, rows: Rows | slice) -> Mask:
        """Rows that need something of what is offered, or near it."""
        return any_bit(self._columns["seeks"], self._given, rows)

    def alike(self, rows: Rows | slice) -> Mask:
        """Rows that seek the same."""
        return any_bit(self._columns["seeks"], self._sought, rows)

    def meet(self, rows: Rows) -> Meeting:
        """How well rows meet the question by topics."""
        forth, back = self._coverage(rows), self._coverage_back(rows)
        both = (forth > 0) & (back > 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            harmonic = np.where(both, 2 * forth * back / (forth + back), 0)
        reciprocal = MENTORING + (1 - MENTORING) * harmonic
        mentoring = MENTORING * np.maximum(forth, back)
        peer = PEER * (1 - np.float32(0.5) ** self._common(rows))
        one_sided = mentoring >= peer
        fit = np.where(both, reciprocal, np.where(one_sided, mentoring, peer))
        mode = np.where(both, 0, np.where(one_sided, 1, 2))
        return Meeting(fit.astype(np.float32), mode.astype(np.uint8))

    def _coverage(self, rows: Rows) -> Floats:
        """How far the rows' offers cover one's needs, 0 to 1."""
        total = np.zeros(len(rows), dtype=np.float32)
        for degrees in self._wishes:
            best = np.zeros(len(rows), dtype=np.float32)
            for near, relatives in reversed(degrees):
                if relatives.any():
                    best[any_bit(self._columns["offers"], relatives, rows)] = near
            total += best
        return total / np.float32(max(1, self._own_seeks))

    def _coverage_back(self, rows: Rows) -> Floats:
        """How far one's offers cover the rows' needs, 0 to 1."""
        total = np.zeros(len(rows), dtype=np.float32)
        for near, relatives in self._gives:
            total += np.float32(near) * self._shared(relatives, rows)
        needs = np.maximum(1, self._columns.of("sought", rows)).astype(np.float32)
        return total / needs

    def _common(self, rows: Rows) -> Floats:
        """How many needs both have, near ones by their nearness."""
        return self._shared(self._sought, rows).astype(np.float32)

    def _shared(self, wanted: Words, rows: Rows) -> np.ndarray:
        """How many of some topics the rows seek."""
        count = np.zeros(len(rows), dtype=np.uint8)
        for word in np.flatnonzero(wanted):
            count += np.bitwise_count(self._columns["seeks"][word][rows] & wanted[word])
        return count


def _all_of(degrees: tuple[tuple[float, Words], ...], width: int) -> Words:
    found = np.zeros(width, dtype=np.uint64)
    for _, relatives in degrees:
        found |= relatives
    return found
