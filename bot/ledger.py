"""The ledger of answers: which updates have certainly been answered, written in batches."""

import asyncio

import structlog

from storage.store import UNAVAILABLE, Store

log = structlog.get_logger()


class Ledger:
    """Collects answered updates and records them, many in one transaction."""

    def __init__(self, store: Store, bot_id: int) -> None:
        self._store = store
        self._bot_id = bot_id
        self._pending: list[int] = []
        self._writing = asyncio.Lock()

    def answered(self, update_id: int) -> None:
        """The answer to this update has left, or there was none to give."""
        self._pending.append(update_id)

    async def write(self) -> None:
        """Record what has been collected; what cannot be recorded now stays collected."""
        async with self._writing:
            batch = tuple(self._pending)
            if not batch:
                return
            try:
                async with self._store.transaction():
                    await self._store.conversations.record_answers(
                        bot_id=self._bot_id, update_ids=batch
                    )
            except UNAVAILABLE as error:
                log.warning("ledger-waits", error=error, size=len(self._pending))
                return
            del self._pending[: len(batch)]
