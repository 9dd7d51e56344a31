"""Codes that let people into an exchange. Stored is a digest: the code itself is nowhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.joining import EntryCode
from storage.queries.base import Queries
from storage.tables import exchange_codes


def code_of(row: Row[Any]) -> EntryCode:
    """A code from its row."""
    return EntryCode(
        id=row.id,
        exchange=row.exchange_id,
        digest=row.digest,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used=row.used,
    )


class EntryCodes(Queries):
    """Codes that have been made, and how often they were used."""

    async def by_id(self, code: int) -> EntryCode | None:
        """The code with this id."""
        row = await self._first(select(exchange_codes).where(exchange_codes.c.id == code))
        return code_of(row) if row else None

    async def by_digest(self, digest: str) -> EntryCode | None:
        """What is known of the code with this digest."""
        row = await self._first(select(exchange_codes).where(exchange_codes.c.digest == digest))
        return code_of(row) if row else None

    async def of(self, exchange: int) -> tuple[EntryCode, ...]:
        """All codes of an exchange, newest first."""
        rows = await self._all(
            select(exchange_codes)
            .where(exchange_codes.c.exchange_id == exchange)
            .order_by(exchange_codes.c.id.desc())
        )
        return tuple(map(code_of, rows))

    async def add(
        self, digest: str, exchange: int, *, by: int, at: datetime, expires_at: datetime | None
    ) -> EntryCode:
        """Keep the digest of a new code."""
        made = await self._write(
            self._insert(exchange_codes)
            .values(
                digest=digest,
                exchange_id=exchange,
                made_by=by,
                made_at=at,
                expires_at=expires_at,
                used=0,
            )
            .returning(exchange_codes)
        )
        return code_of(made.one())

    async def count(self, code: int) -> None:
        """It has let somebody in."""
        await self._write(
            update(exchange_codes)
            .where(exchange_codes.c.id == code)
            .values(used=exchange_codes.c.used + 1)
        )

    async def revoke(self, code: int, *, at: datetime) -> bool:
        """It lets nobody in any more; False where that was so already."""
        done = await self._write(
            update(exchange_codes)
            .where(exchange_codes.c.id == code, exchange_codes.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return done.rowcount == 1
