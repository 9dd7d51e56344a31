"""What speaks for a match, what against it, and what could not count since it is not stated."""

from collections.abc import Iterable
from datetime import date

from domain.matches import Gap, Mode, Objection, ObjectionKind, Reason, ReasonKind
from domain.organisations import Form, Organisation, Size
from domain.rules.climates import likeness
from domain.rules.hours import WORKING_DAY, share_in_common
from domain.rules.taste import traits_of
from domain.rules.topic_kinship import near
from domain.track_records import NO_RECORD, NO_TIES, Ties, TrackRecord

_NONE: frozenset[str] = frozenset()
MANY_HOURS, FEW_HOURS = 0.5, 0.25
"""Shares of the working day in common from which it is a reason, and beneath which an objection."""
SELDOM, ASKED_ENOUGH = 0.5, 3
"""Who answers less than this share of so many requests is said to do so seldom."""
LONG_AWAY = 180
"""Days without anybody of theirs here."""


def reasons(
    own: Organisation,
    other: Organisation,
    *,
    on: date | None = None,
    ties: Ties = NO_TIES,
    record: TrackRecord = NO_RECORD,
) -> tuple[Reason, ...]:
    """What speaks for the other, seen from `own`: topics first."""
    seeks, offers = own.seeks or _NONE, own.offers or _NONE
    named: tuple[tuple[ReasonKind, frozenset[str]], ...] = (
        (ReasonKind.THEY_OFFER, seeks & (other.offers or _NONE)),
        (ReasonKind.THEY_SEEK, offers & (other.seeks or _NONE)),
        (ReasonKind.BOTH_SEEK, seeks & (other.seeks or _NONE)),
        (ReasonKind.OFFER_NEAR, _near(seeks, other.offers or _NONE)),
        (ReasonKind.NEED_NEAR, _near(offers, other.seeks or _NONE)),
        (ReasonKind.TWINNED, _twinned(ties, other)),
        (ReasonKind.SHARED_LANGUAGE, (own.languages or _NONE) & (other.languages or _NONE)),
        (ReasonKind.SHARED_SECTOR, frozenset(own.sectors or ()) & frozenset(other.sectors or ())),
        (ReasonKind.REGION_WANTED, _region_wanted(own, other)),
        (ReasonKind.FORM_FITS, complementary_parts(own, other)),
        (ReasonKind.SHARED_FORM, shared_forms(own, other)),
        (ReasonKind.SHARED_SDG, shared_goals(own, other)),
        (ReasonKind.SIMILAR_SIZE, _same_size(own, other)),
        (ReasonKind.SIMILAR_CLIMATE, _same_climate(own, other)),
        (ReasonKind.COMMON_HOURS, _hours(own, other, on, at_least=MANY_HOURS)),
        (ReasonKind.HELPED, frozenset({str(record.helped)} if record.helped else ())),
        (ReasonKind.LIKED, traits_of(other) & ties.taste.more.keys()),
    )
    return tuple(Reason(kind, subject) for kind, subjects in named for subject in sorted(subjects))


def objections(
    own: Organisation,
    other: Organisation,
    mode: Mode,
    *,
    on: date | None = None,
    ties: Ties = NO_TIES,
    record: TrackRecord = NO_RECORD,
) -> tuple[Objection, ...]:
    """What speaks against the other, seen from `own`."""
    named: tuple[tuple[ObjectionKind, Iterable[str]], ...] = (
        (ObjectionKind.ONE_WAY, ("",) if mode is Mode.MENTORING else ()),
        (ObjectionKind.SAME_NEED, ("",) if mode is Mode.PEER else ()),
        (ObjectionKind.ONLY_NEAR, ("",) if _only_near(own, other) else ()),
        (ObjectionKind.SAME_PART, _same_part(own, other)),
        (ObjectionKind.OTHER_SIZE, _far_size(own, other)),
        (ObjectionKind.OTHER_CLIMATE, _other_climate(own, other)),
        (ObjectionKind.FEW_HOURS, _hours(own, other, on, below=FEW_HOURS)),
        (ObjectionKind.SELDOM_ANSWERS, ("",) if seldom_answers(record) else ()),
        (ObjectionKind.LONG_AWAY, ("",) if _long_away(record, on) else ()),
        (ObjectionKind.REFUSED, traits_of(other) & ties.taste.less.keys()),
    )
    return tuple(
        Objection(kind, subject) for kind, subjects in named for subject in sorted(subjects)
    )


