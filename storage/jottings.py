"""Jottings: writes that depend on no reading, and whose outcome nobody asks for.

What commits while another commit is under way is committed with the next one, all in a single
transaction: one statement is then prepared once for many people's rows. Each unit is still written
whole or not at all, and told of its own fate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import sqlite
from storage.together import Together
from storage.unavailable import UNAVAILABLE

AT_ONCE = 200
"""Units committed in one transaction, at most."""


@dataclass(frozen=True, slots=True)
class Jotting:
    """A statement, the same object each time it is used, and the values of one row."""

    statement: Executable
    values: Mapping[str, Any]

    @property
    def likeness(self) -> tuple[int, tuple[str, ...]]:
        """What must be equal for two to be written by one statement."""
        return id(self.statement), tuple(self.values)


Unit = Sequence[Jotting]


class Jottings:
    """Commits units of jottings, those that wait at the same time together."""

    def __init__(self, writing: AsyncEngine) -> None:
        self._writing = writing
        self._together = Together(self._write_several, at_most=AT_ONCE)

    async def commit(self, unit: Unit) -> None:
        """Returns once the unit is committed; raises what kept it from being written."""
        await self._together.ask(unit)

    async def _write_several(self, units: Sequence[Unit]) -> Sequence[Exception | None]:
        """Write them together; where that fails by the fault of one, each by itself."""
        error = await self._attempt(units)
        if error is None or len(units) == 1 or isinstance(error, UNAVAILABLE):
            return [error] * len(units)
        return [await self._attempt([unit]) for unit in units]

    async def _attempt(self, units: Sequence[Unit]) -> Exception | None:
        try:
            async with self._writing.begin() as connection:
                await sqlite.put_off(connection)
                await connection.run_sync(_execute, units)
        except Exception as error:  # noqa: BLE001, whoever waits is told
            return error
        return None


def _execute(connection: Connection, units: Sequence[Unit]) -> None:
    for rows in merged(units):
        values = [row.values for row in rows]
        connection.execute(rows[0].statement, values if len(values) > 1 else values[0])


def merged(units: Sequence[Unit]) -> list[list[Jotting]]:
    """Rows that one statement can write; the rows of a unit stay in their order."""
    groups: list[list[Jotting]] = []
    for unit in units:
        earliest = 0
        for row in unit:
            at = _place(groups, row, earliest)
            if at == len(groups):
                groups.append([])
            groups[at].append(row)
            earliest = at
    return groups


def _place(groups: list[list[Jotting]], row: Jotting, earliest: int) -> int:
    """The first group of the row's likeness that comes no earlier than this; else a new one."""
    for at in range(earliest, len(groups)):
        if groups[at][0].likeness == row.likeness:
            return at
    return len(groups)
