"""One-time codes for roles. What is stored is a digest: the code itself is nowhere."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from domain.roles import Role, StoredCode
from storage.queries.base import Queries
from storage.tables import codes


def _open(at: datetime) -> ColumnElement[bool]:
    return and_(codes.c.redeemed_at.is_(None), codes.c.expires_at > at)


class Codes(Queries):
    """Codes that have been made, and what became of them."""

    async def add(
        self, digest: str, role: Role, *, made_by: int | None, at: datetime, expires_at: datetime
    ) -> None:
        """Keep the digest of a new code."""
        await self._write(
            insert(codes).values(
                digest=digest,
                role=role.value,
                made_by=made_by,
                made_at=at,
                expires_at=expires_at,
            )
        )

    async def by_digest(self, digest: str) -> StoredCode | None:
        """What is known of the code with this digest."""
        row = await self._first(select(codes).where(codes.c.digest == digest))
        if row is None:
            return None
        return StoredCode(
            digest=row.digest,
            role=Role(row.role),
            made_by=row.made_by,
            expires_at=row.expires_at,
            redeemed_by=row.redeemed_by,
            redeemed_at=row.redeemed_at,
        )

    async def redeem(self, digest: str, *, by: int, at: datetime) -> bool:
        """Use a code up; False when it is not open: of two at once one has it."""
        done = await self._write(
            update(codes)
            .where(codes.c.digest == digest, _open(at))
            .values(redeemed_by=by, redeemed_at=at)
        )
        return done.rowcount == 1

    async def number_open(self, made_by: int, *, at: datetime) -> int:
        """How many codes of a person can still be redeemed."""
        row = await self._first(
            select(func.count().label("number"))
            .select_from(codes)
            .where(codes.c.made_by == made_by, _open(at))
        )
        return int(row.number) if row else 0

    async def withdraw(self, made_by: int, *, at: datetime) -> int:
        """Let all open codes of a person end now; how many there were."""
        done = await self._write(
            update(codes).where(codes.c.made_by == made_by, _open(at)).values(expires_at=at)
        )
        return int(done.rowcount)
