"""Who may reply to a session, until when, and which seat a reply gives."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from domain.exchanges import Membership
from domain.sessions import Reply, Rsvp, Session

ASKED_FOR = frozenset({Reply.YES, Reply.MAYBE, Reply.NO})
"""What a member can say. Whether "yes" is a seat or a place in the line is not theirs to say."""
COUNTED_EVERY = 10
"""Seconds between two corrections of how many come, in a group."""
COMES = frozenset({Reply.YES, Reply.WAITING})
"""Where saying "yes" has led."""


def why_closed(session: Session, now: datetime) -> str | None:
    """The key of the sentence that says why nobody can reply any more; None while they can."""
    if session.cancelled:
        return "refusal-reply-cancelled"
    if session.ends_at <= now:
        return "refusal-reply-over"
    return "refusal-reply-begun" if session.starts_at <= now else None


def may_reply(session: Session | None, membership: Membership | None) -> bool:
    """Whether somebody is shown the session at all: members, once it has been announced."""
    return (
        session is not None
        and session.announced
        and membership is not None
        and membership.exchange == session.exchange
        and membership.takes_part
    )


def free_seats(session: Session, numbers: Mapping[Reply, int]) -> int | None:
    """How many more may come, at least 0; None: as many as like. Who has a seat keeps it, also
    where fewer are left than have been given."""
    if session.capacity is None:
        return None
    return max(0, session.capacity - numbers.get(Reply.YES, 0))


def settled(wish: Reply, free: int | None) -> Reply:
    """What becomes of what somebody says; `free` as in free_seats."""
    return Reply.WAITING if wish is Reply.YES and free == 0 else wish


def says_the_same(there: Rsvp | None, wish: Reply) -> bool:
    """Whether somebody has said this before: nothing changes then, and no place is lost."""
    if there is None:
        return False
    return there.reply in COMES if wish is Reply.YES else there.reply is wish


def behind(line: Iterable[Rsvp], now: datetime) -> datetime:
    """Since when somebody waits who comes to a line now: after everybody in it, also where two
    clocks do not agree or two come in one moment."""
    last = max((one.since for one in line), default=None)
    return now if last is None else max(now, last + timedelta(microseconds=1))


def place_in_line(line: Iterable[Rsvp], membership: int) -> int | None:
    """The place of a member in the line, counted from 1; None for who does not wait."""
    order = sorted((one.since, one.membership) for one in line if one.reply is Reply.WAITING)
    places = [who for _, who in order]
    return places.index(membership) + 1 if membership in places else None


def counted(since: datetime) -> int:
    """A moment as a number by which a reply is told from an earlier one, in microseconds."""
    return int(since.timestamp() * 1_000_000)


def next_count(now: datetime) -> tuple[int, datetime]:
    """When how many come is next put right in a group: the number of that time, and the moment.
    All replies until then are counted at once."""
    number = int(now.timestamp()) // COUNTED_EVERY + 1
    return number, datetime.fromtimestamp(number * COUNTED_EVERY, UTC)
