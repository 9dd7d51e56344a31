"""Roles, and the trail of who did what."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from domain.people import Person
from domain.roles import Role
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import people, roles, trail


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

    async def record(self, verb: str, subject: str, *, by: int | None, at: datetime) -> None:
        """Leave a trail: who did which verb to what ("organisation:12"). Ids only."""
        await self._write(insert(trail).values(at=at, by=by, verb=verb, subject=subject))

    async def last_verb(self, verbs: Iterable[str], subject: str, *, by: int) -> str | None:
        """The latest of these verbs that a person did to a subject."""
        row = await self._first(
            select(trail.c.verb)
            .where(trail.c.by == by, trail.c.subject == subject, trail.c.verb.in_(tuple(verbs)))
            .order_by(trail.c.id.desc())
            .limit(1)
        )
        return None if row is None else str(row.verb)
