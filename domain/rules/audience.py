"""Who belongs to an audience. The same as SQL: storage/queries/audiences.py."""

from domain.audiences import Answered, Audience, Facts, Reach, Who
from domain.organisations import Organisation
from domain.regions import countries_of
from domain.rules.topic_kinship import with_finer


def belongs(audience: Audience, reach: Reach, one: Facts) -> bool:
    """Whether somebody is meant, and may be announced to."""
    return is_within(reach, one) and is_meant(audience, one)


def is_within(reach: Reach, one: Facts) -> bool:
    """Whether somebody may be announced to."""
    if reach.everybody or reach.exchanges & one.exchanges:
        return True
    return any(each.published for each in one.organisations)


def is_meant(audience: Audience, one: Facts) -> bool:
    """Whether somebody meets everything by which the audience is narrowed."""
    return (
        (audience.exchange is None or audience.exchange in one.exchanges)
        and (not audience.languages or one.language in audience.languages)
        and (not audience.who or any(_is(Who(each), one) for each in audience.who))
        and _has_answered(audience, one)
        and _speaks_for_one(audience, one)
    )


def _is(who: Who, one: Facts) -> bool:
    if who is Who.MEMBERS:
        return bool(one.exchanges)
    return bool(one.organisations) if who is Who.REPRESENTATIVES else one.coordinator


def _has_answered(audience: Audience, one: Facts) -> bool:
    if audience.session is None or not audience.answered:
        return True
    if Answered.CAME in audience.answered and audience.session in one.attended:
        return True
    reply = one.replies.get(audience.session)
    return (Answered.NOTHING if reply is None else reply.value) in audience.answered


def _speaks_for_one(audience: Audience, one: Facts) -> bool:
    narrowed = audience.sectors or audience.kinds or audience.topics or audience.regions
    return not narrowed or any(_meets(audience, each) for each in one.organisations)


def _meets(audience: Audience, one: Organisation) -> bool:
    sectors = frozenset(map(str, one.sectors or ()))
    topics = (one.offers or frozenset()) | (one.seeks or frozenset())
    return (
        (not audience.sectors or bool(audience.sectors & sectors))
        and (not audience.kinds or str(one.kind) in audience.kinds)
        and (not audience.topics or bool(with_finer(audience.topics) & topics))
        and (not audience.regions or _lies_in(audience, one.country))
    )


def _lies_in(audience: Audience, country: str | None) -> bool:
    return country is not None and any(country in countries_of(each) for each in audience.regions)
