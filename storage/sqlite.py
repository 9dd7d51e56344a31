"""SQLite in one trip a statement.

aiosqlite works in a thread of its own, and SQLAlchemy visits it four times a statement: to make a
cursor, to execute, to fetch, to close. Each visit is a change of threads and costs more than the
statement itself. Here a statement and all its rows are one visit. (Rows are not streamed: no query
of ours reads more of them than it returns.) A transaction's BEGIN goes along with its first
statement, and what has no outcome to be waited for can go along with its COMMIT.
"""

from collections import deque
from collections.abc import Callable, Sequence
from sqlite3 import Connection as RawConnection
from sqlite3 import Cursor as RawCursor
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util.concurrency import await_

T = TypeVar("T")

Outcome = tuple[Any, int, int | None, list[Any]]
"""What a cursor knows in the end: its description, how many rows it touched, the last row's id,
and the rows."""

_NOT_YET: Outcome = (None, -1, None, [])


def _outcome(cursor: RawCursor) -> Outcome:
    rows = cursor.fetchall() if cursor.description else []
    outcome = (cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    cursor.close()
    return outcome


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that has been, fetched and closed when `execute` returns."""

    __slots__ = ("_arraysize", "_outcome")

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._rows = deque()
        self._outcome = _NOT_YET
        self._arraysize = 1

    @property
    def description(self) -> Any:
        """The columns' names; None for a statement without rows."""
        return self._outcome[0]

    @property
    def rowcount(self) -> int:
        """How many rows the statement touched."""
        return self._outcome[1]

    @property
    def lastrowid(self) -> Any:
        """The id of the row last inserted."""
        return self._outcome[2]

    @property
    def arraysize(self) -> int:
        """How many rows `fetchmany` takes."""
        return self._arraysize

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._arraysize = value

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        """Execute and fetch."""
        self._go(lambda raw: _outcome(raw.execute(operation, parameters or ())))

    def executemany(self, operation: Any, seq_of_parameters: Sequence[Any]) -> Any:
        """Execute for each; there are no rows to fetch."""
        self._go(lambda raw: _outcome(raw.executemany(operation, seq_of_parameters)))

    def _go(self, work: Callable[[RawConnection], Outcome]) -> None:
        connection: OneTripConnection = self._adapt_connection  # type: ignore[assignment]
        self._outcome = connection.go(work)
        self._rows = deque(self._outcome[3])

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is open."""


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose cursors make one trip."""

    __slots__ = ("_along", "_putting_off")

    _cursor_cls = OneTripCursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._along: list[Callable[[RawConnection], object]] = []
        self._putting_off = False

    def begin(self) -> None:
        """Begin a transaction with the next statement."""
        # A deferred one that writes after it has read fails at once when another has written.
        self._along.append(lambda raw: raw.execute("BEGIN IMMEDIATE").close())

    def put_off(self) -> None:
        """Statements from now on go along with the commit; their outcome is not known before."""
        self._putting_off = True

    def go(self, work: Callable[[RawConnection], Outcome]) -> Outcome:
        """Visit the thread, unless that is put off."""
        if self._putting_off:
            self._along.append(work)
            return _NOT_YET
        return self._visit(work)

    def commit(self) -> None:
        """Commit what has been done, and do before it what was put off."""
        self._putting_off = False
        if self._connection._connection:
            self._visit(lambda raw: raw.commit())

    def rollback(self) -> None:
        """Undo what has been done; what was put off is never done."""
        self._putting_off = False
        self._along.clear()
        super().rollback()

    def _visit(self, work: Callable[[RawConnection], T]) -> T:
        driver: aiosqlite.Connection = self.driver_connection
        along, self._along = self._along, []

        def trip() -> T:
            raw = driver._conn
            for one in along:
                one(raw)
            return work(raw)

        try:
            # Its public methods would give out cursors, whose every use is another visit.
            return await_(driver._execute(trip))  # type: ignore[no-untyped-call, no-any-return]
        except Exception as error:  # noqa: BLE001, SQLAlchemy sorts them, and raises each
            self._handle_exception(error)


def connect(dialect: Any, _record: object, arguments: Any, settings: Any) -> OneTripConnection:
    """What SQLAlchemy's event `do_connect` asks for."""
    adapted = dialect.dbapi.connect(*arguments, **settings)
    return OneTripConnection(dialect.dbapi, adapted.driver_connection)


def begin(connection: Any) -> None:
    """What SQLAlchemy's event `begin` asks for."""
    connection.connection.dbapi_connection.begin()


async def put_off(connection: AsyncConnection) -> None:
    """Let the transaction's statements go along with its commit. Another database is left."""
    raw = (await connection.get_raw_connection()).dbapi_connection
    if isinstance(raw, OneTripConnection):
        raw.put_off()


WAITING = 30_000
"""Milliseconds for which a statement waits for others."""
WAITING_TO_EMPTY = 200
"""The same for emptying the log: whoever writes meanwhile waits, too."""


async def empty_the_log(connection: AsyncConnection) -> bool:
    """Write everything into the database file and empty the log that is written ahead; False when
    somebody was reading. The connection must not be in a transaction."""
    await connection.exec_driver_sql(f"PRAGMA busy_timeout={WAITING_TO_EMPTY}")
    try:
        emptying = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        row = emptying.first()
    finally:
        await connection.exec_driver_sql(f"PRAGMA busy_timeout={WAITING}")
    return row is not None and row[0] == 0
