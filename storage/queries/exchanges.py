"""Exchanges."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from domain.exchanges import USUAL_REMINDERS, Contact, Entry, Exchange, Group
from domain.organisations import Sector
from domain.people import Person
from domain.texts import Texts
from storage.queries.base import Queries
from storage.queries.people import person_of
from storage.tables import exchange_coordinators, exchanges, groups, people


def exchange_of(row: Row[Any]) -> Exchange:
    """An exchange from its row."""
    return Exchange(
        id=row.id,
        entry=Entry(row.entry),
        title=row.title,
        contact=Contact(row.contact_name, row.contact_email, row.contact_phone),
        zone=row.zone,
        created_at=row.created_at,
        description=row.description,
        rules=row.rules,
        sectors=frozenset(map(Sector, row.sectors)),
        topics=row.topics,
        reminders=tuple(row.reminders),
        group=row.group_id,
        created_by=row.created_by,
        closed_at=row.closed_at,
    )


class Exchanges(Queries):
    """Exchanges, who runs them, and their groups."""

    async def by_id(self, exchange: int) -> Exchange | None:
        """The exchange with this id."""
        row = await self._first(select(exchanges).where(exchanges.c.id == exchange))
        return exchange_of(row) if row else None

    async def several(self, ids: Iterable[int]) -> dict[int, Exchange]:
        """Those of these ids that there are."""
        rows = await self._all(select(exchanges).where(exchanges.c.id.in_(tuple(ids))))
        return {row.id: exchange_of(row) for row in rows}

    async def running(self) -> tuple[Exchange, ...]:
        """All exchanges that go on, the newest first."""
        going_on = select(exchanges).where(exchanges.c.closed_at.is_(None))
        rows = await self._all(going_on.order_by(exchanges.c.id.desc()))
        return tuple(map(exchange_of, rows))

    async def run_by(self, person: int) -> tuple[Exchange, ...]:
        """The exchanges of which somebody is a coordinator, the newest first."""
        rows = await self._all(
            select(exchanges)
            .join(exchange_coordinators, exchange_coordinators.c.exchange_id == exchanges.c.id)
            .where(exchange_coordinators.c.person_id == person)
            .order_by(exchanges.c.id.desc())
        )
        return tuple(map(exchange_of, rows))

    async def add(
        self,
        *,
        entry: Entry,
        title: Texts,
        contact: Contact,
        zone: str,
        by: int | None,
        at: datetime,
        **more: Any,
    ) -> Exchange:
        """Begin an exchange; `more` are further columns."""
        values: Mapping[str, Any] = {
            "description": {},
            "rules": {},
            "sectors": frozenset(),
            "topics": frozenset(),
            "reminders": list(USUAL_REMINDERS),
            **more,
        }
        made = await self._write(
            self._insert(exchanges)
            .values(
                entry=entry.value,
                title=dict(title),
                contact_name=contact.name,
                contact_email=contact.email,
                contact_phone=contact.phone,
                zone=zone,
                created_by=by,
                created_at=at,
                **values,
            )
            .returning(exchanges)
        )
        return exchange_of(made.one())

    async def change(self, exchange: int, **values: Any) -> None:
        """Set columns of an exchange."""
        await self._write(update(exchanges).where(exchanges.c.id == exchange).values(**values))

    async def lock(self, exchange: int) -> None:
        """Until the transaction ends nobody else changes who takes part in it, or its sessions."""
        await self._all(select(exchanges.c.id).where(exchanges.c.id == exchange).with_for_update())

    async def coordinators(self, exchange: int) -> tuple[Person, ...]:
        """Its coordinators, longest first."""
        rows = await self._all(
            select(people)
            .join(exchange_coordinators, exchange_coordinators.c.person_id == people.c.id)
            .where(exchange_coordinators.c.exchange_id == exchange)
            .order_by(exchange_coordinators.c.since, people.c.id)
        )
        return tuple(map(person_of, rows))

    async def entrust(self, exchange: int, person: int, *, at: datetime) -> bool:
        """Make somebody its coordinator; False where they are already."""
        done = await self._write(
            self._insert(exchange_coordinators)
            .values(exchange_id=exchange, person_id=person, since=at)
            .on_conflict_do_nothing()
        )
        return done.rowcount == 1

    async def relieve(self, exchange: int, person: int) -> bool:
        """Somebody is its coordinator no longer; False where they were not."""
        done = await self._write(
            delete(exchange_coordinators).where(
                exchange_coordinators.c.exchange_id == exchange,
                exchange_coordinators.c.person_id == person,
            )
        )
        return done.rowcount == 1

    async def group(self, group: int) -> Group | None:
        """The Telegram group with this id of ours."""
        row = await self._first(select(groups).where(groups.c.id == group))
        return Group(row.id, row.chat_id, row.language) if row else None

    async def group_in(self, chat_id: int) -> Group | None:
        """The group of a chat, if an exchange is at home there."""
        row = await self._first(select(groups).where(groups.c.chat_id == chat_id))
        return Group(row.id, row.chat_id, row.language) if row else None

    async def add_group(self, chat_id: int, language: str, *, at: datetime) -> Group:
        """Remember a chat of several; one that is known already is returned as it is."""
        await self._write(
            self._insert(groups)
            .values(chat_id=chat_id, language=language, linked_at=at)
            .on_conflict_do_nothing(index_elements=["chat_id"])
        )
        found = await self.group_in(chat_id)
        if found is None:
            raise RuntimeError("a group just added is not there")
        return found

    async def remove_group(self, chat_id: int) -> None:
        """Forget a chat of several, and what waits for it."""
        await self._write(delete(groups).where(groups.c.chat_id == chat_id))
