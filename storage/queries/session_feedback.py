"""Whether sessions have helped."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, exists, func, or_, select, update

from domain.exchanges import MembershipState
from domain.session_feedback import FeedbackNumbers, Helped, SessionFeedback, What
from domain.sessions import Reply
from storage.queries.base import Queries
from storage.tables import attendances, memberships, rsvps, session_feedback, sessions


class ToBeAsked(NamedTuple):
    """Somebody who has not been asked how a session was."""

    session: int
    membership: int
    person: int


def feedback_of(row: Row[Any]) -> SessionFeedback:
    """An answer from its row."""
    return SessionFeedback(
        session=row.session_id,
        membership=row.membership_id,
        asked_at=row.asked_at,
        helped=Helped(row.helped) if row.helped else None,
        what=What(row.what) if row.what else None,
        words=row.words,
    )


class SessionFeedbacks(Queries):
    """What members say of sessions."""

    async def to_be_asked(
        self, *, since: datetime, until: datetime, limit: int = 500
    ) -> tuple[ToBeAsked, ...]:
        """Who has not been asked of the sessions that ended between two moments: members who were
        there or, where nobody was ticked, who had said that they come."""
        ticked = attendances.alias()
        there = (attendances.c.session_id == sessions.c.id) & (
            attendances.c.membership_id == memberships.c.id
        )
        coming = (rsvps.c.session_id == sessions.c.id) & (rsvps.c.membership_id == memberships.c.id)
        asked = (session_feedback.c.session_id == sessions.c.id) & (
            session_feedback.c.membership_id == memberships.c.id
        )
        anybody = exists().where(ticked.c.session_id == sessions.c.id, ticked.c.present)
        rows = await self._all(
            select(
                sessions.c.id.label("session"),
                memberships.c.id.label("membership"),
                memberships.c.person_id.label("person"),
            )
            .join(memberships, memberships.c.exchange_id == sessions.c.exchange_id)
            .where(
                sessions.c.ends_at > since,
                sessions.c.ends_at <= until,
                sessions.c.announced_at.is_not(None),
                sessions.c.cancelled_at.is_(None),
                memberships.c.state == MembershipState.MEMBER.value,
                memberships.c.person_id.is_not(None),
                or_(
                    exists().where(there, attendances.c.present),
                    ~anybody & exists().where(coming, rsvps.c.reply == Reply.YES.value),
                ),
                ~exists().where(asked),
            )
            .order_by(sessions.c.id, memberships.c.id)
            .limit(limit)
        )
        return tuple(ToBeAsked(row.session, row.membership, row.person) for row in rows)

    async def record_asked(self, session: int, membership: int, *, at: datetime) -> None:
        """Somebody is being asked."""
        await self._write(
            self._insert(session_feedback)
            .values(session_id=session, membership_id=membership, asked_at=at)
            .on_conflict_do_nothing()
        )

    async def between(self, session: int, membership: int) -> SessionFeedback | None:
        """A member's answer; None where they were not asked."""
        row = await self._first(
            select(session_feedback).where(
                session_feedback.c.session_id == session,
                session_feedback.c.membership_id == membership,
            )
        )
        return feedback_of(row) if row else None

    async def change(self, session: int, membership: int, **values: Any) -> None:
        """Set columns of an answer."""
        await self._write(
            update(session_feedback)
            .where(
                session_feedback.c.session_id == session,
                session_feedback.c.membership_id == membership,
            )
            .values(**values)
        )

    async def numbers(self, session: int) -> FeedbackNumbers:
        """What all have said of a session."""
        by_helped = await self._counted(session, session_feedback.c.helped)
        by_what = await self._counted(session, session_feedback.c.what)
        words = await self._all(
            select(session_feedback.c.words)
            .where(session_feedback.c.session_id == session, session_feedback.c.words.is_not(None))
            # Not by who was asked first: that would tell who says what.
            .order_by(session_feedback.c.words)
        )
        return FeedbackNumbers(
            asked=sum(by_helped.values()),
            helped={one: by_helped[one.value] for one in Helped if one.value in by_helped},
            what={one: by_what[one.value] for one in What if one.value in by_what},
            words=tuple(row.words for row in words),
        )

    async def _counted(self, session: int, column: Any) -> dict[str | None, int]:
        rows = await self._all(
            select(column.label("answer"), func.count().label("n"))
            .where(session_feedback.c.session_id == session)
            .group_by(column)
        )
        return {row.answer: int(row.n) for row in rows}
