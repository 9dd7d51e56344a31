"""The sandbox's own database: one thread, one connection, and one commit for all that waits.

A job is a function of the connection. Jobs run one after another, so each sees what the ones before
it wrote; those that wait together share a commit, and nobody is answered before it. What was
answered therefore outlives a kill -9 (write-ahead log, synchronous=NORMAL).
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

Work = Callable[[sqlite3.Connection], Any]
Job = tuple[Work, "asyncio.Future[Any]"]

# The last ids before the first. People's are above 32 bits, as Telegram's own are: a bot that
# keeps them in 32 should fail here, not there.
COUNTERS = {"person": 7_000_000_000, "message": 100, "update": 50_000, "file": 0, "query": 0}

SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, username TEXT, language_code TEXT,
    spoke INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS people_username ON people (lower(username));
CREATE TABLE IF NOT EXISTS groups (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS memberships (
    chat_id INTEGER PRIMARY KEY, member INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, chat_id INTEGER NOT NULL, by_bot INTEGER NOT NULL,
    body TEXT NOT NULL, keyboard TEXT);
CREATE INDEX IF NOT EXISTS messages_of_chat ON messages (chat_id, id);
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY, chat_id INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queries (
    id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
    asked REAL NOT NULL, answered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS commands (
    scope TEXT NOT NULL, language TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (scope, language)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS descriptions (
    kind TEXT NOT NULL, language TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (kind, language)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, path TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    name TEXT, mime TEXT, width INTEGER, height INTEGER, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, method TEXT NOT NULL, params TEXT NOT NULL,
    chat_id INTEGER, at REAL NOT NULL, took REAL NOT NULL, status INTEGER NOT NULL,
    answer TEXT NOT NULL);
"""


class Store:
    """Runs jobs on the database; `open` it in the event loop that awaits them."""

    def __init__(self, path: Path):
        self._path = path
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def open(self) -> None:
        """Make the database where there is none. Raises sqlite3.Error where it cannot be opened."""
        self._loop = asyncio.get_running_loop()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(SCHEMA)
        connection.executemany("INSERT OR IGNORE INTO counters VALUES (?, ?)", COUNTERS.items())
        self._thread = Thread(
            target=self._serve, args=(connection,), name="sandbox-store", daemon=True
        )
        self._thread.start()

    async def close(self) -> None:
        """Finish what waits and close the database."""
        if self._thread is not None:
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def run(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Queue a job; its result (or exception) comes once its group is committed."""
        assert self._loop is not None, "the store is open"
        future: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put((work, future))
        return future

    def _serve(self, connection: sqlite3.Connection) -> None:
        while group := self._next_group():
            outcomes = _commit(connection, group)
            assert self._loop is not None
            self._loop.call_soon_threadsafe(_settle, outcomes)
        connection.close()

    def _next_group(self) -> list[Job]:
        """All jobs that wait now, at least one; empty when the store closes."""
        first = self._jobs.get()
        if first is None:
            return []
        group = [first]
        while len(group) < 500:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            group.append(job)
        return group


Outcome = tuple["asyncio.Future[Any]", Any, Exception | None]


def _commit(connection: sqlite3.Connection, group: list[Job]) -> list[Outcome]:
    """All jobs of a group in one transaction; where it fails as a whole, each learns why."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [_attempt(connection, work, future) for work, future in group]
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [(future, None, error) for _, future in group]
    return outcomes


def _attempt(connection: sqlite3.Connection, work: Work, future: "asyncio.Future[Any]") -> Outcome:
    """One job, undone on its own when it fails; the others of its group stay."""
    connection.execute("SAVEPOINT job")
    try:
        result = work(connection)
        if isinstance(result, sqlite3.Cursor):
            raise TypeError("a cursor that dies in another thread breaks the connection")
    except Exception as error:  # noqa: BLE001, because the one who awaits the job receives it
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        return future, None, error
    connection.execute("RELEASE job")
    return future, result, None


def _settle(outcomes: list[Outcome]) -> None:
    for future, result, error in outcomes:
        if future.done():  # the one who asked has gone
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def next_number(db: sqlite3.Connection, name: str) -> int:
    """Ids that go on for ever, over restarts and resets."""
    row = db.execute(
        "UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value", (name,)
    ).fetchone()
    return int(row[0])


def read_setting(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def write_setting(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))
