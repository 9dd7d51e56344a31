"""A crowd in a sandbox, written straight into its database, and what each of them was told there.

The sandbox runs in a process of its own: to close a SQLite file gives up every lock that a process
has on it, also those of a sandbox in one of its threads.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sandbox.store import COUNTERS, SCHEMA


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as connection:
        yield connection


def crowd(number: int) -> tuple[int, ...]:
    """The chats of a crowd of so many."""
    first = COUNTERS["person"] + 1
    return tuple(range(first, first + number))


def settle_crowd(database: Path, number: int) -> tuple[int, ...]:
    """So many people who have started the bot, before the sandbox itself starts; their chats."""
    chats = crowd(number)
    with _opened(database) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA)
        counters = COUNTERS | {"person": chats[-1]}
        connection.executemany("INSERT INTO counters VALUES (?, ?)", counters.items())
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO people VALUES (?, ?, NULL, 'en', 1, 0)",
            [(chat, f"Person {chat}") for chat in chats],
        )
        connection.execute("COMMIT")
    return chats


def told(database: Path, words: str) -> dict[int, list[int]]:
    """The ids of the messages that say this and no more, by chat."""
    seen: dict[int, list[int]] = defaultdict(list)
    with _opened(database) as connection:
        for chat, message in connection.execute(
            "SELECT chat_id, id FROM messages WHERE by_bot AND json_extract(body, '$.text') = ?",
            (words,),
        ):
            seen[chat].append(message)
    return dict(seen)
