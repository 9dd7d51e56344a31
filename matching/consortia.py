"""For what a partner needs, the two or three operators whose offers together cover it best.

Every two and three of the best CANDIDATES are tried, so that among them none better is overlooked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from domain.consortia import (
    LEAST,
    MOST,
    Against,
    AgainstKind,
    Brought,
    Consortium,
    For,
    ForKind,
    LeftOut,
    Member,
    Proposals,
    WhyNot,
)
from domain.organisations import Kind, Organisation
from domain.rules.eligibility import (
    accepts,
    lie_in_different_countries,
    share_a_language,
)
from domain.rules.fullness import is_full
from domain.rules.topic_kinship import near
from domain.track_records import NO_RECORD, TrackRecord
from matching.columns import Floats, Mask
from matching.criteria.help_given import DOUBT
from matching.weights import CONSORTIUM, LEAD

CANDIDATES = 60
"""So many operators are tried with each other, the ones that cover most."""
OF_EACH_NEED = 5
"""So many that come nearest to a need are among them, however little else they offer."""
OVERLAP = 1
"""Two proposals share no more members than that."""
EPSILON = 1e-6
_NO_OPERATORS = frozenset({Kind.ASSOCIATION, Kind.NETWORK})
_NONE: frozenset[str] = frozenset()


def propose(
    partner: Organisation,
    operators: Iterable[Organisation],
    *,
    limit: int = 5,
    records: Mapping[int, TrackRecord] | None = None,
    on: date | None = None,
) -> Proposals:
    """Consortia for what a partner needs, the best first; `on`: the day, for who is full until
    then."""
    needs = tuple(sorted(partner.seeks or ()))
    asked = sorted((one for one in operators if one.id != partner.id), key=lambda one: one.id)
    why_not = {one.id: _why_not(partner, one, needs, on) for one in asked}
    able = [one for one in asked if why_not[one.id] is None]
    table = _Table(partner, needs, able, records or {})
    best = int(np.argmax(table.own)) if able else None
    return Proposals(
        partner=partner.id,
        needs=needs,
        consortia=tuple(table.consortium(one) for one in _apart(table.ranked(), limit)),
        alone=None if best is None else (able[best].id, round(float(table.own[best]), 6)),
        unmet=tuple(need for at, need in enumerate(needs) if not (table.nearness[:, at] > 0).any()),
        left_out=tuple(LeftOut(one, why) for one, why in why_not.items() if why is not None),
    )


def _why_not(
    partner: Organisation, one: Organisation, needs: Sequence[str], on: date | None
) -> WhyNot | None:
    """Why an operator cannot be asked; None where it can."""
    checks = (
        (WhyNot.NO_OPERATOR, one.kind in _NO_OPERATORS),
        (WhyNot.OFFERS_NOT_STATED, not one.offers),
        (WhyNot.BRINGS_NOTHING, not any(_best_offer(need, one)[1] for need in needs)),
        (WhyNot.FULL, on is not None and is_full(one, on)),
        (WhyNot.OTHER_LANGUAGE, not share_a_language(one, partner)),
        (WhyNot.OTHER_REGION, not (accepts(one, partner) and accepts(partner, one))),
        (WhyNot.SAME_COUNTRY, not lie_in_different_countries(one, partner)),
    )
    return next((why for why, applies in checks if applies), None)


def _best_offer(need: str, one: Organisation) -> tuple[str, float]:
    """The offer that comes nearest to a need, and how near."""
    offers = ((offer, near(need, offer)) for offer in sorted(one.offers or ()))
    return max(offers, key=lambda each: each[1], default=("", 0.0))


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Some of the candidates by their places, and how good they are together."""

    places: tuple[int, ...]
    score: float


