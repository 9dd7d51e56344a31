"""Engines for SQLite and PostgreSQL from one URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import sqlite

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def database_url(text: str) -> URL:
    """The URL with our driver named; raises ValueError for a database that is not spoken here."""
    url = make_url(text)
    backend = url.drivername.split("+")[0]
    if backend not in DRIVERS:
        raise ValueError(f"DATABASE_URL names {backend!r}; SQLite and PostgreSQL are spoken here")
    return url.set(drivername=DRIVERS[backend])


def engines(url: URL) -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    """Engines on one database: for transactions, for reading without one, and for reading what is
    committed beside an open one.

    SQLite has one writer at a time; a pool of one keeps ours in a queue instead of having them
    collide. Reading needs no transaction: a single statement is consistent in itself. Who holds a
    connection never waits for a second one of the same pool, or many of them would wait for ever.
    """
    if url.get_backend_name() == "sqlite":
        reading = _sqlite(url, writers=0)
        return _sqlite(url, writers=1), reading, reading
    writing = _postgresql(url, pool_size=10, max_overflow=10)
    beside = _postgresql(url, pool_size=1, max_overflow=1, isolation_level="AUTOCOMMIT")
    return writing, writing.execution_options(isolation_level="AUTOCOMMIT"), beside


def _postgresql(url: URL, **options: Any) -> AsyncEngine:
    engine = create_async_engine(url, pool_pre_ping=True, **options)
    event.listen(engine.sync_engine, "handle_error", _name_what_passes, retval=True)
    return engine


def _sqlite(url: URL, *, writers: int) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url,
        pool_size=writers or 4,
        max_overflow=0,
        pool_timeout=60,
        isolation_level=None if writers else "AUTOCOMMIT",
        skip_autocommit_rollback=not writers,
        connect_args={"isolation_level": None},
    )
    event.listen(engine.sync_engine, "do_connect", sqlite.connect)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    if writers:
        event.listen(engine.sync_engine, "begin", sqlite.begin)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # A cut of power may lose the last commits in WAL with NORMAL, the death of a process none.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={sqlite.WAITING}",
        # What is erased is overwritten, and not only given free.
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


_PASSING = ("08", "53", "57P", "40001", "40P01", "25006")
"""PostgreSQL's states of a server that goes, comes back, is full, stands by, or asks to try again
(postgresql.org/docs/current/errcodes-appendix.html)."""


def _name_what_passes(context: ExceptionContext) -> DBAPIError | None:
    """The error as OperationalError where the same may work later: asyncpg's dialect names what a
    server says as it goes down, or before it is up, by its most general class."""
    error = context.sqlalchemy_exception
    if not isinstance(error, DBAPIError) or error.orig is None or not _passes(context, error):
        return None
    return OperationalError(
        error.statement,
        error.params,
        error.orig,
        hide_parameters=error.hide_parameters,
        connection_invalidated=error.connection_invalidated,
    )


def _passes(context: ExceptionContext, error: DBAPIError) -> bool:
    if context.is_disconnect:
        return True
    # Without a connection nothing can have been wrong with what was asked.
    state = getattr(error.orig, "sqlstate", None) or ""
    return type(error) is DBAPIError and (context.connection is None or state.startswith(_PASSING))
