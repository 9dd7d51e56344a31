"""When people who are not here any more are warned, and when they are erased."""

from datetime import datetime

from domain.keeping import WARNING, Keeping
from domain.people import Person


def is_warned(person: Person) -> bool:
    """Whether they were told that they will be erased, and have not been here since."""
    return person.warned_at is not None and person.warned_at >= person.last_here


def is_to_be_warned(person: Person, now: datetime, keeping: Keeping) -> bool:
    """Whether to warn them now. Who has blocked the bot cannot be told; who has said that they
    pause is not away."""
    idle = now - person.last_here >= keeping.people - WARNING
    return idle and person.reachable and not _pauses(person, now) and not is_warned(person)


def is_to_be_erased(person: Person, now: datetime, keeping: Keeping) -> bool:
    """Whether their time is over: they were warned long enough ago, or cannot be."""
    if now - person.last_here < keeping.people:
        return False
    if not person.reachable:
        return True
    warned_at = person.warned_at if is_warned(person) else None
    return warned_at is not None and now - warned_at >= WARNING and not _pauses(person, now)


def _pauses(person: Person, now: datetime) -> bool:
    return person.paused_until is not None and person.paused_until > now