class _Table:
    """Who comes how near to which need, and who can talk to whom."""

    def __init__(
        self,
        partner: Organisation,
        needs: Sequence[str],
        able: Sequence[Organisation],
        records: Mapping[int, TrackRecord],
    ) -> None:
        self._partner, self._needs, self._able = partner, needs, able
        self.nearness = np.array(
            [[_best_offer(need, one)[1] for need in needs] for one in able], dtype=np.float64
        ).reshape(len(able), len(needs))
        self.own: Floats = self.nearness.sum(axis=1) / max(1, len(needs))
        self._helped = np.array([_helped(records.get(one.id, NO_RECORD)) for one in able])
        self._records = records
        self._talks = np.zeros((len(able), len(able)), dtype=np.bool_)
        self._countries = np.array([_number(one.country, able) for one in able], dtype=np.int64)

    def ranked(self) -> list[_Ranked]:
        """All twos and threes of the candidates of which each adds something, the best first."""
        candidates = self._candidates()
        for one, other in combinations(candidates, 2):
            self._talks[one, other] = share_a_language(self._able[one], self._able[other])
        found = [
            ranked for several in range(LEAST, MOST + 1) for ranked in self._of(candidates, several)
        ]
        found.sort(key=lambda one: (-one.score, len(one.places), one.places))
        return found

    def _candidates(self) -> list[int]:
        order = sorted(range(len(self._able)), key=lambda one: (-self.own[one], one))
        chosen: dict[int, None] = {}
        for need in range(len(self._needs)):
            nearest = sorted(order, key=lambda one: -self.nearness[one, need])[:OF_EACH_NEED]
            chosen |= dict.fromkeys(one for one in nearest if self.nearness[one, need] > 0)
        chosen |= dict.fromkeys(order[: max(0, CANDIDATES - len(chosen))])
        return sorted(chosen)

    def _of(self, candidates: Sequence[int], several: int) -> list[_Ranked]:
        if len(candidates) < several:
            return []
        sets = np.array(list(combinations(candidates, several)), dtype=np.int64)
        sets = sets[self._talk(sets)]
        near_ = self.nearness[sets]
        covered = near_.max(axis=1).sum(axis=1)
        adds = np.ones(len(sets), dtype=np.bool_)
        for leaving in range(several):
            without = np.delete(near_, leaving, axis=1).max(axis=1).sum(axis=1)
            adds &= covered - without > EPSILON
        sets, covered = sets[adds], covered[adds]
        score = self._score(sets, covered / max(1, len(self._needs)))
        return [
            _Ranked(tuple(places), round(float(value), 9))
            for places, value in zip(sets.tolist(), score, strict=True)
        ]

    def _talk(self, sets: np.ndarray) -> Mask:
        """Those of whom each two can talk."""
        pairs = combinations(range(sets.shape[1]), 2)
        return np.logical_and.reduce(
            [self._talks[sets[:, one], sets[:, other]] for one, other in pairs]
        )

    def _score(self, sets: np.ndarray, coverage: Floats) -> Floats:
        score = coverage - CONSORTIUM["member"] * (sets.shape[1] - LEAST)
        score += CONSORTIUM["help"] * self._helped[sets].mean(axis=1)
        score -= CONSORTIUM["country"] * (self._countries_of(sets) - 1)
        score -= CONSORTIUM["language"] * np.array(
            [self._common(places) == _NONE for places in sets.tolist()], dtype=np.float64
        )
        return np.clip(score, 0, 1)

    def _countries_of(self, sets: np.ndarray) -> np.ndarray:
        """In how many countries some lie; one that has stated none counts as one more."""
        ordered = np.sort(self._countries[sets], axis=1)
        return 1 + (np.diff(ordered, axis=1) != 0).sum(axis=1)

    def _common(self, places: Sequence[int]) -> frozenset[str] | None:
        """The languages of all who have stated theirs, the partner too; None: nobody has."""
        stated = [
            one.languages
            for one in (self._partner, *(self._able[place] for place in places))
            if one.languages
        ]
        return frozenset.intersection(*stated) if stated else None

    def consortium(self, ranked: _Ranked) -> Consortium:
        """With who leads, what each brings, and what speaks for and against it."""
        places = sorted(ranked.places, key=lambda one: (-self._leading(one, ranked.places), one))
        best = self.nearness[places].max(axis=0)
        return Consortium(
            partner=self._partner.id,
            members=tuple(self._member(place, places) for place in places),
            coverage=round(float(best.sum()) / max(1, len(self._needs)), 6),
            score=ranked.score,
            reasons=tuple(self._reasons(places, best)),
            against=tuple(self._against(places, best)),
        )

    def _leading(self, place: int, places: Sequence[int]) -> float:
        """How well it would lead: what it covers, whom it has helped, with whom it can talk."""
        one = self._able[place]
        others = [self._partner, *(self._able[each] for each in places if each != place)]
        heard = sum(bool((one.languages or _NONE) & (each.languages or _NONE)) for each in others)
        return float(
            LEAD["covers"] * self.own[place]
            + LEAD["help"] * self._helped[place]
            + LEAD["language"] * heard / len(others)
        )

    def _member(self, place: int, places: Sequence[int]) -> Member:
        one = self._able[place]
        others = self.nearness[[each for each in places if each != place]].max(axis=0)
        own = self.nearness[place]
        brings = tuple(
            Brought(need, _best_offer(need, one)[0], float(own[at]), bool(own[at] > others[at]))
            for at, need in enumerate(self._needs)
            if own[at] > 0 and own[at] >= others[at]
        )
        adds = float(np.maximum(0, own - others).sum()) / max(1, len(self._needs))
        return Member(one.id, brings, round(float(self.own[place]), 6), round(adds, 6))

    def _reasons(self, places: Sequence[int], best: Floats) -> Iterable[For]:
        for at, need in enumerate(self._needs):
            if best[at] > 0:
                yield For(ForKind.COVERS if best[at] == 1 else ForKind.COVERS_NEARLY, need)
        everybody = [self._partner, *(self._able[place] for place in places)]
        if sum(bool(one.languages) for one in everybody) > 1:
            for language in sorted(self._common(places) or ()):
                yield For(ForKind.COMMON_LANGUAGE, language)
        countries = {self._able[place].country for place in places}
        if len(countries) == 1 and None not in countries:
            yield For(ForKind.ONE_COUNTRY, str(*countries))
        yield from self._for_the_lead(places)

    def _for_the_lead(self, places: Sequence[int]) -> Iterable[For]:
        lead, *others = places
        if all(self.own[lead] > self.own[other] for other in others):
            yield For(ForKind.LEAD_COVERS_MOST, str(round(100 * self.own[lead])))
        helped = self._records.get(self._able[lead].id, NO_RECORD).helped
        if helped:
            yield For(ForKind.LEAD_HAS_HELPED, str(helped))
        languages = self._able[lead].languages or _NONE
        common = self._common(places) or _NONE
        for language in sorted((languages & (self._partner.languages or _NONE)) - common):
            yield For(ForKind.LEAD_SPEAKS, language)

    def _against(self, places: Sequence[int], best: Floats) -> Iterable[Against]:
        for at, need in enumerate(self._needs):
            if best[at] == 0:
                yield Against(AgainstKind.UNCOVERED, need)
        countries = {self._able[place].country for place in places}
        if len(countries) > 1:
            yield Against(AgainstKind.SEVERAL_COUNTRIES, str(len(countries)))
        if self._common(places) == _NONE:
            yield Against(AgainstKind.NO_COMMON_LANGUAGE)
        everybody = [self._partner, *(self._able[place] for place in places)]
        silent = sum(not one.languages for one in everybody)
        if silent:
            yield Against(AgainstKind.LANGUAGE_NOT_STATED, str(silent))


def _apart(ranked: Iterable[_Ranked], limit: int) -> list[_Ranked]:
    """The best ones of which no two are variants of each other."""
    chosen: list[_Ranked] = []
    for one in ranked:
        if len(chosen) >= limit:
            break
        if all(len({*one.places} & {*other.places}) <= OVERLAP for other in chosen):
            chosen.append(one)
    return chosen


def _helped(record: TrackRecord) -> float:
    """How surely it has helped others, 0 to 1, as matching/criteria/help_given.py counts."""
    return record.helped / (record.told + DOUBT)


def _number(country: str | None, able: Sequence[Organisation]) -> int:
    """A number for a country; -1 where it is not stated."""
    known = sorted({one.country for one in able if one.country})
    return known.index(country) if country else -1
