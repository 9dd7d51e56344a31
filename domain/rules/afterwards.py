"""What is possible once a session has begun, or has ended."""

from datetime import datetime

from domain.exchanges import Membership
from domain.sessions import Session


def took_place(session: Session, now: datetime) -> bool:
    """Whether it has begun: then who was there can be ticked, and minutes be added."""
    return session.announced and not session.cancelled and session.starts_at <= now


def may_pick(member: Membership, by: Membership | None, *, runs: bool) -> bool:
    """Whether somebody may ask a member to do something: who runs the exchange everybody, another
    member themself and those who have agreed to be seen by others."""
    if not member.takes_part:
        return False
    if runs:
        return True
    if by is None or not by.takes_part or by.exchange != member.exchange:
        return False
    return member.id == by.id or (member.shows_coming and member.person is not None)
