"""Who comes to a session."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select

from domain.sessions import Reply, Rsvp
from storage.queries.base import Queries
from storage.tables import rsvps


def rsvp_of(row: Row[Any]) -> Rsvp:
    """A reply from its row."""
    return Rsvp(row.session_id, row.membership_id, Reply(row.reply), row.since)


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
        rows = await self._all(
            select(rsvps)
            .where(rsvps.c.session_id == session)
            .order_by(rsvps.c.since, rsvps.c.membership_id)
        )
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
            .where(rsvps.c.session_id == session)
            .group_by(rsvps.c.reply)
        )
        return {Reply(row.reply): int(row.n) for row in rows}

    async def first_waiting(self, session: int, *, limit: int) -> tuple[Rsvp, ...]:
        """Who has waited longest for a seat."""
        rows = await self._all(
            select(rsvps)
            .where(rsvps.c.session_id == session, rsvps.c.reply == Reply.WAITING.value)
            .order_by(rsvps.c.since, rsvps.c.membership_id)
            .limit(limit)
        )
        return tuple(map(rsvp_of, rows))

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
