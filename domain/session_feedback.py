"""What members say of a session afterwards: did it help, and what did or did not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

ASK_AFTER = timedelta(hours=2)
"""So long after its end members are asked."""
ASK_WITHIN = timedelta(days=7)
"""Later than this after its end nobody is asked any more."""
LONGEST_WORDS = 500


class Helped(StrEnum):
    """Whether a session helped somebody."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class What(StrEnum):
    """What helped, or what stood in the way."""

    CONTACTS = "contacts"
    SOLUTION = "solution"
    EXPERIENCE = "experience"
    TOPIC = "topic"
    TIME = "time"
    LANGUAGE = "language"


_FOR = (What.SOLUTION, What.CONTACTS, What.EXPERIENCE)
_AGAINST = (What.TOPIC, What.TIME, What.LANGUAGE)

CHOICES: Mapping[Helped, tuple[What, ...]] = MappingProxyType(
    {Helped.YES: _FOR, Helped.PARTLY: (*_FOR, *_AGAINST), Helped.NO: _AGAINST}
)
"""What may be named after each answer."""


@dataclass(frozen=True, slots=True)
class SessionFeedback:
    """A member's answer, once they were asked; None: not answered."""

    session: int
    membership: int
    asked_at: datetime
    helped: Helped | None = None
    what: What | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackNumbers:
    """What all said of a session, without names: the words stand in no order of theirs."""

    asked: int
    helped: Mapping[Helped, int]
    what: Mapping[What, int]
    words: tuple[str, ...]
