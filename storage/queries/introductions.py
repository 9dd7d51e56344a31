"""Introductions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select, update

from domain.introductions import Introduction, IntroductionState
from storage.queries.base import Queries
from storage.tables import introductions

_ASKED = IntroductionState.ASKED.value


def introduction_of(row: Row[Any]) -> Introduction:
    """An introduction from its row."""
    return Introduction(
        id=row.id,
        asking=row.asking,
        asked=row.asked,
        asked_by=row.asked_by,
        state=IntroductionState(row.state),
        asked_at=row.asked_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )


class Introductions(Queries):
    """Who asked to be put in touch with whom, and what came of it."""

    async def by_id(self, introduction: int) -> Introduction | None:
        """The introduction with this id."""
        row = await self._first(select(introductions).where(introductions.c.id == introduction))
        return introduction_of(row) if row else None

    async def between(self, one: int, other: int) -> Introduction | None:
        """The latest introduction between two organisations, whoever asked."""
        row = await self._first(
            select(introductions)
            .where(
                introductions.c.lower_side == min(one, other),
                introductions.c.upper_side == max(one, other),
            )
            .order_by(introductions.c.id.desc())
        )
        return introduction_of(row) if row else None

    async def of(self, organisation: int) -> tuple[Introduction, ...]:
        """All introductions of an organisation, newest first."""
        rows = await self._all(
            select(introductions)
            .where(
                or_(introductions.c.asking == organisation, introductions.c.asked == organisation)
            )
            .order_by(introductions.c.id.desc())
        )
        return tuple(map(introduction_of, rows))

    async def add(
        self, *, asking: int, asked: int, asked_by: int, at: datetime
    ) -> Introduction | None:
        """Open a request; None when one between the two is open already."""
        made = await self._write(
            self._insert(introductions)
            .values(
                asking=asking,
                asked=asked,
                asked_by=asked_by,
                state=_ASKED,
                asked_at=at,
                lower_side=min(asking, asked),
                upper_side=max(asking, asked),
            )
            .on_conflict_do_nothing()
            .returning(introductions)
        )
        row = made.first()
        return introduction_of(row) if row else None

    async def settle(
        self, introduction: int, state: IntroductionState, *, by: int | None, at: datetime
    ) -> bool:
        """Close an open request; False when it was closed before."""
        done = await self._write(
            update(introductions)
            .where(introductions.c.id == introduction, introductions.c.state == _ASKED)
            .values(state=state.value, settled_by=by, settled_at=at)
        )
        return done.rowcount == 1

    async def hand_over(self, person: int, *, to: int) -> None:
        """Let somebody else have asked what this person asked: it stays their organisation's."""
        await self._write(
            update(introductions).where(introductions.c.asked_by == person).values(asked_by=to)
        )

    async def unanswered_since(self, moment: datetime) -> tuple[Introduction, ...]:
        """Open requests asked before the moment."""
        return await self._open(introductions.c.asked_at <= moment)

    async def to_be_reminded(self, moment: datetime) -> tuple[Introduction, ...]:
        """Open requests asked before the moment, of which nobody has been reminded."""
        return await self._open(
            and_(introductions.c.asked_at <= moment, introductions.c.reminded_at.is_(None))
        )

    async def _open(self, condition: Any) -> tuple[Introduction, ...]:
        rows = await self._all(
            select(introductions)
            .where(introductions.c.state == _ASKED, condition)
            .order_by(introductions.c.id)
            .limit(500)
        )
        return tuple(map(introduction_of, rows))

    async def record_reminder(self, several: Iterable[int], *, at: datetime) -> None:
        """Remember that these have been reminded of."""
        await self._write(
            update(introductions)
            .where(introductions.c.id.in_(tuple(several)))
            .values(reminded_at=at)
        )
