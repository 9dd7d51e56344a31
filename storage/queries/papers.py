"""Minutes and files of sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from domain.papers import Paper
from domain.uploads import UploadKind
from storage.queries.base import Queries
from storage.tables import papers


def paper_of(row: Row[Any]) -> Paper:
    """A paper from its row."""
    return Paper(
        id=row.id,
        session=row.session_id,
        minutes=row.minutes,
        at=row.at,
        by=row.by,
        words=row.words,
        file_id=row.file_id,
        file_name=row.file_name,
        file_kind=UploadKind(row.file_kind) if row.file_kind else None,
    )


class Papers(Queries):
    """Papers of sessions."""

    async def by_id(self, paper: int) -> Paper | None:
        """The paper with this id."""
        row = await self._first(select(papers).where(papers.c.id == paper))
        return paper_of(row) if row else None

    async def of(self, session: int) -> tuple[Paper, ...]:
        """A session's papers in the order in which they came."""
        rows = await self._all(
            select(papers).where(papers.c.session_id == session).order_by(papers.c.id)
        )
        return tuple(map(paper_of, rows))

    async def add(self, *, session: int, by: int | None, at: datetime, **values: Any) -> Paper:
        """Add one; `values` are its other columns."""
        made = await self._write(
            self._insert(papers)
            .values(session_id=session, by=by, at=at, **values)
            .returning(papers)
        )
        return paper_of(made.one())

    async def remove(self, paper: int) -> None:
        """Remove one."""
        await self._write(delete(papers).where(papers.c.id == paper))
