"""Which members are reminded of a session, as a query that other statements are made of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, exists, or_, select

from domain.exchanges import MembershipState
from domain.sessions import Reply
from storage.tables import memberships, rsvps

WRITTEN = cast(memberships.c.reminders, Text)
"""A member's own distances as they are written: lists in JSON, which the two databases read in
different ways, but compare as text alike. There are few different ones, however many members."""


def reminded(
    session: int, exchange: int, *, usual: bool, chosen: Collection[str]
) -> Select[tuple[Any]]:
    """The people of an exchange who are reminded of a session (Outbox.add_for_reminded)."""
    whose: list[ColumnElement[bool]] = []
    if usual:
        whose.append(memberships.c.reminders.is_(None))
    if chosen:
        whose.append(WRITTEN.in_(sorted(chosen)))
    said_no = exists().where(
        rsvps.c.session_id == session,
        rsvps.c.membership_id == memberships.c.id,
        rsvps.c.reply == Reply.NO.value,
    )
    return select(memberships.c.person_id).where(
        memberships.c.exchange_id == exchange,
        memberships.c.state == MembershipState.MEMBER.value,
        memberships.c.person_id.is_not(None),
        or_(*whose) if whose else memberships.c.id.is_(None),
        ~said_no,
    )
