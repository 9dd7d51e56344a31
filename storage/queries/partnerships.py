"""Partnerships that organisations have already."""

from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from domain.partnerships import Partnership, PartnershipKind, Told
from storage.queries.base import Queries
from storage.queries.organisations import VISIBLE
from storage.tables import organisations, partnerships


class Partnerships(Queries):
    """What organisations tell of their partnerships, and those that came of introductions.

    Who is a partner already, `store.outcomes.partners_of` says of both."""

    async def of(self, organisation: int) -> tuple[Partnership, ...]:
        """An organisation's partnerships, in the order in which they were told."""
        rows = await self._all(
            select(partnerships)
            .where(partnerships.c.organisation_id == organisation)
            .order_by(partnerships.c.id)
        )
        kinds = {kind.value: kind for kind in PartnershipKind}
        return tuple(
            Partnership(
                row.id,
                row.organisation_id,
                Told(row.partner, kinds.get(row.kind), row.since),
                row.partner_id,
            )
            for row in rows
        )

    async def twinned_places(self, place: str) -> frozenset[str]:
        """Ids of the places that are partners of a place, as any organisation in either tells."""
        here, there = organisations.alias("here"), organisations.alias("there")
        where = [one.c.place["id"].as_string() for one in (here, there)]
        rows = await self._all(
            select(where[0].label("one"), where[1].label("other"))
            .select_from(partnerships)
            .join(here, here.c.id == partnerships.c.organisation_id)
            .join(there, there.c.id == partnerships.c.partner_id)
            .where(or_(where[0] == place, where[1] == place))
        )
        return frozenset(one for row in rows for one in (row.one, row.other)) - {place}

    async def number(self, organisation: int) -> int:
        """How many an organisation has told of."""
        row = await self._first(
            select(func.count().label("number")).where(
                partnerships.c.organisation_id == organisation
            )
        )
        return int(row.number) if row else 0

    async def published_by_name(self) -> dict[str, int]:
        """Visible organisations, by their names without regard to capitals."""
        rows = await self._all(
            select(organisations.c.id, organisations.c.name).where(
                *VISIBLE, organisations.c.name.is_not(None)
            )
        )
        return {" ".join(row.name.casefold().split()): row.id for row in rows}

    async def add(
        self, organisation: int, told: Told, *, partner_id: int | None, at: datetime
    ) -> None:
        """Enter one."""
        await self._write(
            insert(partnerships).values(
                organisation_id=organisation,
                partner=told.partner,
                partner_id=partner_id,
                kind=told.kind.value if told.kind else None,
                since=told.since,
                created_at=at,
            )
        )

    async def change(self, partnership: int, told: Told, *, partner_id: int | None) -> None:
        """Tell an entry anew."""
        await self._write(
            update(partnerships)
            .where(partnerships.c.id == partnership)
            .values(
                kind=told.kind.value if told.kind else None,
                since=told.since,
                partner_id=partner_id,
            )
        )

    async def remove(self, partnership: int, *, organisation: int) -> bool:
        """Remove an entry of an organisation; another's stays. Whether it was there."""
        table = partnerships.c
        done = await self._write(
            delete(partnerships).where(
                table.id == partnership, table.organisation_id == organisation
            )
        )
        return done.rowcount > 0
