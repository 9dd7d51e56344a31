"""What speaks for a match, and what could not count since it is not stated."""

from domain.matches import Gap, Reason, ReasonKind
from domain.organisations import Organisation

_NONE: frozenset[str] = frozenset()


def reasons(own: Organisation, other: Organisation) -> tuple[Reason, ...]:
    """What speaks for the other, seen from `own`: topics first."""
    seeks, offers = own.seeks or _NONE, own.offers or _NONE
    named: tuple[tuple[ReasonKind, frozenset[str]], ...] = (
        (ReasonKind.THEY_OFFER, seeks & (other.offers or _NONE)),
        (ReasonKind.THEY_SEEK, offers & (other.seeks or _NONE)),
        (ReasonKind.BOTH_SEEK, seeks & (other.seeks or _NONE)),
        (ReasonKind.SHARED_LANGUAGE, (own.languages or _NONE) & (other.languages or _NONE)),
        (ReasonKind.SHARED_SECTOR, frozenset(own.sectors or ()) & frozenset(other.sectors or ())),
        (ReasonKind.REGION_WANTED, _region_wanted(own, other)),
    )
    return tuple(Reason(kind, subject) for kind, subjects in named for subject in sorted(subjects))


def _region_wanted(own: Organisation, other: Organisation) -> frozenset[str]:
    """The other's country, where `own` has said where it looks; eligibility has judged it fits."""
    if not own.regions or other.country is None:
        return _NONE
    return frozenset({other.country})


def gaps(other: Organisation) -> tuple[Gap, ...]:
    """What the other side has not stated, so that it could not count."""
    return tuple(gap for gap in Gap if getattr(other, gap.value) is None)
