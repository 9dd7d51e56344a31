"""Reminders of sessions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.sessions import Reminder
from storage.queries.base import Queries
from storage.tables import reminders


def reminder_of(row: Row[Any]) -> Reminder:
    """A reminder from its row."""
    return Reminder(row.id, row.session_id, row.minutes, row.due_at)


class Reminders(Queries):
    """When to remind of which session."""

    async def of(self, session: int) -> tuple[Reminder, ...]:
        """What is still to be said of a session, soonest first."""
        rows = await self._all(
            select(reminders)
            .where(reminders.c.session_id == session, reminders.c.done_at.is_(None))
            .order_by(reminders.c.due_at)
        )
        return tuple(map(reminder_of, rows))

    async def due(self, moment: datetime, *, limit: int = 200) -> tuple[Reminder, ...]:
        """What is due by then, longest first."""
        rows = await self._all(
            select(reminders)
            .where(reminders.c.done_at.is_(None), reminders.c.due_at <= moment)
            .order_by(reminders.c.due_at, reminders.c.id)
            .limit(limit)
        )
        return tuple(map(reminder_of, rows))

    async def set(self, session: int, moments: Iterable[tuple[int, datetime]]) -> None:
        """These are the reminders of a session now: minutes before it, and when. Each is to be
        said again, also where it had been said of an earlier time of the session."""
        await self._write(delete(reminders).where(reminders.c.session_id == session))
        rows = [
            {"session_id": session, "minutes": minutes, "due_at": due} for minutes, due in moments
        ]
        if rows:
            await self._write(self._insert(reminders), rows)

    async def done(self, reminder: int, *, at: datetime, reason: str | None = None) -> bool:
        """It has been said, or `reason` names why not; False where that was written before."""
        done = await self._write(
            update(reminders)
            .where(reminders.c.id == reminder, reminders.c.done_at.is_(None))
            .values(done_at=at, reason=reason)
        )
        return done.rowcount == 1
