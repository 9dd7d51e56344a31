"""Roles, and the trail of who did what."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select

from domain.people import Person
from domain.roles import Holder, Role
from domain.trail import Entry
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import people, roles, trail


def entry_of(row: Row[Any]) -> Entry:
    """A line of the trail from its row."""
    return Entry(id=row.id, at=row.at, by=row.by, verb=row.verb, subject=row.subject)


class Roles(Queries):
    """Who may do what for everybody."""

    async def of(self, person: int) -> frozenset[Role]:
        """A person's roles."""
        rows = await self._all(select(roles.c.role).where(roles.c.person_id == person))
        return frozenset(Role(row.role) for row in rows)

    async def holding(self, role: Role) -> tuple[Person, ...]:
        """Those who have a role, longest first."""
        rows = await self._all(
            select(people)
            .join(roles, roles.c.person_id == people.c.id)
            .where(roles.c.role == role.value)
            .order_by(roles.c.granted_at, people.c.id)
        )
        return tuple(map(person_of, rows))

    async def locked(self, role: Role) -> frozenset[int]:
        """Who holds a role; until the transaction ends nobody else takes it from them."""
        rows = await self._all(
            select(roles.c.person_id)
            .where(roles.c.role == role.value)
            .order_by(roles.c.person_id)
            .with_for_update()
        )
        return frozenset(row.person_id for row in rows)

    async def holders(self) -> tuple[Holder, ...]:
        """Everybody who holds a role, longest first."""
        rows = await self._all(
            select(roles.c.role, roles.c.granted_at, people)
            .join(people, roles.c.person_id == people.c.id)
            .order_by(roles.c.granted_at, people.c.id)
        )
        held: dict[int, Holder] = {}
        for row in rows:
            before = held.get(row.id) or Holder(person_of(row), frozenset(), row.granted_at)
            held[row.id] = replace(before, roles=before.roles | {Role(row.role)})
        return tuple(held.values())

    async def grant(self, person: int, role: Role, *, by: int | None, at: datetime) -> None:
        """Give a role; giving it again changes nothing."""
        await self._write(
            self._insert(roles)
            .values(person_id=person, role=role.value, granted_by=by, granted_at=at)
            .on_conflict_do_nothing()
        )

    async def revoke(self, person: int, role: Role) -> bool:
        """Take a role; False when it was not held."""
        done = await self._write(
            delete(roles).where(roles.c.person_id == person, roles.c.role == role.value)
        )
        return done.rowcount == 1

    async def record(self, verb: str, subject: str, *, by: int | None, at: datetime) -> int:
        """Leave a trail: who did which verb to what ("organisation:12"). Ids only. The new entry's
        own id."""
        made = await self._write(
            insert(trail).values(at=at, by=by, verb=verb, subject=subject).returning(trail.c.id)
        )
        return int(made.scalar_one())

    async def entry(self, entry: int) -> Entry | None:
        """The line of the trail with this id."""
        row = await self._first(select(trail).where(trail.c.id == entry))
        return entry_of(row) if row else None

    async def trail(self, *, limit: int) -> tuple[Entry, ...]:
        """The newest lines of the trail, newest first."""
        rows = await self._all(select(trail).order_by(trail.c.id.desc()).limit(limit))
        return tuple(map(entry_of, rows))

    async def times(self, verb: str, *, by: int, since: datetime) -> int:
        """How often a person has done a verb since then."""
        row = await self._first(
            select(func.count().label("number"))
            .select_from(trail)
            .where(trail.c.by == by, trail.c.verb == verb, trail.c.at > since)
        )
        return int(row.number) if row else 0

    async def last_verb(self, verbs: Iterable[str], subject: str, *, by: int) -> str | None:
        """The latest of these verbs that a person did to a subject."""
        row = await self._first(
            select(trail.c.verb)
            .where(trail.c.by == by, trail.c.subject == subject, trail.c.verb.in_(tuple(verbs)))
            .order_by(trail.c.id.desc())
            .limit(1)
        )
        return None if row is None else str(row.verb)

    async def last_time(self, verb: str, subject: str, *, by: int) -> datetime | None:
        """When a person last did a verb to a subject."""
        row = await self._first(
            select(trail.c.at)
            .where(trail.c.by == by, trail.c.subject == subject, trail.c.verb == verb)
            .order_by(trail.c.id.desc())
            .limit(1)
        )
        return None if row is None else row.at
