"""How somebody comes into an exchange: what coordinators answer and ask, and codes that let in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WhyNot(StrEnum):
    """Why somebody is not admitted."""

    NO_VKU_MEMBER = "no-vku-member"
    THEME = "theme"
    FULL = "full"
    OTHER = "other"
    CLOSED = "closed"
    """The exchange has ended while they waited; nobody chooses this."""


OFFERED = (WhyNot.NO_VKU_MEMBER, WhyNot.THEME, WhyNot.FULL, WhyNot.OTHER)
"""The reasons that a coordinator chooses from."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What a coordinator asks somebody who would like to join, and the answer once there is one."""

    id: int
    membership: int
    asked_by: int
    words: str
    at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryCode:
    """What is stored of a code that lets people into an exchange at once; `expires_at` None: it has
    no end."""

    id: int
    exchange: int
    digest: str
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used: int = 0

    def lets_in(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


CODE_LASTS = (30, 365, 0)
"""How many days a code may last, to choose from; 0: without an end."""
MOST_CODES = 20
"""Codes of an exchange that let people in at the same time."""

LONGEST_TITLE, LONGEST_TEXT = 120, 1_000
"""Characters of an exchange's title, and of its description and its rules."""
LONGEST_NOTE, LONGEST_NAME = 500, 200
"""Characters of what somebody writes to the coordinators, and of a name."""
