"""Rotation: everything that is sealed is sealed anew, with the first key.

In small transactions, each row only where it is still as it was read: it may be broken off and
begun again, and people may go on writing meanwhile.
"""

from typing import Any

from sqlalchemy import Column, Text, and_, select, type_coerce, update

from storage.store import Store
from storage.tables import metadata
from storage.tables.base import Sealed

AT_ONCE = 200


def sealed_columns() -> list[Column[Any]]:
    """Every column that holds sealed texts."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Sealed)
    ]


async def rotate(store: Store) -> int:
    """Seal all anew that is not sealed with the first key; how many texts. What no key opens is
    left as it is."""
    number = 0
    for column in sealed_columns():
        number += await _rotate(store, column)
    if number:
        store.leave_traces()
        await store.wipe()
    return number


async def unopened(store: Store) -> int:
    """How many stored texts no key opens."""
    number = 0
    for column in sealed_columns():
        async with store.reading.connect() as connection:
            rows = await connection.execute(
                select(type_coerce(column, Text)).where(column.is_not(None))
            )
            number += sum(store.seal.open(stored) is None for (stored,) in rows)
    return number


async def _rotate(store: Store, column: Column[Any]) -> int:
    raw, key = type_coerce(column, Text), column.table.c.id
    after, number = 0, 0
    while True:
        async with store.transaction() as unit:
            connection = await unit.connection()
            rows = (
                await connection.execute(
                    select(key, raw.label("stored"))
                    .where(and_(key > after, column.is_not(None)))
                    .order_by(key)
                    .limit(AT_ONCE)
                )
            ).all()
            for row in rows:
                opened = store.seal.open(row.stored)
                if opened is None or store.seal.up_to_date(row.stored):
                    continue
                changed = await connection.execute(
                    update(column.table)
                    .where(key == row.id, raw == row.stored)
                    .values({column: opened})
                )
                number += changed.rowcount
        if len(rows) < AT_ONCE:
            return number
        after = rows[-1].id
