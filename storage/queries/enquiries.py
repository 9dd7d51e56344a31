"""Questions to people who would like to join an exchange."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.joining import Enquiry
from storage.queries.base import Queries
from storage.tables import enquiries


def enquiry_of(row: Row[Any]) -> Enquiry:
    """A question from its row."""
    return Enquiry(
        id=row.id,
        membership=row.membership_id,
        asked_by=row.asked_by,
        words=row.words,
        at=row.at,
        answer=row.answer,
        answered_at=row.answered_at,
    )


class Enquiries(Queries):
    """What was asked of whom, and what they said."""

    async def by_id(self, enquiry: int) -> Enquiry | None:
        """The question with this id."""
        row = await self._first(select(enquiries).where(enquiries.c.id == enquiry))
        return enquiry_of(row) if row else None

    async def about(self, membership: int) -> tuple[Enquiry, ...]:
        """All that was asked about a request, in that order."""
        rows = await self._all(
            select(enquiries)
            .where(enquiries.c.membership_id == membership)
            .order_by(enquiries.c.id)
        )
        return tuple(map(enquiry_of, rows))

    async def add(self, membership: int, words: str, *, by: int, at: datetime) -> Enquiry:
        """Write a question down."""
        made = await self._write(
            self._insert(enquiries)
            .values(membership_id=membership, asked_by=by, words=words, at=at)
            .returning(enquiries)
        )
        return enquiry_of(made.one())

    async def answer(self, enquiry: int, words: str, *, at: datetime) -> bool:
        """Write the answer down; False where there is one already."""
        done = await self._write(
            update(enquiries)
            .where(enquiries.c.id == enquiry, enquiries.c.answer.is_(None))
            .values(answer=words, answered_at=at)
        )
        return done.rowcount == 1
