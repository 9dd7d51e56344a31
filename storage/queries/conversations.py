"""Where people stand, and which updates have been handled."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from domain.conversations import Conversation
from storage.queries.base import Queries
from storage.queries.openings import Coming, Opening, Openings, conversation_of
from storage.tables import conversations, handled_updates

if TYPE_CHECKING:
    from storage.store import Store

_HANDLED = insert(handled_updates)
_ANSWERED = (
    update(handled_updates)
    .where(handled_updates.c.bot_id == bindparam("of_bot"))
    .where(handled_updates.c.update_id.in_(bindparam("update_ids", expanding=True)))
    .values(answered=True)
)


class Conversations(Queries):
    """Conversation state, committed together with what was done."""

    def __init__(self, store: "Store") -> None:
        super().__init__(store)
        self._openings = Openings(store)
        keep = self._insert(conversations)
        self._keep = keep.on_conflict_do_update(
            index_elements=["person_id"],
            set_={"state": keep.excluded.state, "changed_at": keep.excluded.changed_at},
        )

    async def opening(self, *, bot_id: int, update_id: int, telegram_id: int) -> Opening:
        """What is known of the person and the update."""
        return await self._openings.of(Coming(bot_id, update_id, telegram_id))

    async def of(self, person: int) -> Conversation:
        """Where a person stands."""
        row = await self._first(
            select(conversations.c.state).where(conversations.c.person_id == person)
        )
        return conversation_of(row.state if row else None)

    async def keep(self, person: int, conversation: Conversation, *, at: datetime) -> None:
        """Remember where a person stands."""
        await self._jot(
            self._keep, {"person_id": person, "state": asdict(conversation), "changed_at": at}
        )

    async def record_update(self, *, bot_id: int, update_id: int, at: datetime) -> None:
        """Remember that an update has been handled; its answer has not left yet."""
        await self._jot(
            _HANDLED,
            {"bot_id": bot_id, "update_id": update_id, "handled_at": at, "answered": False},
        )

    async def record_answers(self, *, bot_id: int, update_ids: Iterable[int]) -> None:
        """Remember that the answers to these updates have certainly left."""
        await self._write(_ANSWERED, {"of_bot": bot_id, "update_ids": tuple(update_ids)})

    async def record_said(self, *, bot_id: int, update_id: int, said: int) -> None:
        """Remember how many messages of an answer of several have left."""
        await self._write(
            update(handled_updates)
            .where(handled_updates.c.bot_id == bot_id, handled_updates.c.update_id == update_id)
            .values(said=said)
        )

    async def forget_updates(self, *, before: datetime) -> int:
        """Forget updates so old that Telegram no longer repeats them; how many."""
        gone = await self._write(
            delete(handled_updates).where(handled_updates.c.handled_at < before)
        )
        return int(gone.rowcount)
