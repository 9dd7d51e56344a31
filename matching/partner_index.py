"""All organisations in memory, and who of them fits whom.

Hard filters first, by bits; then what is left is scored, and the best few are put in order. Safe to
use from several threads: a change waits until a question has been answered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

import numpy as np

from domain.matches import Mode
from domain.organisations import Organisation
from domain.searches import Filters
from domain.track_records import TrackRecord
from matching.columns import Columns, Floats, Mask, Row, Rows
from matching.criteria import OF_THE_FIT, OF_THE_ORDER, at_most, lift
from matching.criteria.eligibility import free, in_climates, passing, suggestible
from matching.criteria.question import Question
from matching.criteria.topics import MODES, TopicFit
from matching.kinship import Kinship, kinship
from matching.weights import FIT

EVERY_MODE = frozenset(Mode)
BLOCK = 131_072
"""Rows looked at in one go: so many of a column stay in the processor's cache."""
PORTION = 256
"""So many records are changed before somebody else may ask."""
FEW = 1_024
"""So many are scored as quickly as it is found out which of them need not be."""
TRIED = 256
"""So many of the most promising ones are scored before the others."""
ROUNDING = 1e-5
"""More than single precision can be off by."""


@dataclass(frozen=True, slots=True)
class Found:
    """One that fits: its id, which way it carries, the fit (0 to 1, the same from both sides) and
    the score that orders the list within its mode."""

    organisation: int
    mode: Mode
    fit: float
    score: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to look for: the modes asked for by name, the filters chosen, and who was seen already.
    `climates`: wishes of `domain.searches.ClimateWish`, none for any. `within`: nobody but
    these."""

    modes: frozenset[Mode] = EVERY_MODE
    filters: Filters = field(default_factory=Filters)
    climates: frozenset[str] = frozenset()
    seen: frozenset[int] = frozenset()
    within: frozenset[int] | None = None


ANYBODY = Wanted()


class PartnerIndex:
    """Organisations by their columns. Every public method may be called from any thread."""

    def __init__(self, relations: Kinship | None = None) -> None:
        self._columns = Columns(relations or kinship())
        self._places: dict[int, int] = {}
        self._free: list[int] = []
        self._lock = Lock()

    def __len__(self) -> int:
        """How many organisations it holds."""
        return len(self._places)

    @property
    def bytes_each(self) -> float:
        """Bytes that an organisation takes in the columns."""
        return self._columns.bytes_each

    def put(self, one: Organisation) -> None:
        """Add an organisation, or let it be as it is now. What it has done so far is kept."""
        with self._lock:
            at = self._places.get(one.id)
            if at is None:
                at = self._free.pop() if self._free else self._columns.size
                self._places[one.id] = at
            self._columns.write(at, one)

    def put_all(self, several: Iterable[Organisation]) -> None:
        """Add several; others may ask in between."""
        for one in several:
            self.put(one)

    def remove(self, organisation: int) -> None:
        """Forget an organisation; one that is not there is none."""
        with self._lock:
            at = self._places.pop(organisation, None)
            if at is not None:
                self._columns.clear(at)
                self._free.append(at)

    def record(self, records: Mapping[int, TrackRecord]) -> None:
        """Let the records of some organisations be these; others may ask in between."""
        for some in _portions(records):
            with self._lock:
                there = [one for one in some if one in self._places]
                for one in there:
                    self._columns.write_record(self._places[one], records[one])
                rows = np.array([self._places[one] for one in there], dtype=np.int64)
                self._columns["lift"][rows] = lift(self._columns, rows)

    def question(self, own: Organisation) -> Row:
        """An organisation as the one for which partners are sought; it need not be in the index."""
        with self._lock:
            return self._columns.row(own)

    def best(self, question: Question, limit: int, wanted: Wanted = ANYBODY) -> tuple[Found, ...]:
        """The best partners, reciprocal ones first, then mentors and mentees, then peers."""
        with self._lock:
            topics, found = TopicFit(question, self._columns), list[Found]()
            for mode, rows in self._by_mode(question, topics, wanted):
                found += self._ordered(question, topics, rows, mode, limit - len(found))
                if len(found) >= limit:
                    break
            return tuple(found)

    def everybody(self, question: Question, wanted: Wanted = ANYBODY) -> frozenset[int]:
        """Ids of all that fit at all."""
        with self._lock:
            topics, ids = TopicFit(question, self._columns), list[int]()
            for mode, rows in self._by_mode(question, topics, wanted):
                if mode is not Mode.RECIPROCAL:  # those fit, or they would not be named
                    rows, _ = _meeting(topics, rows, mode)
                ids += self._columns.of("id", rows).tolist()
            return frozenset(ids)

    def fit(self, one: Organisation, other: Organisation) -> tuple[float, Mode]:
        """How well two fit, and which way it carries; both as they are given here."""
        with self._lock:
            alone = Columns(self._columns.kinship)
            alone.write(0, other)
            question = Question(alone.row(one))
            rows = np.zeros(1, dtype=np.int64)
            meeting = TopicFit(question, alone).meet(rows)
            fit = _raised(question, alone, rows, meeting.fit)
            return float(fit[0]), MODES[int(meeting.mode[0])]

    def _by_mode(
        self, question: Question, topics: TopicFit, wanted: Wanted
    ) -> Iterable[tuple[Mode, Rows]]:
        """Rows that may fit in a mode, mode by mode; later modes are looked for only where they
        are needed."""
        if Mode.RECIPROCAL in wanted.modes:
            yield Mode.RECIPROCAL, self._allowed(question, topics.reciprocal, wanted)
        if wanted.modes & {Mode.MENTORING, Mode.PEER}:
            rest = self._allowed(question, topics.one_sided, wanted)
            for mode in (Mode.MENTORING, Mode.PEER):
                if mode in wanted.modes:
                    yield mode, rest

    def _allowed(
        self, question: Question, by_topics: Callable[[slice], Mask], wanted: Wanted
    ) -> Rows:
        """Rows that share topics, may be suggested and are wanted."""
        columns, some = self._columns, [np.zeros(0, dtype=np.int64)]
        for at in range(0, columns.size, BLOCK):
            block = slice(at, min(at + BLOCK, columns.size))
            mask = by_topics(block)
            if mask.any():
                mask &= suggestible(question, columns, block)
                some.append(np.flatnonzero(mask) + at)
        rows = np.concatenate(some)
        rows = rows[free(question, columns, rows)]
        if wanted.filters.narrowed:
            rows = rows[passing(wanted.filters, columns, rows)]
        if wanted.climates:
            rows = rows[in_climates(wanted.climates, question, columns, rows)]
        for ids, inside in ((wanted.seen, False), (wanted.within, True)):
            if ids or (inside and ids is not None):
                listed = np.isin(columns.of("id", rows), np.fromiter(ids, np.int64))
                rows = rows[listed == inside]
        return rows

    def _ordered(
        self, question: Question, topics: TopicFit, rows: Rows, mode: Mode, limit: int
    ) -> list[Found]:
        """The best of some rows in a mode."""
        rows = self._promising(question, topics, rows, mode, limit)
        rows, fit, score = self._scored(question, topics, rows, mode)
        ids = self._columns.of("id", rows)
        best = _best(score, limit)
        order = best[np.lexsort((ids[best], -score[best]))][:limit]
        return [Found(int(ids[at]), mode, float(fit[at]), float(score[at])) for at in order]

    def _promising(
        self, question: Question, topics: TopicFit, rows: Rows, mode: Mode, limit: int
    ) -> Rows:
        """Those that may come among the best. The most promising ones are scored first; who comes
        behind the last of their best even if all else spoke for it need not be."""
        if len(rows) <= FEW or limit > TRIED:
            return rows
        hopes = at_most(question, topics.at_most(rows, mode), self._columns, rows)
        hopeful = hopes >= np.partition(hopes, len(rows) - TRIED)[len(rows) - TRIED]
        tried = rows[np.flatnonzero(hopeful)[: 2 * TRIED]]
        _, _, score = self._scored(question, topics, tried, mode)
        if len(score) < limit:
            return rows
        least = np.partition(score, len(score) - limit)[len(score) - limit]
        kept: Mask = hopes >= least * (1 - ROUNDING)
        return rows[kept]

    def _scored(
        self, question: Question, topics: TopicFit, rows: Rows, mode: Mode
    ) -> tuple[Rows, Floats, Floats]:
        """Rows that fit in a mode, their fit and the score that orders them."""
        rows, by_topics = _meeting(topics, rows, mode)
        fit = _raised(question, self._columns, rows, by_topics)
        score = fit.copy()
        for factors in OF_THE_ORDER.values():
            score *= factors(question, self._columns, rows)
        return rows, fit, score


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, PORTION)):
        yield some


def _meeting(topics: TopicFit, rows: Rows, mode: Mode) -> tuple[Rows, Floats]:
    """Those of some rows that fit in a mode, and how well they do by topics."""
    meeting = topics.meet(rows)
    fits = (meeting.mode == MODES.index(mode)) & (meeting.fit > 0)
    return rows[fits], meeting.fit[fits]


def _raised(question: Question, columns: Columns, rows: Rows, by_topics: Floats) -> Floats:
    """The fit by topics, brought nearer to 1 by what else goes together."""
    share = np.zeros(len(rows), dtype=np.float32)
    for name, values in OF_THE_FIT.items():
        share += np.float32(FIT[name]) * values(question, columns, rows)
    return (by_topics + (1 - by_topics) * share * (by_topics > 0)).astype(np.float32)


def _best(score: Floats, limit: int) -> Rows:
    """Places of the best scores, those that are level with the last one too."""
    if len(score) <= limit:
        return np.arange(len(score))
    least = np.partition(score, len(score) - limit)[len(score) - limit]
    return np.flatnonzero(score >= least)
