"""Databases for tests: `database_url` and `store`, each on SQLite and on PostgreSQL.

Migrations run once a session. On SQLite a test gets a copy of that file; on PostgreSQL, where a
copy takes a fifth of a second, the database of this pytest process, emptied before. A test that
changes tables asks for `bare_database_url`. A test for one database only says
`@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import URL, make_url

from storage import migrate
from storage.store import Store
from storage.tables import metadata

BACKENDS = ("sqlite", "postgresql")


def postgres_server() -> URL:
    """The server on which tests make databases of their own."""
    default = "postgresql://postgres@127.0.0.1:5432/test"
    return make_url(os.environ.get("TEST_POSTGRES_URL", default)).set(drivername="postgresql")


def _tell_postgres(command: str, server: URL | None = None) -> None:
    async def tell() -> None:
        connection = await asyncpg.connect(as_text(server or postgres_server()), timeout=5)
        try:
            await connection.execute(command)
        finally:
            await connection.close()

    asyncio.run(tell())


@contextmanager
def _postgres_database() -> Iterator[URL]:
    name = f"test_{uuid4().hex}"
    _tell_postgres(f"CREATE DATABASE {name}")
    try:
        yield postgres_server().set(database=name)
    finally:
        _tell_postgres(f"DROP DATABASE {name} WITH (FORCE)")


def as_text(url: URL) -> str:
    """The URL with its password, as settings name it."""
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_answers() -> None:
    """Skips, by name, where no PostgreSQL answers."""
    try:
        _tell_postgres("SELECT 1")
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        server = postgres_server().set(password=None)
        pytest.skip(f"PostgreSQL: {server} does not answer ({type(error).__name__})")


@pytest.fixture(scope="session")
def postgres_database(postgres_answers: None) -> Iterator[URL]:
    """A migrated PostgreSQL database of this pytest process."""
    with _postgres_database() as url:
        migrate.upgrade(as_text(url))
        yield url


@contextmanager
def for_a_bot(request: pytest.FixtureRequest, backend: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database, made for a bot that several tests share; it migrates it."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'bot.sqlite3'}"
        return
    request.getfixturevalue("postgres_answers")
    with _postgres_database() as url:
        yield as_text(url)


# A test may have killed a process in mid-transaction; what that holds must not hold up the next.
_EMPTYING = f"""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
    TRUNCATE {", ".join(metadata.tables)} RESTART IDENTITY CASCADE;
"""


def _copy_of_sqlite(request: pytest.FixtureRequest) -> Iterator[str]:
    path = request.getfixturevalue("tmp_path") / "bot.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    yield f"sqlite:///{path}"


def _emptied_postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    url = request.getfixturevalue("postgres_database")
    _tell_postgres(_EMPTYING, url)
    yield as_text(url)


def _empty_sqlite(request: pytest.FixtureRequest) -> Iterator[str]:
    yield f"sqlite:///{request.getfixturevalue('tmp_path') / 'empty.db'}"


def _empty_postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    request.getfixturevalue("postgres_answers")
    with _postgres_database() as url:
        yield as_text(url)


Making = Callable[[pytest.FixtureRequest], AbstractContextManager[str]]
_MIGRATED: dict[str, Making] = {
    "sqlite": contextmanager(_copy_of_sqlite),
    "postgresql": contextmanager(_emptied_postgres),
}
_EMPTY: dict[str, Making] = {
    "sqlite": contextmanager(_empty_sqlite),
    "postgresql": contextmanager(_empty_postgres),
}


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated, empty database, the test's own."""
    with _MIGRATED[request.param](request) as url:
        yield url


@pytest.fixture(params=BACKENDS)
def bare_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database without any table, the test's own."""
    with _EMPTY[request.param](request) as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """A store on the test's own database."""
    store = Store(database_url)
    yield store
    await store.close()
