"""Reports: a person or an organisation that somebody tells the coordinators of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why somebody is reported."""

    SPAM = "spam"
    WRONG = "wrong"
    CONDUCT = "conduct"
    OTHER = "other"


class AboutWhat(StrEnum):
    """What a report is about."""

    ORGANISATION = "organisation"
    PERSON = "person"


MOST_A_DAY = 5
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `by` is None once the reporter has been erased."""

    id: int
    cause: Cause
    about: AboutWhat
    subject: int
    by: int | None
    at: datetime
    words: str | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether a coordinator has dealt with it."""
        return self.settled_at is not None
