"""An audience as SQL: `domain.rules.audience.belongs`, for everybody at once; and saved ones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from domain.audiences import Answered, Audience, Reach, SavedAudience, Who, audience_of
from domain.exchanges import MembershipState
from domain.regions import countries_of
from domain.roles import Role
from domain.rules.topic_kinship import with_finer
from storage.queries.base import Queries
from storage.queries.passing import Unfolded
from storage.tables import (
    attendances,
    memberships,
    organisation_topics,
    organisations,
    people,
    representatives,
    roles,
    rsvps,
    saved_audiences,
)

_MEMBER = (memberships.c.person_id == people.c.id) & (
    memberships.c.state == MembershipState.MEMBER.value
)
_SPEAKS = (representatives.c.person_id == people.c.id) & (
    representatives.c.organisation_id == organisations.c.id
)


def chosen(audience: Audience, reach: Reach) -> Select[tuple[int]]:
    """The ids of all people who belong to an audience."""
    return select(people.c.id).where(_within(reach), *_meant(audience))


def _within(reach: Reach) -> ColumnElement[bool]:
    if reach.everybody:
        return true()
    visible = organisations.c.published_at.is_not(None) & organisations.c.hidden_at.is_(None)
    member = exists().where(_MEMBER, memberships.c.exchange_id.in_(sorted(reach.exchanges)))
    return or_(member, exists().where(_SPEAKS, visible))


def _meant(audience: Audience) -> list[ColumnElement[bool]]:
    clauses = [_speaks_for_one(audience), _has_answered(audience)]
    if audience.exchange is not None:
        clauses.append(exists().where(_MEMBER, memberships.c.exchange_id == audience.exchange))
    if audience.languages:
        clauses.append(people.c.language.in_(sorted(audience.languages)))
    if audience.who:
        clauses.append(or_(*(_is(Who(one)) for one in sorted(audience.who))))
    return clauses


def _is(who: Who) -> ColumnElement[bool]:
    if who is Who.MEMBERS:
        return exists().where(_MEMBER)
    if who is Who.REPRESENTATIVES:
        return exists().where(representatives.c.person_id == people.c.id)
    return exists().where(roles.c.person_id == people.c.id, roles.c.role == Role.COORDINATOR.value)


def _has_answered(audience: Audience) -> ColumnElement[bool]:
    if audience.session is None or not audience.answered:
        return true()
    theirs = (
        (rsvps.c.membership_id == memberships.c.id)
        & (rsvps.c.session_id == audience.session)
        & _MEMBER
    )
    replies = sorted(audience.answered - {Answered.NOTHING.value, Answered.CAME.value})
    met: list[ColumnElement[bool]] = [exists().where(theirs, rsvps.c.reply.in_(replies))]
    if Answered.NOTHING in audience.answered:
        met.append(~exists().where(theirs))
    if Answered.CAME in audience.answered:
        met.append(_was_at(audience.session))
    return or_(*met)


def _was_at(session: int) -> ColumnElement[bool]:
    return exists().where(
        attendances.c.membership_id == memberships.c.id,
        attendances.c.session_id == session,
        attendances.c.present,
        _MEMBER,
    )


def _speaks_for_one(audience: Audience) -> ColumnElement[bool]:
    table = organisations.c
    met: list[ColumnElement[bool]] = []
    if audience.sectors:
        stated = Unfolded(table.sectors).table_valued("value")
        named = stated.c.value.in_(sorted(audience.sectors))
        met.append(table.sectors.is_not(None) & exists(select(1).select_from(stated).where(named)))
    if audience.kinds:
        met.append(table.kind.in_(sorted(audience.kinds)))
    if audience.topics:
        topic = organisation_topics.c
        finer = topic.topic.in_(sorted(with_finer(audience.topics)))
        met.append(exists().where(topic.organisation_id == table.id, finer))
    if audience.regions:
        met.append(_lies_in(audience))
    return exists().where(_SPEAKS, and_(*met)) if met else true()


def _lies_in(audience: Audience) -> ColumnElement[bool]:
    country = organisations.c.place["country"].as_string()
    countries = frozenset[str]().union(*map(countries_of, audience.regions))
    return country.in_(sorted(countries)) if countries else false()


class Audiences(Queries):
    """Who belongs to an audience, and audiences that were kept."""

    async def by_language(self, audience: Audience, reach: Reach) -> Mapping[str, int]:
        """How many belong to it, by the language in which they are spoken to."""
        belong = people.c.id.in_(chosen(audience, reach))
        rows = await self._all(
            select(people.c.language, func.count().label("n"))
            .where(belong)
            .group_by(people.c.language)
        )
        return {row.language: int(row.n) for row in rows}

    async def without_telegram(self, exchange: int) -> int:
        """How many members of an exchange cannot be written to."""
        row = await self._first(
            select(func.count().label("n")).where(
                memberships.c.exchange_id == exchange,
                memberships.c.state == MembershipState.MEMBER.value,
                memberships.c.person_id.is_(None),
            )
        )
        return int(row.n) if row else 0

    async def saved_by(self, person: int) -> tuple[SavedAudience, ...]:
        """What somebody has kept, the newest first."""
        rows = await self._all(
            select(saved_audiences)
            .where(saved_audiences.c.person_id == person)
            .order_by(saved_audiences.c.id.desc())
        )
        return tuple(SavedAudience(row.id, row.name, audience_of(row.audience)) for row in rows)

    async def save(self, person: int, name: str, audience: Audience, *, at: datetime) -> None:
        """Keep an audience; under the name of another it takes its place."""
        values: dict[str, Any] = {"audience": audience.as_json(), "saved_at": at}
        await self._write(
            self._insert(saved_audiences)
            .values(person_id=person, name=name, **values)
            .on_conflict_do_update(index_elements=["person_id", "name"], set_=values)
        )

    async def forget(self, person: int, saved: int) -> None:
        """Keep it no longer."""
        await self._write(
            delete(saved_audiences).where(
                saved_audiences.c.id == saved, saved_audiences.c.person_id == person
            )
        )
