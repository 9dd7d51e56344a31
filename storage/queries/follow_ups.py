"""Who does what by when after sessions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.follow_ups import FollowUp
from storage.queries.base import Queries
from storage.tables import follow_ups, memberships


def follow_up_of(row: Row[Any]) -> FollowUp:
    """A follow-up from its row."""
    return FollowUp(
        id=row.id,
        session=row.session_id,
        membership=row.membership_id,
        words=row.words,
        due_on=row.due_on,
        created_at=row.created_at,
        created_by=row.created_by,
        agreed_at=row.agreed_at,
        declined_at=row.declined_at,
        done_at=row.done_at,
        remind_at=row.remind_at,
    )


class FollowUps(Queries):
    """Follow-ups of sessions."""

    async def by_id(self, follow_up: int) -> FollowUp | None:
        """The follow-up with this id."""
        row = await self._first(select(follow_ups).where(follow_ups.c.id == follow_up))
        return follow_up_of(row) if row else None

    async def of_session(self, session: int) -> tuple[FollowUp, ...]:
        """All of a session, soonest due first."""
        return await self._several(follow_ups.c.session_id == session)

    async def of_person(self, person: int, exchange: int) -> tuple[FollowUp, ...]:
        """What somebody was asked in an exchange and has neither done nor declined, soonest due
        first."""
        own = select(memberships.c.id).where(
            memberships.c.person_id == person, memberships.c.exchange_id == exchange
        )
        return await self._several(
            follow_ups.c.membership_id.in_(own),
            follow_ups.c.done_at.is_(None),
            follow_ups.c.declined_at.is_(None),
        )

    async def due(self, moment: datetime, *, limit: int = 200) -> tuple[FollowUp, ...]:
        """Of what is to be reminded by then, longest first."""
        rows = await self._all(
            select(follow_ups)
            .where(follow_ups.c.remind_at.is_not(None), follow_ups.c.remind_at <= moment)
            .order_by(follow_ups.c.remind_at, follow_ups.c.id)
            .limit(limit)
        )
        return tuple(map(follow_up_of, rows))

    async def _several(self, *conditions: Any) -> tuple[FollowUp, ...]:
        rows = await self._all(
            select(follow_ups).where(*conditions).order_by(follow_ups.c.due_on, follow_ups.c.id)
        )
        return tuple(map(follow_up_of, rows))

    async def add(
        self, *, session: int, membership: int, words: str, due_on: date, by: int, at: datetime
    ) -> FollowUp:
        """Write one down."""
        made = await self._write(
            self._insert(follow_ups)
            .values(
                session_id=session,
                membership_id=membership,
                words=words,
                due_on=due_on,
                created_by=by,
                created_at=at,
            )
            .returning(follow_ups)
        )
        return follow_up_of(made.one())

    async def change(self, follow_up: int, **values: Any) -> None:
        """Set columns of one."""
        await self._write(update(follow_ups).where(follow_ups.c.id == follow_up).values(**values))

    async def remove(self, follow_up: int) -> None:
        """Remove one."""
        await self._write(delete(follow_ups).where(follow_ups.c.id == follow_up))
