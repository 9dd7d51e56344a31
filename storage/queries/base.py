"""How a query speaks to the database."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.jottings import Jotting

if TYPE_CHECKING:
    from storage.store import Store

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class Queries:
    """The base of every noun's queries."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    async def _all(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        """Rows, read in the open transaction if there is one."""
        unit = self._store.unit_at_hand
        seeing = await unit.seeing() if unit is not None else None
        if seeing is not None:
            return (await seeing.execute(statement, values)).all()
        async with self._store.reading.connect() as connection:
            return (await connection.execute(statement, values)).all()

    async def _committed(self, statement: Executable, values: Values = None) -> Sequence[Row[Any]]:
        """Rows as they are committed, whatever the transaction at hand has written."""
        async with self._store.beside.connect() as connection:
            return (await connection.execute(statement, values)).all()

    async def _committed_many(self, statement: Executable) -> Sequence[Row[Any]]:
        """The same where it may be a row for every organisation: nobody else waits while they
        are made."""
        async with self._store.beside.connect() as connection:
            found = await connection.execute(statement)
            return await asyncio.to_thread(found.all)

    async def _first(self, statement: Executable, values: Values = None) -> Row[Any] | None:
        """The first row, or None."""
        rows = await self._all(statement, values)
        return rows[0] if rows else None

    async def _write(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Write in the open transaction; without one it is a mistake of ours."""
        unit = self._store.unit_at_hand
        if unit is None or unit.opened is None:
            raise RuntimeError("a write outside a transaction")
        return await unit.opened.execute(statement, values)

    async def _jot(self, statement: Executable, values: Mapping[str, Any]) -> None:
        """Write a row by the time of the commit. `statement` is one made once and for all."""
        unit = self._store.unit_at_hand
        if unit is None:
            raise RuntimeError("a write outside a transaction")
        await unit.jot(Jotting(statement, values))

    def _insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """An insert that can say ON CONFLICT, in this database's dialect."""
        if self._store.backend == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)
