"""The queue of updates: kept until confirmed, handed out by long poll or webhook."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sandbox.messages import encode
from sandbox.refusals import Refusal, other_poll
from sandbox.store import Store, next_number, read_setting, write_setting

MOST_AT_ONCE = 100
LONGEST_POLL = 50.0
# Without allowed_updates Telegram sends all kinds but these.
_ONLY_ON_DEMAND = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `chat_id` is what its order is kept by."""

    id: int
    chat_id: int
    body: dict[str, Any]


class Updates:
    """The unconfirmed updates, in memory as in the database."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pending: dict[int, Update] = {}
        self._allowed: list[str] = []
        self._poll: asyncio.Future[Refusal | None] | None = None
        self.on_arrival: Callable[[Update], None] = lambda update: None

    def load(self, db: sqlite3.Connection) -> None:
        self._allowed = json.loads(read_setting(db, "allowed_updates") or "[]")
        rows = db.execute("SELECT id, chat_id, body FROM updates ORDER BY id")
        self._pending = {row[0]: Update(row[0], row[1], json.loads(row[2])) for row in rows}

    @property
    def allowed(self) -> list[str]:
        return self._allowed

    def allow(self, db: sqlite3.Connection, kinds: list[str]) -> None:
        """Which kinds are queued from now on; an empty list means Telegram's default."""
        if kinds != self._allowed:
            self._allowed = kinds
            write_setting(db, "allowed_updates", encode(kinds))

    def write(
        self, db: sqlite3.Connection, chat_id: int, kind: str, content: dict[str, Any]
    ) -> Update | None:
        """Queue it in the database, if its kind is wanted; `announce` it once committed."""
        if not self._wants(kind):
            return None
        update_id = next_number(db, "update")
        update = Update(update_id, chat_id, {"update_id": update_id, kind: content})
        db.execute(
            "INSERT INTO updates VALUES (?, ?, ?)", (update_id, chat_id, encode(update.body))
        )
        return update

    def announce(self, update: Update | None) -> None:
        if update is not None:
            self._pending[update.id] = update
            self.wake()
            self.on_arrival(update)

    def wake(self, refusal: Refusal | None = None) -> None:
        """Let a waiting poll look again, or end it with this refusal."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(refusal)

    def pending(self) -> list[Update]:
        return list(self._pending.values())

    def count(self) -> int:
        return len(self._pending)

    async def confirm(self, update_ids: list[int]) -> None:
        """Forget these for good."""
        if not update_ids:
            return
        rows = [(update_id,) for update_id in update_ids]

        def forget(db: sqlite3.Connection) -> None:
            db.executemany("DELETE FROM updates WHERE id = ?", rows)

        await self._store.run(forget)
        for update_id in update_ids:
            self._pending.pop(update_id, None)

    async def clear(self) -> None:
        await self.confirm(list(self._pending))

    async def poll(self, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:
        """getUpdates: confirm what lies before `offset`, then wait up to `timeout` seconds."""
        self.wake(other_poll())
        await self.confirm(self._before(offset))
        most = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        if not self._pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        return [update.body for update in islice(self._pending.values(), most)]

    def _before(self, offset: int) -> list[int]:
        if offset < 0:
            return sorted(self._pending)[:offset]
        return [update_id for update_id in self._pending if update_id < offset]

    async def _wait(self, seconds: float) -> None:
        self.wake(other_poll())
        poll: asyncio.Future[Refusal | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            refusal = await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            refusal = None
        if refusal is not None:
            raise refusal

    def _wants(self, kind: str) -> bool:
        if self._allowed:
            return kind in self._allowed
        return kind not in _ONLY_ON_DEMAND
