"""Sessions of exchanges."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, or_, select, update

from domain.exchanges import MembershipState
from domain.sessions import Form, Reply, Series, Session
from storage.queries.base import Queries
from storage.tables import memberships, rsvps, sessions
from storage.tables import series as series_table


def session_of(row: Row[Any]) -> Session:
    """A session from its row."""
    return Session(
        id=row.id,
        exchange=row.exchange_id,
        uid=row.uid,
        sequence=row.sequence,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        form=Form(row.form),
        title=row.title,
        agenda=row.agenda,
        guests=row.guests,
        place=row.place,
        link=row.link,
        capacity=row.capacity,
        language=row.language,
        interpreters=row.interpreters,
        series=row.series_id,
        created_by=row.created_by,
        created_at=row.created_at,
        announced_at=row.announced_at,
        cancelled_at=row.cancelled_at,
    )


def series_of(row: Row[Any]) -> Series:
    """A series from its row."""
    return Series(row.id, row.exchange_id, row.rule, row.zone, row.sequence)


class Sessions(Queries):
    """Meetings, single or in a series."""

    async def by_id(self, session: int) -> Session | None:
        """The session with this id."""
        row = await self._first(select(sessions).where(sessions.c.id == session))
        return session_of(row) if row else None

    async def several(self, ids: Iterable[int]) -> dict[int, Session]:
        """Those of these ids that there are."""
        rows = await self._all(select(sessions).where(sessions.c.id.in_(tuple(ids))))
        return {row.id: session_of(row) for row in rows}

    async def lock(self, session: int) -> None:
        """Until the transaction ends nobody else changes who comes, or when."""
        await self._all(select(sessions.c.id).where(sessions.c.id == session).with_for_update())

    async def coming(
        self, exchange: int, *, since: datetime, drafts: bool = False, limit: int = 100
    ) -> tuple[Session, ...]:
        """Sessions that have not ended by then and take place, soonest first."""
        conditions = [sessions.c.exchange_id == exchange, sessions.c.ends_at > since]
        conditions.append(sessions.c.cancelled_at.is_(None))
        if not drafts:
            conditions.append(sessions.c.announced_at.is_not(None))
        rows = await self._all(
            select(sessions)
            .where(*conditions)
            .order_by(sessions.c.starts_at, sessions.c.id)
            .limit(limit)
        )
        return tuple(map(session_of, rows))

    async def past(
        self, exchange: int, *, before: datetime, limit: int = 100
    ) -> tuple[Session, ...]:
        """Sessions that took place, latest first."""
        rows = await self._all(
            select(sessions)
            .where(
                sessions.c.exchange_id == exchange,
                sessions.c.ends_at <= before,
                sessions.c.cancelled_at.is_(None),
                sessions.c.announced_at.is_not(None),
            )
            .order_by(sessions.c.starts_at.desc(), sessions.c.id.desc())
            .limit(limit)
        )
        return tuple(map(session_of, rows))

    async def of_series(self, series: int) -> tuple[Session, ...]:
        """All occurrences of a series, soonest first."""
        rows = await self._all(
            select(sessions)
            .where(sessions.c.series_id == series)
            .order_by(sessions.c.starts_at, sessions.c.id)
        )
        return tuple(map(session_of, rows))

    async def beginning(self, exchange: int, starts_at: datetime) -> tuple[Session, ...]:
        """Sessions of an exchange that begin at this moment and take place."""
        rows = await self._all(
            select(sessions).where(
                sessions.c.exchange_id == exchange,
                sessions.c.starts_at == starts_at,
                sessions.c.cancelled_at.is_(None),
            )
        )
        return tuple(map(session_of, rows))

    async def of_person(
        self, person: int, *, since: datetime, run: Collection[int] = (), limit: int = 200
    ) -> tuple[Session, ...]:
        """Announced sessions that have not ended by then and take place, soonest first: of all
        exchanges in which somebody is a member, but for those to which they have said no, and of
        the exchanges that they `run`."""
        said_no = and_(
            rsvps.c.session_id == sessions.c.id,
            rsvps.c.membership_id == memberships.c.id,
            rsvps.c.reply == Reply.NO.value,
        )
        rows = await self._all(
            select(sessions)
            .outerjoin(
                memberships,
                and_(
                    memberships.c.exchange_id == sessions.c.exchange_id,
                    memberships.c.person_id == person,
                    memberships.c.state == MembershipState.MEMBER.value,
                ),
            )
            .where(
                or_(
                    and_(memberships.c.id.is_not(None), ~exists().where(said_no)),
                    sessions.c.exchange_id.in_(run),
                ),
                sessions.c.ends_at > since,
                sessions.c.cancelled_at.is_(None),
                sessions.c.announced_at.is_not(None),
            )
            .order_by(sessions.c.starts_at, sessions.c.id)
            .limit(limit)
        )
        return tuple(map(session_of, rows))

    async def add(self, *, exchange: int, uid: str, at: datetime, **values: Any) -> Session:
        """Write down a session; `values` are its other columns."""
        made = await self._write(
            self._insert(sessions)
            .values(
                {
                    "exchange_id": exchange,
                    "uid": uid,
                    "created_at": at,
                    "sequence": 0,
                    "agenda": {},
                    "interpreters": frozenset(),
                    **values,
                }
            )
            .returning(sessions)
        )
        return session_of(made.one())

    async def change(self, session: int, **values: Any) -> None:
        """Set columns of a session."""
        await self._write(update(sessions).where(sessions.c.id == session).values(**values))

    async def add_series(self, *, exchange: int, rule: str, zone: str) -> Series:
        """Write down a series."""
        made = await self._write(
            self._insert(series_table)
            .values(exchange_id=exchange, rule=rule, zone=zone)
            .returning(series_table)
        )
        return series_of(made.one())

    async def tell_of_series(self, series: int) -> int:
        """Count once more that members are told of a whole series; how often now."""
        done = await self._write(
            update(series_table)
            .where(series_table.c.id == series)
            .values(sequence=series_table.c.sequence + 1)
            .returning(series_table.c.sequence)
        )
        return int(done.scalar_one())

    async def series(self, series: int) -> Series | None:
        """The series with this id."""
        row = await self._first(select(series_table).where(series_table.c.id == series))
        return series_of(row) if row else None
