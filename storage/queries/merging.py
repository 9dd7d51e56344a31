"""Two organisations that are one: everything that hangs on the one moves to the other."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, and_, or_, select, update

from domain.dismissals import Why
from domain.introductions import IntroductionState
from domain.organisations import Part
from storage.queries.base import Queries
from storage.tables import (
    admissions,
    dismissals,
    introductions,
    invitations,
    organisations,
    outcomes,
    partnerships,
    representatives,
    showings,
)

_ASKED = IntroductionState.ASKED.value


class Merging(Queries):
    """No row is removed. What both have already (the same person, the same partner, the same
    dismissal) stays with the one that goes, which itself stays as a row and leads to the other."""

    async def move(self, gone: int, stays: int, *, at: datetime) -> None:
        """Let everything of `gone` be of `stays`, in a transaction of the caller."""
        await self._move_people(gone, stays)
        await self._move_introductions(gone, stays, at)
        await self._move_partnerships(gone, stays)
        await self._move_dismissals(gone, stays)
        for column, beside in (
            (showings.c.organisation_id, showings.c.shown_to),
            (showings.c.shown_to, showings.c.organisation_id),
        ):
            await self._move_where_new(column, beside, gone, stays)
        # A person has one open request at most, so none of these can be there twice.
        await self._move_all(admissions.c.organisation_id, gone, stays)
        await self._move_all(invitations.c.organisation_id, gone, stays)
        await self._move_all(organisations.c.merged_into, gone, stays)

    async def _move_people(self, gone: int, stays: int) -> None:
        """The lead of those who stay leads on; whoever led the other is deputy."""
        table, others = representatives.c, representatives.alias("others")
        await self._write(
            update(representatives)
            .where(table.organisation_id == gone, table.part == Part.LEAD.value)
            .where(select(others).where(others.c.organisation_id == stays).exists())
            .values(part=Part.DEPUTY.value)
        )
        await self._move_where_new(table.organisation_id, table.person_id, gone, stays)

    async def _move_introductions(self, gone: int, stays: int, at: datetime) -> None:
        table = introductions.c
        of_both = {
            row.id: row
            for row in await self._all(
                select(introductions)
                .where(or_(*(side.in_((gone, stays)) for side in (table.asking, table.asked))))
                .order_by(table.id)
            )
        }
        await self._close_doubled(of_both.values(), gone, stays, at)
        moved = [row for row in of_both.values() if gone in (row.asking, row.asked)]
        for row in moved:
            await self._move_introduction(row, gone, stays)

    async def _close_doubled(
        self, rows: Iterable[Row[Any]], gone: int, stays: int, at: datetime
    ) -> None:
        """Of two open requests with the same other side the earlier stays open; one between the
        two that are one is over."""
        seen: set[int] = set()
        for row in rows:
            if row.state != _ASKED:
                continue
            others = {row.asking, row.asked} - {gone, stays}
            if others and not others & seen:
                seen |= others
                continue
            await self._write(
                update(introductions)
                .where(introductions.c.id == row.id)
                .values(state=IntroductionState.WITHDRAWN.value, settled_at=at)
            )

    async def _move_introduction(self, row: Row[Any], gone: int, stays: int) -> None:
        among_themselves = {row.asking, row.asked} <= {gone, stays}
        to = gone if among_themselves else stays
        asking, asked = (to if side in (gone, stays) else side for side in (row.asking, row.asked))
        await self._write(
            update(introductions)
            .where(introductions.c.id == row.id)
            .values(
                asking=asking,
                asked=asked,
                lower_side=min(asking, asked),
                upper_side=max(asking, asked),
            )
        )
        if not among_themselves:
            await self._write(
                update(outcomes)
                .where(outcomes.c.introduction_id == row.id, outcomes.c.organisation_id == gone)
                .values(organisation_id=stays)
            )

    async def _move_partnerships(self, gone: int, stays: int) -> None:
        """A partnership between the two is none; it stays with the one that goes."""
        table = partnerships.c
        await self._write(
            update(partnerships)
            .where(
                or_(
                    and_(table.organisation_id == gone, table.partner_id == stays),
                    and_(table.organisation_id == stays, table.partner_id == gone),
                )
            )
            .values(organisation_id=gone, partner_id=gone)
        )
        rows = await self._all(select(partnerships).where(table.organisation_id.in_((gone, stays))))
        known = {row.partner_id for row in rows if row.organisation_id == stays} - {None}
        for row in rows:
            if row.organisation_id == gone and row.partner_id not in known | {gone}:
                await self._write(
                    update(partnerships).where(table.id == row.id).values(organisation_id=stays)
                )
        await self._move_where_new(table.partner_id, table.organisation_id, gone, stays)

    async def _move_dismissals(self, gone: int, stays: int) -> None:
        """Where both have said something, a report weighs more than an opinion."""
        table = dismissals.c
        for own, other in (
            (table.organisation_id, table.other_id),
            (table.other_id, table.organisation_id),
        ):
            reported = select(other).where(own == gone, table.reason == Why.REPORTED.value)
            await self._write(
                update(dismissals)
                .where(own == stays, other.in_(reported.scalar_subquery()))
                .values(reason=Why.REPORTED.value, until=None)
            )
            await self._move_where_new(own, other, gone, stays)

    async def _move_all(self, column: Column[Any], gone: int, stays: int) -> None:
        await self._write(update(column.table).where(column == gone).values({column.name: stays}))

    async def _move_where_new(
        self, column: Column[Any], beside: Column[Any], gone: int, stays: int
    ) -> None:
        """Move rows whose other value is not there with the one that stays, nor one of the two."""
        taken = {row[0] for row in await self._all(select(beside).where(column == stays))}
        if beside.name != "person_id":
            taken |= {gone, stays}
        own = {row[0] for row in await self._all(select(beside).where(column == gone))}
        moving = sorted(one for one in own - taken if one is not None)
        if moving:
            await self._write(
                update(column.table)
                .where(column == gone, beside.in_(moving))
                .values({column.name: stays})
            )
