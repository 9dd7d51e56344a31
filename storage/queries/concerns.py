"""Concerns: feedback and reports that coordinators read, and their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update

from domain.concerns import Concern, ConcernKind
from domain.reports import Cause
from storage.queries.base import Queries
from storage.tables import concerns

_REPORT = f"{ConcernKind.REPORT.value}:"
_OPEN = concerns.c.settled_at.is_(None) & or_(
    concerns.c.kind == ConcernKind.FEEDBACK.value, concerns.c.kind.startswith(_REPORT)
)


def concern_of(row: Row[Any]) -> Concern:
    """A concern from its row."""
    kind, _, cause = row.kind.partition(":")
    return Concern(
        id=row.id,
        kind=ConcernKind(kind),
        by=row.by,
        at=row.at,
        about=row.about,
        cause=Cause(cause) if cause else None,
        words=row.words,
        settled_at=row.settled_at,
    )


class Concerns(Queries):
    """What people have told the coordinators."""

    async def by_id(self, concern: int) -> Concern | None:
        """The concern with this id."""
        row = await self._first(select(concerns).where(concerns.c.id == concern))
        return concern_of(row) if row else None

    async def number_open(self) -> int:
        """How many wait for a coordinator."""
        row = await self._first(select(func.count().label("n")).select_from(concerns).where(_OPEN))
        return int(row.n) if row else 0

    async def open(self, *, first: int, most: int) -> tuple[Concern, ...]:
        """Those that wait, longest first, from the `first` (counted from 0) on."""
        rows = await self._all(
            select(concerns)
            .where(_OPEN)
            .order_by(concerns.c.at, concerns.c.id)
            .offset(first)
            .limit(most)
        )
        return tuple(map(concern_of, rows))

    async def number_by(self, person: int, *, since: datetime) -> int:
        """How much feedback a person has given since then."""
        row = await self._first(
            select(func.count().label("n"))
            .select_from(concerns)
            .where(concerns.c.by == person, concerns.c.at > since)
            .where(concerns.c.kind == ConcernKind.FEEDBACK.value)
        )
        return int(row.n) if row else 0

    async def open_of(self, person: int, words: str) -> Concern | None:
        """The same feedback of the same person that nobody has settled yet."""
        row = await self._first(
            select(concerns)
            .where(concerns.c.by == person, concerns.c.words == words)
            .where(concerns.c.kind == ConcernKind.FEEDBACK.value)
            .where(concerns.c.settled_at.is_(None))
        )
        return concern_of(row) if row else None

    async def answer_to(self, concern: int, words: str) -> Concern | None:
        """The answer to a concern in these words."""
        row = await self._first(
            select(concerns)
            .where(concerns.c.about == f"concern:{concern}", concerns.c.words == words)
            .where(concerns.c.kind == ConcernKind.ANSWER.value)
        )
        return concern_of(row) if row else None

    async def add_feedback(self, words: str, *, by: int, at: datetime) -> Concern:
        """Keep feedback."""
        made = await self._write(
            insert(concerns)
            .values(kind=ConcernKind.FEEDBACK.value, by=by, words=words, at=at)
            .returning(concerns)
        )
        return concern_of(made.one())

    async def add_answer(self, concern: int, words: str, *, by: int, at: datetime) -> Concern:
        """Keep an answer."""
        made = await self._write(
            insert(concerns)
            .values(
                kind=ConcernKind.ANSWER.value,
                about=f"concern:{concern}",
                by=by,
                words=words,
                at=at,
            )
            .returning(concerns)
        )
        return concern_of(made.one())

    async def settle(self, concern: int, *, by: int, at: datetime) -> bool:
        """Mark it as dealt with; False when it was before."""
        done = await self._write(
            update(concerns)
            .where(concerns.c.id == concern, _OPEN)
            .values(settled_by=by, settled_at=at)
        )
        return done.rowcount == 1
