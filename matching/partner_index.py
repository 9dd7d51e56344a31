"""All organisations in memory, and who of them fits whom.

Hard filters first, by bits; then what is left is scored, and the best few are put in order. Safe to
use from several threads: a change waits until a question has been answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from domain.matches import Mode
from domain.organisations import Organisation
from domain.searches import Filters
from domain.track_records import TrackRecord
from matching.columns import Columns, Floats, Row, Rows
from matching.criteria import OF_THE_FIT, OF_THE_ORDER
from matching.criteria.eligibility import in_climates, passing, suggestible
from matching.criteria.question import Question
from matching.criteria.topics import MODES, Meeting, TopicFit
from matching.kinship import Kinship, kinship
from matching.weights import FIT

EVERY_MODE = frozenset(Mode)


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
        """Let the records of some organisations be these."""
        with self._lock:
            for organisation, record in records.items():
                at = self._places.get(organisation)
                if at is not None:
                    self._columns.write_record(at, record)

    def question(self, own: Organisation) -> Row:
        """An organisation as the one for which partners are sought; it need not be in the index."""
        with self._lock:
            return self._columns.row(own)

    def best(self, question: Question, limit: int, wanted: Wanted = ANYBODY) -> tuple[Found, ...]:
        """The best partners, reciprocal ones first, then mentors and mentees, then peers."""
        with self._lock:
            found: list[Found] = []
            for rows, meeting in self._by_mode(question, wanted):
                found += self._ordered(question, rows, meeting, limit - len(found))
                if len(found) >= limit:
                    break
            return tuple(found)

    def everybody(self, question: Question, wanted: Wanted = ANYBODY) -> frozenset[int]:
        """Ids of all that fit at all."""
        with self._lock:
            rows = [rows for rows, _ in self._by_mode(question, wanted)]
            ids = self._columns["id"]
            return frozenset(ids[np.concatenate(rows)].tolist()) if rows else frozenset()

    def fit(self, one: Organisation, other: Organisation) -> tuple[float, Mode]:
        """How well two fit, and which way it carries; both as they are given here."""
        with self._lock:
            alone = Columns(self._columns.kinship)
            alone.write(0, other)
            question = Question(alone.row(one))
            rows = np.zeros(1, dtype=np.int64)
            meeting = TopicFit(question, alone).meet(rows)
            fit = _raised(question, alone, rows, meeting)
            return float(fit[0]), MODES[int(meeting.mode[0])]

    def _by_mode(self, question: Question, wanted: Wanted) -> Iterable[tuple[Rows, Meeting]]:
        """Rows that fit, mode by mode; later modes are looked for only where they are needed."""
        topics = TopicFit(question, self._columns)
        everyone = slice(0, self._columns.size)
        helping = topics.helping(everyone)
        both = np.flatnonzero(helping)
        both = both[topics.helped(both)]
        if Mode.RECIPROCAL in wanted.modes:
            yield from self._meeting(question, topics, both, wanted, Mode.RECIPROCAL)
        if wanted.modes & {Mode.MENTORING, Mode.PEER}:
            helping |= topics.helped(everyone)
            helping |= topics.alike(everyone)
            helping[both] = False
            rest = np.flatnonzero(helping)
            for mode in (Mode.MENTORING, Mode.PEER):
                if mode in wanted.modes:
                    yield from self._meeting(question, topics, rest, wanted, mode)

    def _meeting(
        self, question: Question, topics: TopicFit, rows: Rows, wanted: Wanted, mode: Mode
    ) -> Iterable[tuple[Rows, Meeting]]:
        rows = rows[suggestible(question, self._columns, rows)]
        if wanted.filters.narrowed:
            rows = rows[passing(wanted.filters, self._columns, rows)]
        if wanted.climates:
            rows = rows[in_climates(wanted.climates, question, self._columns, rows)]
        for ids, inside in ((wanted.seen, False), (wanted.within, True)):
            if ids or (inside and ids is not None):
                listed = np.isin(self._columns.of("id", rows), np.fromiter(ids, np.int64))
                rows = rows[listed == inside]
        meeting = topics.meet(rows)
        fits = (meeting.mode == MODES.index(mode)) & (meeting.fit > 0)
        if fits.any():
            yield rows[fits], Meeting(meeting.fit[fits], meeting.mode[fits])

    def _ordered(self, question: Question, rows: Rows, meeting: Meeting, limit: int) -> list[Found]:
        fit = _raised(question, self._columns, rows, meeting)
        score = fit.copy()
        for factors in OF_THE_ORDER.values():
            score *= factors(question, self._columns, rows)
        ids = self._columns.of("id", rows)
        best = _best(score, limit)
        order = best[np.lexsort((ids[best], -score[best]))][:limit]
        return [
            Found(int(ids[at]), MODES[int(meeting.mode[at])], float(fit[at]), float(score[at]))
            for at in order
        ]


def _raised(question: Question, columns: Columns, rows: Rows, meeting: Meeting) -> Floats:
    """The fit by topics, brought nearer to 1 by what else goes together."""
    share = np.zeros(len(rows), dtype=np.float32)
    for name, values in OF_THE_FIT.items():
        share += np.float32(FIT[name]) * values(question, columns, rows)
    return (meeting.fit + (1 - meeting.fit) * share * (meeting.fit > 0)).astype(np.float32)


def _best(score: Floats, limit: int) -> Rows:
    """Places of the best scores, those that are level with the last one too."""
    if len(score) <= limit:
        return np.arange(len(score))
    least = np.partition(score, len(score) - limit)[len(score) - limit]
    return np.flatnonzero(score >= least)
