"""Reminders of sessions."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, tuple_, update

from domain.sessions import Reminder
from storage.queries.base import Queries
from storage.queries.reminded import WRITTEN
from storage.tables import memberships, reminders, sessions


def reminder_of(row: Row[Any]) -> Reminder:
    """A reminder from its row."""
    return Reminder(row.id, row.session_id, row.minutes, row.due_at)


_OPEN = reminders.c.done_at.is_(None)


class Reminders(Queries):
    """When to remind of which session."""

    async def of(self, session: int) -> tuple[Reminder, ...]:
        """What is still to be said of a session, soonest first."""
        return await self._several(reminders.c.session_id == session, _OPEN)

    async def all_of(self, session: int) -> tuple[Reminder, ...]:
        """The same with what is done."""
        return await self._several(reminders.c.session_id == session)

    async def due(self, sessions: Iterable[int], moment: datetime) -> tuple[Reminder, ...]:
        """What is due by then of these sessions, longest first."""
        these = reminders.c.session_id.in_(tuple(sessions))
        return await self._several(these, _OPEN, reminders.c.due_at <= moment)

    async def claim(self, moment: datetime, *, limit: int) -> tuple[int, ...]:
        """Sessions of which something is due by then, longest first, that nobody else changes or
        reminds of until the transaction ends. A session and not a row: of what is due together
        only the nearest is said. None where nothing is due; `limit` counts rows."""
        # In the order of the index on what is not done, so that no more than these are read.
        waiting = (
            select(reminders.c.session_id)
            .where(_OPEN, reminders.c.due_at <= moment)
            .order_by(reminders.c.due_at)
            .limit(limit)
        )
        found = list(dict.fromkeys(row.session_id for row in await self._all(waiting)))
        free = await self._all(
            select(sessions.c.id)
            .where(sessions.c.id.in_(found))
            .order_by(sessions.c.id)
            .with_for_update(skip_locked=True, key_share=True)
        )
        free_ids = {row.id for row in free}
        return tuple(one for one in found if one in free_ids)

    async def chosen(self, exchange: int) -> dict[str, tuple[int, ...]]:
        """The different distances that members have chosen for themselves, by how they are
        written. Also those of former members: who comes back finds them as they were."""
        rows = await self._all(
            select(WRITTEN.label("written"))
            .where(memberships.c.exchange_id == exchange, memberships.c.reminders.is_not(None))
            .distinct()
        )
        return {row.written: tuple(json.loads(row.written)) for row in rows}

    async def set(self, session: int, due: Mapping[int, datetime], *, now: datetime) -> None:
        """When to remind of a session from now on, by minutes before. A row that stays as it is
        is left alone, done or not; one of another time is replaced, and said anew; a moment that
        has passed is not made up for."""
        kept = tuple_(reminders.c.minutes, reminders.c.due_at).in_(list(due.items()))
        await self._write(delete(reminders).where(reminders.c.session_id == session, ~kept))
        rows = [
            {"session_id": session, "minutes": minutes, "due_at": at}
            for minutes, at in due.items()
            if at > now
        ]
        if rows:
            await self._write(self._insert(reminders).on_conflict_do_nothing(), rows)

    async def done(self, reminder: int, *, at: datetime, reason: str | None = None) -> bool:
        """It has been said, or `reason` names why not; False where that was written before."""
        done = await self._write(
            update(reminders)
            .where(reminders.c.id == reminder, _OPEN)
            .values(done_at=at, reason=reason)
        )
        return done.rowcount == 1

    async def _several(self, *conditions: Any) -> tuple[Reminder, ...]:
        rows = await self._all(
            select(reminders).where(*conditions).order_by(reminders.c.due_at, reminders.c.id)
        )
        return tuple(map(reminder_of, rows))
