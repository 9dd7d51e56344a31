"""What is over, and may be forgotten."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete

from domain.introductions import IntroductionState
from storage.queries.base import Queries
from storage.tables import concerns, introductions, outbox, showings, trail

# Who was declined must not ask again, and who was introduced is still asked what came of it.
_WITHOUT_CONSEQUENCE = (IntroductionState.WITHDRAWN.value, IntroductionState.EXPIRED.value)


class Old(Queries):
    """Each forgets what was over before a moment, and says how many."""

    async def forget_notices(self, *, before: datetime) -> int:
        """Notices that were sent, or need not be sent any more."""
        return await self._forget(outbox, outbox.c.settled_at < before)

    async def forget_trail(self, *, before: datetime) -> int:
        """Who did what."""
        return await self._forget(trail, trail.c.at < before)

    async def forget_showings(self, *, before: datetime) -> int:
        """Which organisation was shown to which."""
        return await self._forget(showings, showings.c.last_shown_at < before)

    async def forget_concerns(self, *, before: datetime) -> int:
        """Reports and feedback that were dealt with."""
        return await self._forget(concerns, concerns.c.settled_at < before)

    async def forget_introductions(self, *, before: datetime) -> int:
        """Requests that were withdrawn or never answered."""
        over = introductions.c.state.in_(_WITHOUT_CONSEQUENCE)
        return await self._forget(introductions, over & (introductions.c.settled_at < before))

    async def _forget(self, table: Table, over: ColumnElement[bool]) -> int:
        gone = await self._write(delete(table).where(over))
        return int(gone.rowcount)
