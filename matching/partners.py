"""Who fits whom, and why: the index finds them, the rules of the domain say why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from domain.matches import Match, Mode
from domain.organisations import Organisation
from domain.rules.reasons import gaps, objections, reasons
from domain.track_records import NO_RECORD, NO_TIES, Ties, TrackRecord
from matching.criteria.question import Question
from matching.partner_index import ANYBODY, Found, PartnerIndex, Wanted

__all__ = ["explained", "fit", "rank"]


def rank(
    own: Organisation,
    candidates: Sequence[Organisation],
    records: Mapping[int, TrackRecord] | None = None,
    *,
    on: date | None = None,
    ties: Ties = NO_TIES,
    wanted: Wanted = ANYBODY,
) -> tuple[Match, ...]:
    """Candidates that fit, best first; `on`: the day, for those that are full until then (None:
    nobody is)."""
    index = PartnerIndex()
    for one in candidates:
        index.put(one)
    index.record(records or {})
    question = Question(index.question(own), ties, on)
    found = index.best(question, len(candidates), wanted) if candidates else ()
    by_id = {one.id: one for one in candidates}
    return explained(question, found, by_id.__getitem__, records or {})


def explained(
    question: Question,
    found: Iterable[Found],
    organisation: Callable[[int], Organisation],
    records: Mapping[int, TrackRecord],
) -> tuple[Match, ...]:
    """What was found, with what speaks for and against each."""
    return tuple(_match(question, one, organisation(one.organisation), records) for one in found)


def _match(
    question: Question, found: Found, other: Organisation, records: Mapping[int, TrackRecord]
) -> Match:
    own, ties, on = question.own.one, question.ties, question.on
    record = records.get(other.id, NO_RECORD)
    return Match(
        organisation=other,
        mode=found.mode,
        fit=found.fit,
        score=found.score,
        reasons=reasons(own, other, on=on, ties=ties, record=record),
        gaps=gaps(other),
        against=objections(own, other, found.mode, on=on, ties=ties, record=record),
    )


def fit(one: Organisation, other: Organisation) -> tuple[float, Mode]:
    """How well two fit, 0 to 1, and which way it carries; the same from both sides."""
    return PartnerIndex().fit(one, other)
