"""What members bring to sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, null, select, update

from domain.attendees import Attendee
from domain.exchanges import MembershipState
from domain.sessions import Contribution
from storage.queries.base import Queries
from storage.queries.rsvps import attendee_of, named_members
from storage.tables import contributions, memberships

_MEMBER = MembershipState.MEMBER.value


def contribution_of(row: Row[Any]) -> Contribution:
    """A contribution from its row."""
    return Contribution(row.id, row.session_id, row.membership_id, row.words, row.topics)


class Contributions(Queries):
    """Cases and practices, each in a sentence of its member."""

    async def by_id(self, contribution: int) -> Contribution | None:
        """The contribution with this id."""
        row = await self._first(select(contributions).where(contributions.c.id == contribution))
        return contribution_of(row) if row else None

    async def of(self, session: int) -> tuple[Contribution, ...]:
        """What is brought to a session by those who take part, in the order in which they said
        it."""
        rows = await self._all(
            select(contributions)
            .join(memberships, memberships.c.id == contributions.c.membership_id)
            .where(contributions.c.session_id == session, memberships.c.state == _MEMBER)
            .order_by(contributions.c.id)
        )
        return tuple(map(contribution_of, rows))

    async def authors(self, session: int) -> tuple[Attendee, ...]:
        """Who brings something to a session, with the names by which they are known."""
        bring = select(contributions.c.membership_id).where(contributions.c.session_id == session)
        rows = await self._all(
            named_members().add_columns(null().label("reply")).where(memberships.c.id.in_(bring))
        )
        return tuple(map(attendee_of, rows))

    async def same(self, session: int, membership: int, words: str) -> Contribution | None:
        """What a member has said in the same words already."""
        row = await self._first(
            select(contributions).where(
                contributions.c.session_id == session,
                contributions.c.membership_id == membership,
                contributions.c.words == words,
            )
        )
        return contribution_of(row) if row else None

    async def number(self, session: int, membership: int) -> int:
        """How many a member brings to a session."""
        row = await self._first(
            select(func.count().label("n"))
            .select_from(contributions)
            .where(
                contributions.c.session_id == session,
                contributions.c.membership_id == membership,
            )
        )
        return int(row.n) if row else 0

    async def add(
        self, *, session: int, membership: int, words: str, topics: frozenset[str], at: datetime
    ) -> Contribution:
        """Write one down."""
        made = await self._write(
            self._insert(contributions)
            .values(session_id=session, membership_id=membership, words=words, topics=topics, at=at)
            .returning(contributions)
        )
        return contribution_of(made.one())

    async def change(self, contribution: int, **values: Any) -> None:
        """Set columns of a contribution."""
        await self._write(
            update(contributions).where(contributions.c.id == contribution).values(**values)
        )

    async def remove(self, contribution: int) -> bool:
        """Forget one; False where it was gone."""
        done = await self._write(delete(contributions).where(contributions.c.id == contribution))
        return done.rowcount == 1
