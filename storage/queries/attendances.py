"""Who was there at sessions."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from domain.attendances import Attendance
from storage.queries.base import Queries
from storage.tables import attendances


class Attendances(Queries):
    """Attendances of sessions."""

    async def of(self, session: int) -> dict[int, Attendance]:
        """What has been ticked, by membership."""
        rows = await self._all(select(attendances).where(attendances.c.session_id == session))
        return {
            row.membership_id: Attendance(row.session_id, row.membership_id, row.present)
            for row in rows
        }

    async def numbers(self, sessions: Iterable[int]) -> dict[int, int]:
        """How many were there, by session; only sessions at which somebody was."""
        rows = await self._all(
            select(attendances.c.session_id, func.count().label("n"))
            .where(attendances.c.session_id.in_(tuple(sessions)), attendances.c.present)
            .group_by(attendances.c.session_id)
        )
        return {row.session_id: int(row.n) for row in rows}

    async def put(
        self, session: int, members: Iterable[int], *, present: bool, by: int, at: datetime
    ) -> None:
        """Write down that these members were there, or were not, in place of what stood there."""
        values = {"present": present, "by": by, "at": at}
        rows = [{"session_id": session, "membership_id": one, **values} for one in members]
        if rows:
            statement = self._insert(attendances)
            await self._write(
                statement.on_conflict_do_update(
                    index_elements=["session_id", "membership_id"],
                    set_={name: statement.excluded[name] for name in values},
                ),
                rows,
            )
