"""Who comes to a session. A reply counts as long as its member takes part in the exchange."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select

from domain.attendees import Attendee
from domain.exchanges import MembershipState
from domain.sessions import Reply, Rsvp
from storage.queries.base import Queries
from storage.tables import memberships, organisations, people, representatives, rsvps, sessions

_MEMBER = MembershipState.MEMBER.value


def rsvp_of(row: Row[Any]) -> Rsvp:
    """A reply from its row."""
    return Rsvp(row.session_id, row.membership_id, Reply(row.reply), row.since)


def attendee_of(row: Row[Any]) -> Attendee:
    """A member from a row of named_members, and their reply."""
    return Attendee(
        membership=row.membership_id,
        reply=Reply(row.reply) if row.reply else None,
        person=row.person_id,
        name=row.person_name or row.member_name,
        organisation=row.organisation_name or row.member_organisation,
        shows=row.shows_coming,
    )


class Rsvps(Queries):
    """Replies to sessions."""

    async def between(self, session: int, membership: int) -> Rsvp | None:
        """What a member has replied."""
        row = await self._first(
            select(rsvps).where(rsvps.c.session_id == session, rsvps.c.membership_id == membership)
        )
        return rsvp_of(row) if row else None

    async def of(self, session: int) -> tuple[Rsvp, ...]:
        """All replies to a session, in the order in which they were given."""
        rows = await self._all(_replies(rsvps.c.session_id == session))
        return tuple(map(rsvp_of, rows))

    async def of_membership(self, membership: int) -> tuple[Rsvp, ...]:
        """All that a member has replied, to whatever session."""
        rows = await self._all(
            select(rsvps).where(rsvps.c.membership_id == membership).order_by(rsvps.c.session_id)
        )
        return tuple(map(rsvp_of, rows))

    async def numbers(self, session: int) -> dict[Reply, int]:
        """How many have replied what."""
        rows = await self._all(
            select(rsvps.c.reply, func.count().label("n"))
            .join(memberships, memberships.c.id == rsvps.c.membership_id)
            .where(rsvps.c.session_id == session, memberships.c.state == _MEMBER)
            .group_by(rsvps.c.reply)
        )
        return {Reply(row.reply): int(row.n) for row in rows}

    async def waiting(self, session: int) -> tuple[Rsvp, ...]:
        """Who waits for a seat, longest first."""
        rows = await self._all(_waiting(session))
        return tuple(map(rsvp_of, rows))

    async def first_waiting(self, session: int, *, limit: int) -> tuple[Rsvp, ...]:
        """Who has waited longest for a seat."""
        rows = await self._all(_waiting(session).limit(limit))
        return tuple(map(rsvp_of, rows))

    async def to_come(self, *, membership: int, after: datetime) -> tuple[int, ...]:
        """Sessions that begin after a moment and to which a member has replied, in the order in
        which they are to be locked."""
        return await self._sessions_of(rsvps.c.membership_id == membership, after)

    async def to_come_of_person(self, person: int, *, after: datetime) -> tuple[int, ...]:
        """The same of a person, in all their exchanges."""
        own = select(memberships.c.id).where(memberships.c.person_id == person)
        return await self._sessions_of(rsvps.c.membership_id.in_(own), after)

    async def _sessions_of(self, whose: ColumnElement[bool], after: datetime) -> tuple[int, ...]:
        rows = await self._all(
            select(rsvps.c.session_id)
            .join(sessions, sessions.c.id == rsvps.c.session_id)
            .where(whose, sessions.c.starts_at > after)
            .distinct()
            .order_by(rsvps.c.session_id)
        )
        return tuple(row.session_id for row in rows)

    async def attendees(self, session: int) -> tuple[Attendee, ...]:
        """Who has replied to a session, with the names by which they are known, in the order in
        which they replied."""
        rows = await self._all(
            named_members()
            .join(rsvps, rsvps.c.membership_id == memberships.c.id)
            .add_columns(rsvps.c.reply)
            .where(rsvps.c.session_id == session, memberships.c.state == _MEMBER)
            .order_by(rsvps.c.since, rsvps.c.membership_id)
        )
        return tuple(map(attendee_of, rows))

    async def without_telegram(self, session: int, exchange: int) -> tuple[Attendee, ...]:
        """The members of an exchange who have no Telegram, with what was written down as their
        reply to a session, by name."""
        own = (rsvps.c.membership_id == memberships.c.id) & (rsvps.c.session_id == session)
        rows = await self._all(
            named_members()
            .outerjoin(rsvps, own)
            .add_columns(rsvps.c.reply)
            .where(memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER)
            .where(memberships.c.person_id.is_(None))
            .order_by(memberships.c.name, memberships.c.id)
        )
        return tuple(map(attendee_of, rows))

    async def put(self, session: int, membership: int, reply: Reply, *, since: datetime) -> None:
        """Write down a reply, in place of an earlier one."""
        values = {"reply": reply.value, "since": since}
        await self._write(
            self._insert(rsvps)
            .values(session_id=session, membership_id=membership, **values)
            .on_conflict_do_update(index_elements=["session_id", "membership_id"], set_=values)
        )

    async def remove(self, session: int, membership: int) -> bool:
        """Forget a reply; False where there was none."""
        done = await self._write(
            delete(rsvps).where(rsvps.c.session_id == session, rsvps.c.membership_id == membership)
        )
        return done.rowcount == 1


def _replies(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(rsvps)
        .join(memberships, memberships.c.id == rsvps.c.membership_id)
        .where(memberships.c.state == _MEMBER, *conditions)
        .order_by(rsvps.c.since, rsvps.c.membership_id)
    )


def _waiting(session: int) -> Select[Any]:
    return _replies(rsvps.c.session_id == session, rsvps.c.reply == Reply.WAITING.value)


def named_members() -> Select[Any]:
    """Members with their own name and organisation, or those that a coordinator has entered."""
    return (
        select(
            memberships.c.id.label("membership_id"),
            memberships.c.person_id,
            memberships.c.shows_coming,
            memberships.c.name.label("member_name"),
            memberships.c.organisation.label("member_organisation"),
            people.c.name.label("person_name"),
            organisations.c.name.label("organisation_name"),
        )
        .select_from(memberships)
        .outerjoin(people, people.c.id == memberships.c.person_id)
        .outerjoin(representatives, representatives.c.person_id == memberships.c.person_id)
        .outerjoin(organisations, organisations.c.id == representatives.c.organisation_id)
    )
