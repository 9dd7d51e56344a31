"""Who speaks for which organisation, and invitations to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from domain.organisations import Part
from domain.representatives import Invitation, Representative
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import invitations, people, representatives


def invitation_of(row: Row[Any]) -> Invitation:
    """An invitation from its row."""
    return Invitation(
        digest=row.digest,
        organisation=row.organisation_id,
        made_by=row.made_by,
        expires_at=row.expires_at,
        redeemed_by=row.redeemed_by,
    )


class Representatives(Queries):
    """People in their parts, and the links that make more of them."""

    async def of(self, organisation: int) -> tuple[Representative, ...]:
        """Those who speak for an organisation with their parts, longest first."""
        rows = await self._all(
            select(people, representatives.c.part, representatives.c.since)
            .join(representatives, representatives.c.person_id == people.c.id)
            .where(representatives.c.organisation_id == organisation)
            .order_by(representatives.c.since, people.c.id)
        )
        return tuple(Representative(person_of(row), Part(row.part), row.since) for row in rows)

    async def change_part(self, organisation: int, person: int, part: Part) -> None:
        """Give a representative another part."""
        await self._write(
            update(representatives).where(*_is(organisation, person)).values(part=part.value)
        )

    async def remove(self, organisation: int, person: int) -> bool:
        """Let a person speak for it no longer; False when they did not."""
        done = await self._write(delete(representatives).where(*_is(organisation, person)))
        return done.rowcount == 1

    async def invite(
        self, digest: str, organisation: int, *, by: int, expires_at: datetime
    ) -> None:
        """Keep an invitation."""
        await self._write(
            insert(invitations).values(
                digest=digest, organisation_id=organisation, made_by=by, expires_at=expires_at
            )
        )

    async def invitation(self, digest: str) -> Invitation | None:
        """The invitation with this digest."""
        row = await self._first(select(invitations).where(invitations.c.digest == digest))
        return invitation_of(row) if row else None

    async def open_invitations(self, organisation: int, *, now: datetime) -> int:
        """How many of an organisation's invitations may still be redeemed."""
        row = await self._first(
            select(func.count().label("number"))
            .select_from(invitations)
            .where(invitations.c.organisation_id == organisation)
            .where(invitations.c.redeemed_at.is_(None), invitations.c.expires_at > now)
        )
        return int(row.number) if row else 0

    async def redeem(self, digest: str, *, by: int, at: datetime) -> bool:
        """Use an invitation up; False when it was, or has run out."""
        done = await self._write(
            update(invitations)
            .where(invitations.c.digest == digest, invitations.c.redeemed_at.is_(None))
            .where(invitations.c.expires_at > at)
            .values(redeemed_by=by, redeemed_at=at)
        )
        return done.rowcount == 1


def _is(organisation: int, person: int) -> tuple[Any, ...]:
    return (
        representatives.c.organisation_id == organisation,
        representatives.c.person_id == person,
    )
