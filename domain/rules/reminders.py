"""When members are reminded of a session."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.sessions import Session


def moments(
    session: Session, minutes: Iterable[int], now: datetime
) -> tuple[tuple[int, datetime], ...]:
    """How many minutes before a session, and when, members are to be reminded from now on; none
    where they do not know of it, it does not take place, or the moment has passed."""
    if session.cancelled or not session.announced:
        return ()
    due = ((one, session.starts_at - timedelta(minutes=one)) for one in sorted(set(minutes)))
    return tuple((one, at) for one, at in due if at > now)
