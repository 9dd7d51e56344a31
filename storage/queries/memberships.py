"""Memberships of exchanges."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from domain.exchanges import Membership, MembershipState
from domain.people import Person
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import memberships, people

_MEMBER = MembershipState.MEMBER.value
_CAME_AT = func.coalesce(memberships.c.settled_at, memberships.c.asked_at)


def membership_of(row: Row[Any]) -> Membership:
    """A membership from its row."""
    return Membership(
        id=row.id,
        exchange=row.exchange_id,
        state=MembershipState(row.state),
        asked_at=row.asked_at,
        person=row.person_id,
        name=row.name,
        email=row.email,
        organisation=row.organisation,
        note=row.note,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        reason=row.reason,
        handed_on_at=row.handed_on_at,
        reminders=None if row.reminders is None else tuple(row.reminders),
        shows_coming=row.shows_coming,
        showing_said=row.showing_said_at is not None,
    )


class Memberships(Queries):
    """Who takes part in which exchange, or would like to."""

    async def by_id(self, membership: int) -> Membership | None:
        """The membership with this id."""
        row = await self._first(select(memberships).where(memberships.c.id == membership))
        return membership_of(row) if row else None

    async def between(self, exchange: int, person: int) -> Membership | None:
        """How somebody stands to an exchange."""
        row = await self._first(
            select(memberships).where(
                memberships.c.exchange_id == exchange, memberships.c.person_id == person
            )
        )
        return membership_of(row) if row else None

    async def of_person(self, person: int) -> tuple[Membership, ...]:
        """How somebody stands to each exchange, newest first."""
        return await self._several(memberships.c.person_id == person)

    async def several(self, ids: Iterable[int]) -> dict[int, Membership]:
        """Those of these ids that there are."""
        found = await self._several(memberships.c.id.in_(tuple(ids)))
        return {one.id: one for one in found}

    async def members(
        self, exchange: int, *, offset: int = 0, limit: int = 100_000
    ) -> tuple[Membership, ...]:
        """A page of an exchange's members, longest first."""
        rows = await self._all(
            select(memberships)
            .where(memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER)
            .order_by(memberships.c.id)
            .offset(offset)
            .limit(limit)
        )
        return tuple(map(membership_of, rows))

    async def number(self, exchange: int, *, since: datetime | None = None) -> int:
        """How many members an exchange has; with `since`, of those who came after that moment."""
        wanted = select(func.count().label("n")).select_from(memberships)
        wanted = wanted.where(memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER)
        if since is not None:
            wanted = wanted.where(since <= _CAME_AT)
        row = await self._first(wanted)
        return int(row.n) if row else 0

    async def joined_since(
        self, exchange: int, moment: datetime, *, limit: int | None = None
    ) -> tuple[Membership, ...]:
        """Who has come to take part in an exchange since a moment, and does, newest first."""
        rows = await self._all(
            select(memberships)
            .where(memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER)
            .where(moment <= _CAME_AT)
            .order_by(_CAME_AT.desc(), memberships.c.id.desc())
            .limit(limit)
        )
        return tuple(map(membership_of, rows))

    async def people_of(self, exchange: int) -> tuple[Person, ...]:
        """The members of an exchange who are on Telegram, longest first."""
        rows = await self._all(
            select(people)
            .join(memberships, memberships.c.person_id == people.c.id)
            .where(memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER)
            .order_by(memberships.c.id)
        )
        return tuple(map(person_of, rows))

    async def asked(self, exchange: int) -> tuple[Membership, ...]:
        """Who waits to be admitted, longest first."""
        return (await self._several(*self._waiting(), memberships.c.exchange_id == exchange))[::-1]

    async def asked_before(self, moment: datetime) -> tuple[Membership, ...]:
        """Requests that wait since before a moment, in all exchanges, longest first."""
        return (await self._several(*self._waiting(), memberships.c.asked_at <= moment))[::-1]

    @staticmethod
    def _waiting() -> tuple[Any, ...]:
        return (memberships.c.state == MembershipState.ASKED.value,)

    async def _several(self, *conditions: Any) -> tuple[Membership, ...]:
        rows = await self._all(
            select(memberships).where(*conditions).order_by(memberships.c.id.desc())
        )
        return tuple(map(membership_of, rows))

    async def add(
        self,
        *,
        exchange: int,
        person: int | None,
        state: MembershipState,
        at: datetime,
        **more: Any,
    ) -> Membership | None:
        """Add a row; None where the person has one in this exchange already."""
        made = await self._write(
            self._insert(memberships)
            .values(
                exchange_id=exchange,
                person_id=person,
                state=state.value,
                asked_at=at,
                shows_coming=False,
                **more,
            )
            .on_conflict_do_nothing()
            .returning(memberships)
        )
        row = made.first()
        return membership_of(row) if row else None

    async def change(self, membership: int, **values: Any) -> None:
        """Set columns of a membership."""
        await self._write(
            update(memberships).where(memberships.c.id == membership).values(**values)
        )

    async def remove(self, membership: int) -> bool:
        """Forget somebody who was entered without Telegram; False where there is no such row."""
        done = await self._write(
            delete(memberships).where(
                memberships.c.id == membership, memberships.c.person_id.is_(None)
            )
        )
        return done.rowcount == 1

    async def lock(self, membership: int) -> None:
        """Until the transaction ends nobody else changes how somebody stands to an exchange. Taken
        before a session's lock, so that two never wait for each other."""
        await self._all(
            select(memberships.c.id).where(memberships.c.id == membership).with_for_update()
        )

    async def settle(
        self,
        membership: int,
        state: MembershipState,
        *,
        by: int | None,
        at: datetime,
        reason: str | None = None,
    ) -> bool:
        """Answer a request that waits; False when it was answered before."""
        done = await self._write(
            update(memberships)
            .where(
                memberships.c.id == membership,
                memberships.c.state == MembershipState.ASKED.value,
            )
            .values(state=state.value, settled_by=by, settled_at=at, reason=reason)
        )
        return done.rowcount == 1
