"""Dismissals."""

from typing import Any

from sqlalchemy import Row, delete, or_, select

from domain.dismissals import Dismissal, Why
from storage.queries.base import Queries
from storage.tables import dismissals


def dismissal_of(row: Row[Any]) -> Dismissal:
    """A dismissal from its row; a reason that is not known here is an other one."""
    known = {one.value: one for one in Why}
    return Dismissal(
        organisation=row.organisation_id,
        other=row.other_id,
        why=known.get(row.reason, Why.OTHER),
        at=row.at,
        until=row.until,
    )


class Dismissals(Queries):
    """Who is not to be suggested to whom."""

    async def concerning(self, organisation: int) -> tuple[Dismissal, ...]:
        """An organisation's own dismissals, newest first, and others' of it."""
        table = dismissals.c
        rows = await self._all(
            select(dismissals)
            .where(or_(table.organisation_id == organisation, table.other_id == organisation))
            .order_by(table.at.desc(), table.other_id.desc())
        )
        return tuple(map(dismissal_of, rows))

    async def between(self, organisation: int, other: int) -> Dismissal | None:
        """What an organisation has said about another one."""
        table = dismissals.c
        row = await self._first(
            select(dismissals).where(table.organisation_id == organisation, table.other_id == other)
        )
        return dismissal_of(row) if row else None

    async def put(self, one: Dismissal, *, by: int) -> None:
        """Remember a dismissal, in place of an earlier one of the same two."""
        statement = self._insert(dismissals)
        values = {"reason": one.why.value, "until": one.until, "by": by, "at": one.at}
        await self._write(
            statement.values(
                organisation_id=one.organisation, other_id=one.other, **values
            ).on_conflict_do_update(index_elements=["organisation_id", "other_id"], set_=values)
        )

    async def remove(self, organisation: int, other: int) -> None:
        """Forget what an organisation has said about another one."""
        table = dismissals.c
        await self._write(
            delete(dismissals).where(table.organisation_id == organisation, table.other_id == other)
        )
