"""Organisations."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, exists, func, insert, or_, select, update

from domain.introductions import IntroductionState
from domain.organisations import Form, Kind, Known, Organisation, Sector, Size
from domain.places import Place, PlaceKind
from domain.searches import Filters
from storage.queries.base import Queries
from storage.queries.passing import clauses
from storage.tables import (
    introductions,
    organisation_topics,
    organisations,
    partnerships,
    representatives,
    showings,
)

DIRECTIONS = ("offers", "seeks")
VISIBLE = (organisations.c.published_at.is_not(None), organisations.c.hidden_at.is_(None))
"""What `Organisation.published` says."""


def organisation_of(row: Row[Any]) -> Organisation:
    """An organisation from its row."""
    return Organisation(
        id=row.id,
        name=row.name,
        kind=Kind(row.kind) if row.kind else None,
        sectors=None if row.sectors is None else frozenset(map(Sector, row.sectors)),
        place=_place_of(row.place),
        offers=row.offers,
        seeks=row.seeks,
        languages=row.languages,
        regions=row.regions,
        published_at=row.published_at,
        example=row.example,
        forms=None if row.forms is None else frozenset(map(Form, row.forms)),
        size=Size(row.size) if row.size else None,
        sdgs=row.sdgs,
        active=row.active,
        regions_excluded=row.regions_excluded,
        full_until=row.full_until,
        vku_member=row.vku_member,
        confirmed_at=row.confirmed_at,
        hidden_at=row.hidden_at,
    )


def _place_of(stored: dict[str, Any] | None) -> Place | None:
    return Place(**{**stored, "kind": PlaceKind(stored["kind"])}) if stored else None


def _partnered(organisation: int) -> ColumnElement[bool]:
    """Whether either side has noted a partnership between it and one that is known here."""
    partner = partnerships.c
    return or_(
        exists().where(partner.organisation_id == organisation, partner.partner_id.is_not(None)),
        exists().where(partner.partner_id == organisation),
    )


def _coordinated() -> tuple[ColumnElement[bool], ...]:
    """What coordinators look after: what others see or have seen, and what nobody speaks for."""
    table, intro = organisations.c, introductions.c
    represented = exists().where(representatives.c.organisation_id == table.id)
    met = exists().where(or_(intro.asking == table.id, intro.asked == table.id))
    seen = or_(table.published_at.is_not(None), table.confirmed_at.is_not(None), met)
    return (table.name.is_not(None), table.merged_into.is_(None), or_(seen, ~represented))


class Organisations(Queries):
    """Profiles of utilities and municipalities."""

    async def by_id(self, organisation: int) -> Organisation | None:
        """The organisation with this id; for one that was merged, the one that stayed."""
        return (await self.several([organisation])).get(organisation)

    async def merged_into(self, organisation: int) -> int | None:
        """Which organisation one has been merged into."""
        table = organisations.c
        row = await self._first(select(table.merged_into).where(table.id == organisation))
        return row.merged_into if row else None

    async def name_of(self, organisation: int) -> str | None:
        """The name that this very organisation has or had, merged or not."""
        table = organisations.c
        row = await self._first(select(table.name).where(table.id == organisation))
        return row.name if row else None

    async def for_coordinators(
        self, *, offset: int, limit: int
    ) -> tuple[tuple[Organisation, ...], int]:
        """A page of what coordinators look after, unconfirmed ones first, and how many in all."""
        table, theirs = organisations.c, _coordinated()
        rows = await self._all(
            select(organisations)
            .where(*theirs)
            .order_by(table.confirmed_at.is_not(None), table.id.desc())
            .offset(offset)
            .limit(limit)
        )
        total = await self._first(
            select(func.count().label("number")).select_from(organisations).where(*theirs)
        )
        return tuple(map(organisation_of, rows)), int(total.number) if total else 0

    async def lock(self, organisation: int) -> None:
        """Until the transaction ends nobody else changes who speaks for it. SQLite has one writer
        at a time anyhow."""
        await self._all(
            select(organisations.c.id)
            .where(organisations.c.id == organisation)
            .with_for_update(key_share=True)
        )

    async def of(self, person: int) -> Organisation | None:
        """The organisation that a person speaks for."""
        row = await self._first(
            select(organisations)
            .join(representatives, representatives.c.organisation_id == organisations.c.id)
            .where(representatives.c.person_id == person)
            .order_by(representatives.c.since)
        )
        return organisation_of(row) if row else None

    async def several(self, ids: Iterable[int]) -> dict[int, Organisation]:
        """The organisations with these ids, by id; for one that was merged, the one that stayed
        (a merger turns earlier ones to the last, so that there is one step at most)."""
        rows = await self._all(select(organisations).where(organisations.c.id.in_(tuple(ids))))
        there = {row.id: organisation_of(row) for row in rows if row.merged_into is None}
        merged = {row.id: row.merged_into for row in rows if row.merged_into is not None}
        if merged:
            stayed = await self.several(set(merged.values()) - there.keys())
            for old, new in merged.items():
                found = there.get(new) or stayed.get(new)
                if found is not None:
                    there[old] = found
        return there

    async def known_to_coordinators(self) -> tuple[Known, ...]:
        """All that coordinators look after, by no more than a name and where each lies."""
        table = organisations.c
        rows = await self._all(select(table.id, table.name, table.place).where(*_coordinated()))
        return tuple(Known(row.id, row.name, _place_of(row.place)) for row in rows)

    async def open_to_newcomers(self) -> tuple[Known, ...]:
        """Organisations that may be named to newcomers (domain/rules/admissions.py)."""
        table = organisations.c
        represented = exists().where(representatives.c.organisation_id == table.id)
        rows = await self._all(
            select(table.id, table.name, table.place)
            .where(table.name.is_not(None), table.merged_into.is_(None))
            .where(or_(and_(*VISIBLE), ~represented))
        )
        return tuple(Known(row.id, row.name, _place_of(row.place)) for row in rows)

    async def has_history(self, organisation: int) -> bool:
        """Whether anything has happened between this organisation and another one."""
        intro = introductions.c
        asked = exists().where(or_(intro.asking == organisation, intro.asked == organisation))
        row = await self._first(select(or_(asked, _partnered(organisation)).label("any")))
        return bool(row and row.any)

    async def has_partners(self, organisation: int) -> bool:
        """Whether it has been introduced to another one, or is a partner of one."""
        intro = introductions.c
        introduced = exists().where(
            or_(intro.asking == organisation, intro.asked == organisation),
            intro.state == IntroductionState.ACCEPTED.value,
        )
        row = await self._first(select(or_(introduced, _partnered(organisation)).label("any")))
        return bool(row and row.any)

    async def remove(self, organisation: int) -> None:
        """Remove an organisation and everything that hangs on it alone."""
        await self._write(delete(organisations).where(organisations.c.id == organisation))

    async def published_since(self, moment: datetime) -> bool:
        """Whether any organisation has become visible since then."""
        row = await self._first(
            select(organisations.c.id)
            .where(organisations.c.published_at > moment, *VISIBLE)
            .limit(1)
        )
        return row is not None

    async def passing(self, filters: Filters, *, since: datetime | None = None) -> frozenset[int]:
        """Visible organisations that pass filters; those alone that became visible since then.
        Facets that are relative to one's own organisation let everybody pass."""
        table = organisations.c
        new = () if since is None else (table.published_at > since,)
        rows = await self._all(select(table.id).where(*VISIBLE, *new, *clauses(filters)))
        return frozenset(row.id for row in rows)

    async def add(self, *, created_at: datetime, example: bool) -> int:
        """Add an organisation of which nothing is stated yet; its id."""
        made = await self._write(
            insert(organisations)
            .values(created_at=created_at, example=example)
            .returning(organisations.c.id)
        )
        return int(made.scalar_one())

    async def change(self, organisation: int, **values: Any) -> None:
        """Set columns of an organisation; topics are kept findable."""
        if isinstance(values.get("place"), Place):
            values["place"] = asdict(values["place"])
        await self._write(
            update(organisations).where(organisations.c.id == organisation).values(**values)
        )
        for direction in DIRECTIONS:
            if direction in values:
                await self._index(organisation, direction, values[direction] or ())

    async def _index(self, organisation: int, direction: str, topics: Iterable[str]) -> None:
        topic = organisation_topics.c
        await self._write(
            delete(organisation_topics).where(
                topic.organisation_id == organisation, topic.direction == direction
            )
        )
        rows = [
            {"organisation_id": organisation, "direction": direction, "topic": one}
            for one in topics
        ]
        if rows:
            await self._write(insert(organisation_topics), rows)

    async def shown_to(self, organisation: int) -> frozenset[int]:
        """Which organisations have ever been shown to one."""
        rows = await self._all(
            select(showings.c.organisation_id).where(showings.c.shown_to == organisation)
        )
        return frozenset(row.organisation_id for row in rows)

    async def record_showing(self, shown: Iterable[int], *, to: int, at: datetime) -> None:
        """Remember that these were shown to an organisation."""
        rows = [
            {"organisation_id": one, "shown_to": to, "last_shown_at": at} for one in sorted(shown)
        ]
        if not rows:
            return
        statement = self._insert(showings)
        await self._write(
            statement.on_conflict_do_update(
                index_elements=["organisation_id", "shown_to"],
                set_={"last_shown_at": statement.excluded.last_shown_at},
            ),
            rows,
        )
