"""Reports of people and organisations; they lie among the concerns, as feedback does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update

from domain.reports import AboutWhat, Cause, Report
from storage.queries.base import Queries
from storage.tables import concerns

_REPORT = "report:"


def report_of(row: Row[Any]) -> Report:
    """A report from its row."""
    about, subject = row.about.split(":")
    return Report(
        id=row.id,
        cause=Cause(row.kind.removeprefix(_REPORT)),
        about=AboutWhat(about),
        subject=int(subject),
        by=row.by,
        at=row.at,
        words=row.words,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )


class Reports(Queries):
    """Who has been reported, and what the coordinators made of it."""

    async def by_id(self, report: int) -> Report | None:
        """The report with this id."""
        row = await self._first(
            select(concerns).where(concerns.c.id == report, concerns.c.kind.startswith(_REPORT))
        )
        return report_of(row) if row else None

    async def open_by(self, person: int, about: AboutWhat, subject: int) -> Report | None:
        """A person's report of the same that nobody has settled yet."""
        row = await self._first(
            select(concerns)
            .where(concerns.c.by == person, concerns.c.about == f"{about.value}:{subject}")
            .where(concerns.c.kind.startswith(_REPORT), concerns.c.settled_at.is_(None))
            .order_by(concerns.c.id.desc())
        )
        return report_of(row) if row else None

    async def number_by(self, person: int, *, since: datetime) -> int:
        """How many reports a person has made since then."""
        row = await self._first(
            select(func.count().label("number"))
            .select_from(concerns)
            .where(concerns.c.by == person, concerns.c.at > since)
            .where(concerns.c.kind.startswith(_REPORT))
        )
        return int(row.number) if row else 0

    async def add(
        self,
        cause: Cause,
        *,
        about: AboutWhat,
        subject: int,
        by: int,
        words: str | None,
        at: datetime,
    ) -> Report:
        """Keep a report."""
        made = await self._write(
            insert(concerns)
            .values(
                kind=f"{_REPORT}{cause.value}",
                about=f"{about.value}:{subject}",
                by=by,
                words=words,
                at=at,
            )
            .returning(concerns)
        )
        return report_of(made.one())

    async def settle(self, report: int, *, by: int, at: datetime) -> bool:
        """Mark a report as dealt with; False when it was before."""
        done = await self._write(
            update(concerns)
            .where(concerns.c.id == report, concerns.c.settled_at.is_(None))
            .where(concerns.c.kind.startswith(_REPORT))
            .values(settled_by=by, settled_at=at)
        )
        return done.rowcount == 1

    async def silence(self, person: int, *, about: Iterable[str]) -> None:
        """Forget the words of what a person has told, and of what was told about these."""
        await self._write(
            update(concerns)
            .where(or_(concerns.c.by == person, concerns.c.about.in_(tuple(about))))
            .values(words=None)
        )
