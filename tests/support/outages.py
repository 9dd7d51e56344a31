"""Databases that cannot be used for a while."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from tests.support.databases import postgres_server
from tests.support.workers import eventually


@asynccontextmanager
async def away(database_url: str) -> AsyncIterator[None]:
    """The server lets nobody in, and has thrown everybody out."""
    name = make_url(database_url).database
    server = await asyncpg.connect(postgres_server().render_as_string(hide_password=False))
    try:
        await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await throw_out(server, str(name))
        yield
    finally:
        await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await server.close()


async def throw_out(server: asyncpg.Connection, name: str) -> None:
    """End every connection to a database."""
    await server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )


@asynccontextmanager
async def held(database: Path) -> AsyncIterator[None]:
    """Another process writes, and takes its time."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:

        async def got_hold() -> bool:
            try:
                other.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:  # the bot, in this very process, is writing
                return False
            return True

        await eventually(got_hold)
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def out_of_use(database_url: str) -> AsyncIterator[None]:
    """PostgreSQL lets nobody in; another process writes to SQLite, and nobody else can."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        async with away(database_url):
            yield
        return
    async with held(Path(str(url.database))):
        yield
