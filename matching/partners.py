"""Who fits whom, and why.

Hard filters first (a region accepted both ways, a shared language, another country unless
wished), then a fit that is the same from both sides. What is not stated passes every filter and
scores nothing.
"""

from collections.abc import Mapping, Sequence

from domain.matches import Match, Mode
from domain.organisations import Organisation
from domain.regions import countries_of
from domain.rules.reasons import gaps, reasons

# Where both sides give, the fit begins where one-sided help ends: partnership is at eye level, and
# reciprocity raised the success of suggestions from 23 to 42 % (RECON, Pizzato 2010).
MENTORING_WEIGHT = 0.5
PEER_WEIGHT = 0.35
# Each time an organisation was shown to others lately, its place in the list sinks a little, so
# that popular places are not flooded.
EXPOSURE = 0.05

_NONE: frozenset[str] = frozenset()


def rank(
    own: Organisation, candidates: Sequence[Organisation], shown: Mapping[int, int]
) -> tuple[Match, ...]:
    """Candidates that fit, best first. `shown`: how many others each was shown to lately."""
    matches = [
        _match(own, other, shown.get(other.id, 0)) for other in candidates if eligible(own, other)
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
    """Whether the other lies where this one looks for partners."""
    if not one.regions or other.country is None:
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
    if forth and back:
        harmonic = 2 * forth * back / (forth + back)
        return MENTORING_WEIGHT + (1 - MENTORING_WEIGHT) * harmonic, Mode.RECIPROCAL
    peer = PEER_WEIGHT * (1 - 0.5**common)
    return (mentoring, Mode.MENTORING) if mentoring >= peer else (peer, Mode.PEER)


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
