"""People."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from domain.organisations import Part
from domain.people import Detail, Person, QuietHours
from storage.queries.base import Queries
from storage.tables import people, representatives

_CHANGE = update(people).where(people.c.id == bindparam("person_id"))
BY_TELEGRAM = select(people).where(people.c.telegram_id == bindparam("telegram_id"))


def person_of(row: Row[Any]) -> Person:
    """A person from their row."""
    return Person(
        id=row.id,
        telegram_id=row.telegram_id,
        language=row.language,
        consented_at=row.consented_at,
        name=row.name,
        function=row.function,
        email=row.email,
        phone=row.phone,
        shares=None if row.shares is None else frozenset(map(Detail, row.shares)),
        reachable=row.reachable,
        example=row.example,
        zone=row.zone,
        quiet=(
            None
            if row.quiet_from is None or row.quiet_until is None
            else QuietHours(row.quiet_from, row.quiet_until)
        ),
        paused_until=row.paused_until,
        told=row.told,
        withheld=row.withheld or frozenset(),
        erase_at=row.erase_at,
        seen_at=row.seen_at,
        warned_at=row.warned_at,
    )


class People(Queries):
    """Those who have consented to being stored."""

    async def by_telegram(self, telegram_id: int) -> Person | None:
        """The person with this Telegram id."""
        row = await self._first(BY_TELEGRAM, {"telegram_id": telegram_id})
        return person_of(row) if row else None

    async def by_id(self, person: int) -> Person | None:
        """The person with this id of ours."""
        row = await self._first(select(people).where(people.c.id == person))
        return person_of(row) if row else None

    async def lock(self, person: int) -> None:
        """Until the transaction ends nobody else changes for which organisation they speak. Taken
        before an organisation's lock, so that two never wait for each other."""
        await self._all(
            select(people.c.id).where(people.c.id == person).with_for_update(key_share=True)
        )

    async def examples(self) -> tuple[Person, ...]:
        """The invented people of the sandbox."""
        return tuple(map(person_of, await self._all(select(people).where(people.c.example))))

    async def representing(self, organisation: int) -> tuple[Person, ...]:
        """Those who speak for an organisation, longest first."""
        rows = await self._all(
            select(people)
            .join(representatives, representatives.c.person_id == people.c.id)
            .where(representatives.c.organisation_id == organisation)
            .order_by(representatives.c.since, people.c.id)
        )
        return tuple(map(person_of, rows))

    async def wishing(self, what: str) -> tuple[Person, ...]:
        """People who speak for an organisation and have said that they wish to be told of this."""
        speaking = select(representatives.c.person_id)
        rows = await self._all(
            select(people)
            .where(people.c.told.is_not(None), people.c.reachable, people.c.id.in_(speaking))
            .order_by(people.c.id)
        )
        return tuple(one for one in map(person_of, rows) if what in (one.told or ()))

    async def to_be_erased(self, moment: datetime) -> tuple[Person, ...]:
        """Those whose wish to be erased has come true by then."""
        due = select(people).where(people.c.erase_at <= moment).order_by(people.c.id)
        return tuple(map(person_of, await self._all(due)))

    async def last_here_before(self, moment: datetime) -> tuple[Person, ...]:
        """Those who have not been here since then, and do not wish to be erased anyway."""
        last_here = func.coalesce(people.c.seen_at, people.c.consented_at)
        away = select(people).where(
            last_here <= moment, people.c.erase_at.is_(None), people.c.example.is_(False)
        )
        return tuple(map(person_of, await self._all(away.order_by(people.c.id))))

    async def add(
        self, *, telegram_id: int, language: str, consented_at: datetime, example: bool
    ) -> Person:
        """Add a person who has just consented; one who is there already is returned as is."""
        await self._write(
            self._insert(people)
            .values(
                telegram_id=telegram_id,
                language=language,
                consented_at=consented_at,
                example=example,
                reachable=True,
            )
            .on_conflict_do_nothing(index_elements=["telegram_id"])
        )
        person = await self.by_telegram(telegram_id)
        if person is None:
            raise RuntimeError("a person just added is not there")
        return person

    async def change(self, person: int, **values: object) -> None:
        """Set columns of a person."""
        await self._jot(_CHANGE, {"person_id": person, **values})

    async def remove(self, person: int) -> None:
        """Remove a person and everything that hangs on them alone."""
        await self._write(delete(people).where(people.c.id == person))

    async def represent(
        self, person: int, organisation: int, *, since: datetime, part: Part = Part.LEAD
    ) -> None:
        """Let a person speak for an organisation; saying it again changes nothing."""
        await self._write(
            self._insert(representatives)
            .values(person_id=person, organisation_id=organisation, since=since, part=part.value)
            .on_conflict_do_nothing()
        )
