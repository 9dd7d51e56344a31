"""Notes of good practice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, or_, select, update

from domain.practices import Practice
from storage.queries.base import Queries
from storage.tables import practices


def practice_of(row: Row[Any]) -> Practice:
    """A note from its row."""
    return Practice(
        id=row.id,
        exchange=row.exchange_id,
        membership=row.membership_id,
        title=row.title,
        words=row.words,
        language=row.language,
        topics=row.topics,
        open=row.open,
        at=row.at,
        session=row.session_id,
    )


class Practices(Queries):
    """Notes of good practice out of exchanges."""

    async def by_id(self, practice: int) -> Practice | None:
        """The note with this id."""
        row = await self._first(select(practices).where(practices.c.id == practice))
        return practice_of(row) if row else None

    async def readable(self, exchanges: Iterable[int], *, open_ones: bool) -> tuple[Practice, ...]:
        """Those of these exchanges and, if so, those that are open to everybody; newest first.
        The rule is domain/rules/practices.may_read, and a test holds the two together."""
        chosen = practices.c.exchange_id.in_(tuple(exchanges))
        where = or_(chosen, practices.c.open) if open_ones else chosen
        rows = await self._all(select(practices).where(where).order_by(practices.c.id.desc()))
        return tuple(map(practice_of, rows))

    async def same(self, membership: int, title: str, words: str) -> Practice | None:
        """A member's note that says just this."""
        row = await self._first(
            select(practices).where(
                practices.c.membership_id == membership,
                practices.c.title == title,
                practices.c.words == words,
            )
        )
        return practice_of(row) if row else None

    async def add(
        self, *, exchange: int, session: int | None, membership: int, at: datetime, **values: Any
    ) -> Practice:
        """Write one down; `values` are its other columns."""
        made = await self._write(
            self._insert(practices)
            .values(
                exchange_id=exchange, session_id=session, membership_id=membership, at=at, **values
            )
            .returning(practices)
        )
        return practice_of(made.one())

    async def change(self, practice: int, **values: Any) -> None:
        """Set columns of one."""
        await self._write(update(practices).where(practices.c.id == practice).values(**values))

    async def remove(self, practice: int) -> None:
        """Remove one."""
        await self._write(delete(practices).where(practices.c.id == practice))
