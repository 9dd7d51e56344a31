"""Changes of announcements that wait for another coordinator."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.announcements import ProposedChange
from storage.queries.base import Queries
from storage.tables import announcements, proposed_changes

_TABLE = proposed_changes.c


def proposed_change_of(row: Row[Any]) -> ProposedChange:
    """A proposed change from its row."""
    return ProposedChange(
        announcement=row.announcement_id,
        number=row.number,
        language=row.language,
        html=row.html,
        proposed_by=row.proposed_by,
    )


class ProposedChanges(Queries):
    """What is proposed of which announcement, one change at a time."""

    async def of(self, announcement: int) -> ProposedChange | None:
        """The change of an announcement that waits, if one does."""
        row = await self._first(
            select(proposed_changes).where(_TABLE.announcement_id == announcement)
        )
        return proposed_change_of(row) if row else None

    async def put(
        self, announcement: int, *, language: str, html: str, by: int, at: datetime
    ) -> ProposedChange:
        """Write a change down under a number of its own, in place of the one that waits."""
        await self.drop(announcement)
        counted = await self._write(
            update(announcements)
            .where(announcements.c.id == announcement)
            .values(changes_proposed=announcements.c.changes_proposed + 1)
            .returning(announcements.c.changes_proposed)
        )
        made = await self._write(
            self._insert(proposed_changes)
            .values(
                announcement_id=announcement,
                number=counted.scalar_one(),
                language=language,
                html=html,
                proposed_by=by,
                proposed_at=at,
            )
            .returning(proposed_changes)
        )
        return proposed_change_of(made.one())

    async def drop(self, announcement: int) -> None:
        """None waits any more."""
        await self._write(delete(proposed_changes).where(_TABLE.announcement_id == announcement))
