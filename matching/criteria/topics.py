"""How far one's needs are met by the other's offers, and the other way; nothing counts without it.

u is the mean over one's needs of how near the best of the other's offers comes (matching/kinship),
v the mirror image. Where both are above 0 the partnership is reciprocal and the fit lies above
MENTORING by the harmonic mean of the two; else one mentors the other; else both are peers who seek
the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.matches import Mode
from domain.rules.topic_kinship import DEGREES
from matching.columns import Columns, Floats, Mask, Rows, Words, any_bit
from matching.criteria.question import Question
from matching.kinship import Bits, filled
from matching.weights import MENTORING, PEER

MODES = (Mode.RECIPROCAL, Mode.MENTORING, Mode.PEER)
"""In the order in which they come in the list."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How rows meet a question: the fit by topics alone, 0 to 1, and the mode as an index of
    MODES."""

    fit: Floats
    mode: NDArray[np.uint8]


class TopicFit:
    """Topics of one organisation against those of many."""

    def __init__(self, question: Question, columns: Columns) -> None:
        own = question.own.one
        kinship = columns.kinship
        self._columns = columns
        self._wishes = [kinship.degrees(topic) for topic in sorted(own.seeks or ())]
        self._gives = [(near, filled(words)) for near, words in kinship.around(own.offers)]
        self._sought = kinship.bits(own.seeks)
        self._wanted = _all_of((bits for wish in self._wishes for _, bits in wish), kinship.width)
        self._given = _all_of((bits for _, bits in self._gives), kinship.width)
        self._own_seeks = len(own.seeks or ())

    def reciprocal(self, rows: Rows | slice) -> Mask:
        """Rows that help and are helped."""
        found = self._helping(rows)
        return found & self._helped(rows) if found.any() else found

    def one_sided(self, rows: Rows | slice) -> Mask:
        """Rows that only help, are only helped, or seek the same."""
        helping, helped = self._helping(rows), self._helped(rows)
        alike = any_bit(self._columns["seeks"], self._sought, rows)
        return (helping | helped | alike) & ~(helping & helped)

    def _helping(self, rows: Rows | slice) -> Mask:
        """Rows that offer something of what is needed, or near it."""
        return any_bit(self._columns["offers"], self._wanted, rows)

    def _helped(self, rows: Rows | slice) -> Mask:
        """Rows that need something of what is offered, or near it."""
        return any_bit(self._columns["seeks"], self._given, rows)

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

    def at_most(self, rows: Rows, mode: Mode) -> Floats:
        """The fit that `meet` can find in a mode at most, by quicker means: whatever is not the
        same topic is taken for the nearest one."""
        if mode is Mode.PEER:
            return (PEER * (1 - np.float32(0.5) ** self._common(rows))).astype(np.float32)
        offers = _read(self._columns["offers"], self._wanted, rows)
        near = np.zeros(len(rows), dtype=np.uint8)
        for wish in self._wishes:
            if wish:  # a topic that is not known is near to none
                near += _any(wish, offers)
        forth = _blended(_shared(filled(self._sought), offers, len(rows)), near)
        forth /= np.float32(max(1, self._own_seeks))
        seeks = _read(self._columns["seeks"], self._given, rows)
        (_, same), *_ = self._gives
        back = _blended(
            _shared(same, seeks, len(rows)), _shared(filled(self._given), seeks, len(rows))
        )
        back /= np.maximum(1, self._columns.of("sought", rows)).astype(np.float32)
        if mode is Mode.MENTORING:
            return (MENTORING * np.maximum(forth, back)).astype(np.float32)
        harmonic = 2 * forth * back / (forth + back)
        return (MENTORING + (1 - MENTORING) * harmonic).astype(np.float32)

    def _coverage(self, rows: Rows) -> Floats:
        """How far the rows' offers cover one's needs, 0 to 1."""
        offers = _read(self._columns["offers"], self._wanted, rows)
        total = np.zeros(len(rows), dtype=np.float32)
        for wish in self._wishes:
            best = np.zeros(len(rows), dtype=np.float32)
            for near, relatives in wish:
                for word, bits in relatives:
                    np.copyto(best, np.float32(near), where=(offers[word] & bits) != 0)
            total += best
        return total / np.float32(max(1, self._own_seeks))

    def _coverage_back(self, rows: Rows) -> Floats:
        """How far one's offers cover the rows' needs, 0 to 1."""
        seeks = _read(self._columns["seeks"], self._given, rows)
        total = np.zeros(len(rows), dtype=np.float32)
        for near, relatives in self._gives:
            if relatives:
                total += np.float32(near) * _shared(relatives, seeks, len(rows))
        needs = np.maximum(1, self._columns.of("sought", rows)).astype(np.float32)
        return total / needs

    def _common(self, rows: Rows) -> Floats:
        """How many needs both have."""
        seeks = _read(self._columns["seeks"], self._sought, rows)
        return _shared(filled(self._sought), seeks, len(rows)).astype(np.float32)


def _read(column: Words, wanted: Words, rows: Rows) -> dict[int, Words]:
    """The words of a column that are needed, at some rows: read once, compared often."""
    return {int(word): column[word].take(rows) for word in np.flatnonzero(wanted)}


def _shared(wanted: Bits, read: dict[int, Words], several: int) -> NDArray[np.uint8]:
    """How many of some topics each of several rows has."""
    count = np.zeros(several, dtype=np.uint8)
    for word, bits in wanted:
        count += np.bitwise_count(read[word] & bits)
    return count


def _any(degrees: Iterable[tuple[float, Bits]], read: dict[int, Words]) -> Mask:
    """Which rows have a topic of any degree."""
    first, *others = (read[word] & bits for _, relatives in degrees for word, bits in relatives)
    for other in others:
        first |= other
    return first != 0


def _blended(same: NDArray[np.uint8], near: NDArray[np.uint8]) -> Floats:
    """What topics of which some are the same ones count for at most."""
    most = np.float32(DEGREES[1])
    return ((1 - most) * same + most * near).astype(np.float32)


def _all_of(several: Iterable[Bits], width: int) -> Words:
    found = np.zeros(width, dtype=np.uint16)
    for bits in several:
        for word, some in bits:
            found[word] |= some
    return found
