"""Who fits whom, and why.

Hard filters first (a region accepted both ways, a shared language, another country unless
wished), then a fit that is the same from both sides. What is not stated passes every filter and
scores nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.matches import Match, Mode
from domain.organisations import Organisation
from domain.regions import countries_of
from domain.rules.fullness import is_full
from domain.rules.reasons import complementary_parts, gaps, reasons, shared_forms, shared_goals

# Where both sides give, the fit begins where one-sided help ends: partnership is at eye level, and
# reciprocity raised the success of suggestions from 23 to 42 % (RECON, Pizzato 2010).
MENTORING_WEIGHT = 0.5
PEER_WEIGHT = 0.35
# Each time an organisation was shown to others lately, its place in the list sinks a little, so
# that popular places are not flooded.
EXPOSURE = 0.05
# What both have stated of how they wish to work together brings the fit nearer to 1; it counts
# for less than any topic, and nothing without one.
COMPLEMENTARY, ALIKE, SAME_GOALS = 0.1, 0.05, 0.03

_NONE: frozenset[str] = frozenset()


def rank(
    own: Organisation,
    candidates: Sequence[Organisation],
    shown: Mapping[int, int],
    *,
    on: date | None = None,
) -> tuple[Match, ...]:
    """Candidates that fit, best first. `shown`: how many others each was shown to lately; `on`:
    the day, for those that are full until then (None: nobody is)."""
    matches = [
        _match(own, other, shown.get(other.id, 0))
        for other in candidates
        if eligible(own, other) and not (on is not None and is_full(other, on))
    ]
    fitting = [match for match in matches if match.fit > 0]
    return tuple(sorted(fitting, key=lambda match: (-match.score, match.organisation.id)))


def eligible(one: Organisation, other: Organisation) -> bool:
    """Whether the two may be suggested to each other at all; the same both ways."""
    return (
        one.id != other.id
        and accepts(one, other)
        and accepts(other, one)
        and share_a_language(one, other)
        and lie_in_different_countries(one, other)
    )


def accepts(one: Organisation, other: Organisation) -> bool:
    """Whether the other lies where this one looks for partners, and not where it rules them
    out."""
    if other.country is None:
        return True
    if any(other.country in countries_of(region) for region in one.regions_excluded or _NONE):
        return False
    if not one.regions:
        return True
    return any(other.country in countries_of(region) for region in one.regions)


def share_a_language(one: Organisation, other: Organisation) -> bool:
    """Whether both work in some language."""
    if not one.languages or not other.languages:
        return True
    return bool(one.languages & other.languages)


def lie_in_different_countries(one: Organisation, other: Organisation) -> bool:
    """Whether they lie in two countries, unless both have asked for partners in their own."""
    if one.country is None or one.country != other.country:
        return True
    own = one.country
    return all(side.regions and own in side.regions for side in (one, other))


def coverage(needs: frozenset[str] | None, offers: frozenset[str] | None) -> float:
    """How far offers cover needs, 0 to 1."""
    if not needs or not offers:
        return 0.0
    return len(needs & offers) / len(needs)


def fit(one: Organisation, other: Organisation) -> tuple[float, Mode]:
    """How well the two fit, 0 to 1, and which way it carries. The same from both sides, and
    never lower for a further need that the other side meets."""
    forth, back = coverage(one.seeks, other.offers), coverage(other.seeks, one.offers)
    common = len((one.seeks or _NONE) & (other.seeks or _NONE))
    mentoring = MENTORING_WEIGHT * max(forth, back)
    peer = PEER_WEIGHT * (1 - 0.5**common)
    if forth and back:
        harmonic = 2 * forth * back / (forth + back)
        value, mode = MENTORING_WEIGHT + (1 - MENTORING_WEIGHT) * harmonic, Mode.RECIPROCAL
    elif mentoring >= peer:
        value, mode = mentoring, Mode.MENTORING
    else:
        value, mode = peer, Mode.PEER
    return (value + (1 - value) * alike(one, other) if value else 0.0), mode


def alike(one: Organisation, other: Organisation) -> float:
    """How far the ways in which both wish to work go together, 0 to less than 0.2; the same from
    both sides, and 0 where either has not stated it."""
    return (
        COMPLEMENTARY * bool(complementary_parts(one, other))
        + ALIKE * bool(shared_forms(one, other))
        + SAME_GOALS * bool(shared_goals(one, other))
    )


def _match(own: Organisation, other: Organisation, shown: int) -> Match:
    value, mode = fit(own, other)
    return Match(
        organisation=other,
        mode=mode,
        fit=value,
        score=value / (1 + EXPOSURE * shown),
        reasons=reasons(own, other),
        gaps=gaps(other),
    )
