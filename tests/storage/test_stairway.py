"""Every migration goes up, down and up again, and ends at what the tables say."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrate
from storage.engine import database_url as spoken
from storage.tables import metadata

Answer = TypeVar("Answer")
Schema = dict[str, tuple[set[str], set[str | None]]]

STAIRS = list(zip(["base", *migrate.revisions()], migrate.revisions(), strict=False))


def asked(url: str, question: Callable[[Connection], Answer]) -> Answer:
    """What the database answers."""

    async def ask() -> Answer:
        engine = create_async_engine(spoken(url), poolclass=NullPool)
        async with engine.connect() as connection:
            answer = await connection.run_sync(question)
        await engine.dispose()
        return answer

    return asyncio.run(ask())


def schema(connection: Connection) -> Schema:
    """Each table of ours with its columns and indexes."""
    seen = inspect(connection)
    return {
        table: (
            {column["name"] for column in seen.get_columns(table)},
            {index["name"] for index in seen.get_indexes(table)},
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def differences(connection: Connection) -> list[object]:
    """What a new migration would have to change."""
    options = {"compare_type": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_every_migration_goes_up_down_and_up(bare_database_url: str) -> None:
    for below, above in STAIRS:
        before = asked(bare_database_url, schema)
        migrate.upgrade(bare_database_url, above)
        after = asked(bare_database_url, schema)
        assert after != before
        migrate.downgrade(bare_database_url, below)
        assert asked(bare_database_url, schema) == before
        migrate.upgrade(bare_database_url, above)
        assert asked(bare_database_url, schema) == after


def test_the_last_migration_leaves_the_tables_as_they_are_described(database_url: str) -> None:
    assert asked(database_url, differences) == []


def test_all_the_way_down_leaves_nothing(bare_database_url: str) -> None:
    migrate.upgrade(bare_database_url)
    migrate.downgrade(bare_database_url)
    assert asked(bare_database_url, schema) == {}


async def test_migrating_from_a_running_loop_makes_all_tables(bare_database_url: str) -> None:
    await migrate.upgrading(bare_database_url)
    tables = await asyncio.to_thread(asked, bare_database_url, schema)
    assert set(tables) == set(metadata.tables)
