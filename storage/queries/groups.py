"""Telegram groups of exchanges, and the codes by which they are linked."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.exchanges import Group
from domain.group_codes import GroupCode
from storage.queries.base import Queries
from storage.tables import exchanges, group_codes, groups


def group_code_of(row: Row[Any]) -> GroupCode:
    """A code from its row."""
    return GroupCode(
        digest=row.digest,
        exchange=row.exchange_id,
        made_by=row.made_by,
        expires_at=row.expires_at,
        used_in=row.used_in,
        used_at=row.used_at,
    )


class Groups(Queries):
    """Which group is whose. What a group is lies with the exchanges."""

    async def add_code(
        self, digest: str, *, exchange: int, by: int, at: datetime, expires_at: datetime
    ) -> None:
        """Keep a code in place of those that the person has made for this exchange before, and
        forget those of anybody that have expired."""
        earlier = (group_codes.c.exchange_id == exchange) & (group_codes.c.made_by == by)
        unused = group_codes.c.used_at.is_(None)
        await self._write(
            delete(group_codes).where((earlier & unused) | (group_codes.c.expires_at <= at))
        )
        await self._write(
            self._insert(group_codes).values(
                digest=digest, exchange_id=exchange, made_by=by, made_at=at, expires_at=expires_at
            )
        )

    async def code(self, digest: str) -> GroupCode | None:
        """What is known of the code with this digest."""
        row = await self._first(select(group_codes).where(group_codes.c.digest == digest))
        return group_code_of(row) if row else None

    async def use_code(self, digest: str, *, group: int, at: datetime) -> bool:
        """Use a code up; False where it was used before: of two at once one has it."""
        done = await self._write(
            update(group_codes)
            .where(group_codes.c.digest == digest, group_codes.c.used_at.is_(None))
            .values(used_in=group, used_at=at)
        )
        return done.rowcount == 1

    async def of_exchange(self, exchange: int) -> Group | None:
        """The group of an exchange, if it has one."""
        row = await self._first(
            select(groups)
            .join(exchanges, exchanges.c.group_id == groups.c.id)
            .where(exchanges.c.id == exchange)
        )
        return Group(row.id, row.chat_id, row.language) if row else None

    async def remove_unused(self, group: int) -> None:
        """Forget a group in which no exchange is at home any more, and what waits for it."""
        home = select(exchanges.c.id).where(exchanges.c.group_id == group)
        await self._write(delete(groups).where(groups.c.id == group, ~home.exists()))

    async def speak(self, group: int, language: str) -> None:
        """The language in which the bot speaks there."""
        await self._write(update(groups).where(groups.c.id == group).values(language=language))

    async def move(self, chat_id: int, to: int) -> bool:
        """Telegram has given a chat another id; False where no such group is known."""
        done = await self._write(
            update(groups).where(groups.c.chat_id == chat_id).values(chat_id=to)
        )
        return done.rowcount == 1

    async def hand_over(self, group: int, to: int) -> None:
        """What is at home in one group is at home in another."""
        await self._write(
            update(exchanges).where(exchanges.c.group_id == group).values(group_id=to)
        )
