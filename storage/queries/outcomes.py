"""Outcomes of introductions, and the partnerships that came of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, exists, insert, select, union, update

from domain.introductions import Introduction, IntroductionState
from domain.outcomes import NOT_YET, SideOfOutcome
from storage.queries.base import Queries
from storage.queries.introductions import introduction_of
from storage.tables import introductions, outcomes, partnerships

AT_ONCE = 500
"""So many are looked at in one go; the rest comes at the next."""


def side_of(row: Row[Any]) -> SideOfOutcome:
    """What one side has told, from its row."""
    return SideOfOutcome(
        introduction=row.introduction_id,
        organisation=row.organisation_id,
        met=row.met,
        helped=row.helped,
        partnership=row.partnership,
        asked_at=row.asked_at,
        changed_at=row.changed_at,
    )


class Outcomes(Queries):
    """What each side tells of its introductions."""

    async def of(self, introduction: int, organisation: int) -> SideOfOutcome:
        """What a side has told; nothing where it has not been asked either."""
        row = await self._first(select(outcomes).where(_is(introduction, organisation)))
        return side_of(row) if row else SideOfOutcome(introduction, organisation)

    async def change(self, introduction: int, organisation: int, **values: Any) -> None:
        """Set columns of what a side tells."""
        await self._write(
            self._insert(outcomes)
            .values(introduction_id=introduction, organisation_id=organisation, **values)
            .on_conflict_do_update(
                index_elements=["introduction_id", "organisation_id"], set_=values
            )
        )

    async def to_be_asked(self, moment: datetime) -> tuple[tuple[Introduction, int], ...]:
        """Introductions accepted before the moment, with each side that was never asked."""
        found: list[tuple[Introduction, int]] = []
        for side in (introductions.c.asking, introductions.c.asked):
            asked = exists().where(
                outcomes.c.introduction_id == introductions.c.id,
                outcomes.c.organisation_id == side,
                outcomes.c.asked_at.is_not(None),
            )
            rows = await self._all(
                select(introductions)
                .where(introductions.c.state == IntroductionState.ACCEPTED.value)
                .where(introductions.c.settled_at <= moment, ~asked)
                .order_by(introductions.c.id)
                .limit(AT_ONCE)
            )
            found += [(introduction_of(row), getattr(row, side.name)) for row in rows]
        return tuple(found)

    async def to_be_asked_again(self, moment: datetime) -> tuple[SideOfOutcome, ...]:
        """Sides that, after they were last asked, said "not yet" before the moment."""
        table = outcomes.c
        rows = await self._all(
            select(outcomes)
            .where(table.met == NOT_YET, table.changed_at <= moment)
            .where(table.asked_at <= table.changed_at)
            .order_by(table.introduction_id, table.organisation_id)
            .limit(AT_ONCE)
        )
        return tuple(map(side_of, rows))

    async def forget(self, organisation: int) -> None:
        """Forget what an organisation has told of its introductions."""
        await self._write(
            update(outcomes)
            .where(outcomes.c.organisation_id == organisation)
            .values(met=None, helped=None, partnership=None)
        )

    async def record_asked(self, introduction: int, organisation: int, *, at: datetime) -> None:
        """Remember that a side was asked."""
        await self.change(introduction, organisation, asked_at=at)

    async def partners_of(self, organisation: int) -> frozenset[int]:
        """Who is a partner already, as either of the two says."""
        table = partnerships.c
        rows = await self._all(
            union(
                select(table.partner_id.label("partner")).where(
                    table.organisation_id == organisation, table.partner_id.is_not(None)
                ),
                select(table.organisation_id).where(table.partner_id == organisation),
            )
        )
        return frozenset(row.partner for row in rows)

    async def add_partnership(
        self, organisation: int, *, partner: int, name: str, since: int, at: datetime
    ) -> bool:
        """Note a partner that is known here; False when it was noted before."""
        table = partnerships.c
        there = await self._first(
            select(table.id).where(
                table.organisation_id == organisation, table.partner_id == partner
            )
        )
        if there is not None:
            return False
        await self._write(
            insert(partnerships).values(
                organisation_id=organisation,
                partner=name,
                partner_id=partner,
                since=since,
                created_at=at,
            )
        )
        return True


def _is(introduction: int, organisation: int) -> Any:
    return and_(
        outcomes.c.introduction_id == introduction, outcomes.c.organisation_id == organisation
    )
