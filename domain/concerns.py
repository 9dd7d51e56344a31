"""Concerns: what people tell the coordinators, and what these make of it.

Feedback and reports lie beside each other; an answer to one of them is kept as words, too.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.reports import Cause


class ConcernKind(StrEnum):
    """What a concern is."""

    FEEDBACK = "feedback"
    REPORT = "report"
    ANSWER = "answer"
    """Of the coordinators, to somebody's concern; never open itself."""


MOST_A_DAY = 5
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern. `by` is None once its person has been erased; `about` names what a report is
    about ("organisation:12"), or which concern an answer answers ("concern:12")."""

    id: int
    kind: ConcernKind
    by: int | None
    at: datetime
    about: str | None = None
    cause: Cause | None = None
    words: str | None = None
    settled_at: datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether a coordinator has dealt with it."""
        return self.settled_at is not None

    @property
    def answers(self) -> int:
        """The concern that an answer answers; 0 for what is no answer."""
        kind, _, subject = (self.about or "").partition(":")
        return int(subject) if kind == "concern" else 0
