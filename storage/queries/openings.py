"""Openings: what is known as an update comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Executable,
    Integer,
    Row,
    Select,
    bindparam,
    literal_column,
    select,
    union_all,
)

from domain.conversations import Conversation
from domain.people import Person
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import conversations, handled_updates, people
from storage.together import Together

if TYPE_CHECKING:
    from storage.store import Store

AT_ONCE = 32
"""Updates that one reading serves, at most; a power of two."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known as an update comes in.

    `answered` is None for an update that has not been handled before; True when its answer has
    certainly left; False when it was handled and its answer may or may not have left. `said` is
    how many messages of an answer of several have left all the same.
    """

    person: Person | None
    conversation: Conversation
    answered: bool | None
    said: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """An update that comes in."""

    bot_id: int
    update_id: int
    telegram_id: int


class Openings(Queries):
    """One reading before an update is handled, or one for several that come at the same time: was
    it handled before, who is it, where do they stand?"""

    def __init__(self, store: "Store") -> None:
        super().__init__(store)
        self._together = Together(self._several, at_most=AT_ONCE)

    async def of(self, coming: Coming) -> Opening:
        """What is known of an update and its person."""
        return await self._together.ask(coming)

    async def _several(self, coming: Sequence[Coming]) -> Sequence[Opening]:
        places = 1 << (len(coming) - 1).bit_length()
        values: dict[str, int] = {}
        for place in range(places):
            # Places without an update of their own repeat the last: few sizes, few statements.
            one = coming[min(place, len(coming) - 1)]
            values[f"bot_{place}"] = one.bot_id
            values[f"update_{place}"] = one.update_id
            values[f"telegram_{place}"] = one.telegram_id
        rows = await self._all(_reading(places), values)
        openings = {row.place: row for row in rows}
        return [_opening_of(openings[place]) for place in range(len(coming))]


@cache
def _reading(places: int) -> Executable:
    """A row for each of so many updates."""
    coming = union_all(*map(_coming, range(places))).subquery("coming")
    reading: Executable = (
        select(
            coming.c.place,
            handled_updates.c.answered,
            handled_updates.c.said,
            conversations.c.state,
            people,
        )
        .select_from(coming)
        .outerjoin(people, people.c.telegram_id == coming.c.telegram_id)
        .outerjoin(conversations, conversations.c.person_id == people.c.id)
        .outerjoin(
            handled_updates,
            (handled_updates.c.bot_id == coming.c.bot_id)
            & (handled_updates.c.update_id == coming.c.update_id),
        )
    )
    return reading


def _coming(place: int) -> Select[int, int, int, int]:
    return select(
        literal_column(str(place), Integer).label("place"),
        bindparam(f"bot_{place}", type_=BigInteger).label("bot_id"),
        bindparam(f"update_{place}", type_=BigInteger).label("update_id"),
        bindparam(f"telegram_{place}", type_=BigInteger).label("telegram_id"),
    )


def _opening_of(row: Row[Any]) -> Opening:
    return Opening(
        person=person_of(row) if row.id is not None else None,
        conversation=conversation_of(row.state),
        answered=row.answered,
        said=row.said or 0,
    )


_BEGINNING = Conversation()


def conversation_of(state: dict[str, Any] | None) -> Conversation:
    """Where somebody stands, from what is stored of it."""
    return Conversation(**state) if state else _BEGINNING