def gaps(other: Organisation) -> tuple[Gap, ...]:
    """What the other side has not stated, so that it could not count."""
    return tuple(gap for gap in Gap if getattr(other, gap.value) is None)


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


_OF_THE_PLACE = frozenset(
    {
        ReasonKind.TWINNED,
        ReasonKind.SIMILAR_SIZE,
        ReasonKind.SIMILAR_CLIMATE,
        ReasonKind.COMMON_HOURS,
    }
)
"""With the country, the size or the climate may tell which town it is."""


def silent_about_the_place(several: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons from which nobody can tell where in its country an organisation lies."""
    return tuple(one for one in several if one.kind not in _OF_THE_PLACE)


def seldom_answers(record: TrackRecord) -> bool:
    """Whether it was asked often enough to say that it leaves people waiting."""
    return record.asked >= ASKED_ENOUGH and record.answered < SELDOM * record.asked


def _near(ours: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """Their topics that are near to ours and not the same, where none is the same as that of
    ours."""
    unmet = ours - theirs
    return frozenset(other for other in theirs - ours if any(near(one, other) > 0 for one in unmet))


def _only_near(own: Organisation, other: Organisation) -> bool:
    seeks, offers = own.seeks or _NONE, own.offers or _NONE
    theirs, needed = other.offers or _NONE, other.seeks or _NONE
    return not (seeks & theirs or offers & needed or seeks & needed)


def _region_wanted(own: Organisation, other: Organisation) -> frozenset[str]:
    """The other's country, where `own` has said where it looks; eligibility has judged it fits."""
    if not own.regions or other.country is None:
        return _NONE
    return frozenset({other.country})


def _twinned(ties: Ties, other: Organisation) -> frozenset[str]:
    twinned = other.place is not None and other.place.id in ties.twinned_places
    return frozenset({other.place.name}) if other.place and twinned else _NONE


def _same_size(own: Organisation, other: Organisation) -> frozenset[str]:
    return frozenset({other.size.value}) if other.size and own.size is other.size else _NONE


def _far_size(own: Organisation, other: Organisation) -> frozenset[str]:
    if own.size is None or other.size is None:
        return _NONE
    order = list(Size)
    far = abs(order.index(own.size) - order.index(other.size)) > 1
    return frozenset({other.size.value}) if far else _NONE


def _climates(own: Organisation, other: Organisation) -> tuple[str, str]:
    return tuple(one.place.climate if one.place else "" for one in (own, other))  # type: ignore[return-value]


def _same_climate(own: Organisation, other: Organisation) -> frozenset[str]:
    here, there = _climates(own, other)
    return frozenset({there[0]}) if likeness(here, there) > 0 else _NONE


def _other_climate(own: Organisation, other: Organisation) -> frozenset[str]:
    here, there = _climates(own, other)
    return frozenset({there[0]}) if here and there and here[0] != there[0] else _NONE


def _hours(
    own: Organisation,
    other: Organisation,
    on: date | None,
    *,
    at_least: float = 0.0,
    below: float = 2.0,
) -> frozenset[str]:
    """Working hours in common on a day, whole ones (the first one begun counts), where their share
    lies between two bounds."""
    zones = [one.place.timezone if one.place else None for one in (own, other)]
    share = share_in_common(on, *zones) if on else None
    if share is None or not at_least <= share < below:
        return _NONE
    hours = share * WORKING_DAY.total_seconds() / 3600
    return frozenset({str(max(int(hours), 1 if hours > 0 else 0))})


def _same_part(own: Organisation, other: Organisation) -> frozenset[str]:
    both = (own.forms or frozenset()) & (other.forms or frozenset()) & _COUNTERPART.keys()
    return _NONE if complementary_parts(own, other) else frozenset(one.value for one in both)


def _long_away(record: TrackRecord, on: date | None) -> bool:
    if record.active_on is None or on is None:
        return False
    return (on - record.active_on).days > LONG_AWAY
