"""What speaks for a match, and what could not count since it is not stated."""

from domain.matches import Gap, Reason, ReasonKind
from domain.organisations import Form, Organisation

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
        (ReasonKind.FORM_FITS, complementary_parts(own, other)),
        (ReasonKind.SHARED_FORM, shared_forms(own, other)),
        (ReasonKind.SHARED_SDG, shared_goals(own, other)),
    )
    return tuple(Reason(kind, subject) for kind, subjects in named for subject in sorted(subjects))


def _region_wanted(own: Organisation, other: Organisation) -> frozenset[str]:
    """The other's country, where `own` has said where it looks; eligibility has judged it fits."""
    if not own.regions or other.country is None:
        return _NONE
    return frozenset({other.country})


_COUNTERPART = {Form.MENTOR: Form.MENTEE, Form.MENTEE: Form.MENTOR}


def complementary_parts(own: Organisation, other: Organisation) -> frozenset[str]:
    """The other's parts of which `own` has the counterpart: a mentor's is a mentee."""
    wanted = {_COUNTERPART[one] for one in own.forms or () if one in _COUNTERPART}
    return frozenset(wanted & (other.forms or frozenset()))


def shared_forms(own: Organisation, other: Organisation) -> frozenset[str]:
    """Forms that both have stated; two mentors have nothing in common by that."""
    both = (own.forms or frozenset()) & (other.forms or frozenset())
    return frozenset(one for one in both if one not in _COUNTERPART)


def shared_goals(own: Organisation, other: Organisation) -> frozenset[str]:
    """Sustainable Development Goals that both have stated."""
    return (own.sdgs or _NONE) & (other.sdgs or _NONE)


def gaps(other: Organisation) -> tuple[Gap, ...]:
    """What the other side has not stated, so that it could not count."""
    return tuple(gap for gap in Gap if getattr(other, gap.value) is None)
