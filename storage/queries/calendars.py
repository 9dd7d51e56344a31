"""Private addresses of calendars. What is stored is a digest: the address itself is nowhere."""

from datetime import datetime

from sqlalchemy import insert, select, update

from domain.people import Person
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import calendar_feeds, people


class Calendars(Queries):
    """Who has subscribed to their calendar."""

    async def add(self, person: int, digest: str, *, at: datetime) -> None:
        """Keep the digest of a new address."""
        await self._write(
            insert(calendar_feeds).values(person_id=person, digest=digest, made_at=at)
        )

    async def revoke(self, person: int, *, at: datetime) -> bool:
        """Let all addresses of a person end; False where there is none."""
        done = await self._write(
            update(calendar_feeds)
            .where(calendar_feeds.c.person_id == person, calendar_feeds.c.revoked_at.is_(None))
            .values(revoked_at=at)
        )
        return done.rowcount > 0

    async def has(self, person: int) -> bool:
        """Whether a person has an address that works."""
        row = await self._first(
            select(calendar_feeds.c.id).where(
                calendar_feeds.c.person_id == person, calendar_feeds.c.revoked_at.is_(None)
            )
        )
        return row is not None

    async def owner(self, digest: str) -> Person | None:
        """Whose calendar is behind an address that works; nobody who is about to be erased."""
        row = await self._first(
            select(people)
            .join(calendar_feeds, calendar_feeds.c.person_id == people.c.id)
            .where(
                calendar_feeds.c.digest == digest,
                calendar_feeds.c.revoked_at.is_(None),
                people.c.erase_at.is_(None),
            )
        )
        return person_of(row) if row else None
