"""The sandbox's clock: real time and what people advanced it by. Kept over a restart."""

import sqlite3
import time

from sandbox.store import read_setting, write_setting


class Clock:
    """Dates of messages and the 48-hour rule follow it; limits and waits follow real time."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """Unix time in seconds, as the sandbox sees it."""
        return time.time() + self.offset

    def load(self, db: sqlite3.Connection) -> None:
        self.offset = float(read_setting(db, "clock_offset") or 0)

    def advance(self, db: sqlite3.Connection, seconds: float) -> None:
        self.offset += seconds
        write_setting(db, "clock_offset", repr(self.offset))

    def public(self) -> dict[str, float]:
        return {"now": self.now(), "offset": self.offset}
