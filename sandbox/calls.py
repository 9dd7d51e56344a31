"""The log of what the bot asked, and what it was answered."""

import json
import sqlite3
from typing import Any

from sandbox.messages import encode

KEPT = 100_000
_TIDY_EVERY = 1_000


def write_call(
    db: sqlite3.Connection,
    *,
    method: str,
    params: dict[str, Any],
    chat_id: int | None,
    at: float,
    took: float,
    status: int,
    answer: dict[str, Any],
) -> None:
    """`at` Unix time, `took` seconds, `status` HTTP (0: the line was cut). Keeps the newest."""
    cursor = db.execute(
        "INSERT INTO calls (method, params, chat_id, at, took, status, answer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (method, encode(params), chat_id, at, took, status, encode(answer)),
    )
    if cursor.lastrowid is not None and cursor.lastrowid % _TIDY_EVERY == 0:
        db.execute("DELETE FROM calls WHERE id <= ?", (cursor.lastrowid - KEPT,))


def read_calls(db: sqlite3.Connection, method: str | None, after: int) -> list[dict[str, Any]]:
    """Oldest first, those after this id; of one method where one is named."""
    rows = db.execute(
        "SELECT id, method, params, chat_id, at, took, status, answer FROM calls"
        " WHERE id > ? AND (? IS NULL OR lower(method) = lower(?)) ORDER BY id",
        (after, method, method),
    )
    return [
        {
            "id": row[0],
            "method": row[1],
            "params": json.loads(row[2]),
            "chat_id": row[3],
            "at": row[4],
            "took": row[5],
            "status": row[6],
            "answer": json.loads(row[7]),
        }
        for row in rows
    ]
