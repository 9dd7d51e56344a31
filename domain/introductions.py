"""Introductions: two organisations put in touch, after both have agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class IntroductionState(StrEnum):
    """Where an introduction stands, and how it leaves."""

    ASKED = "asked"
    """One side has agreed by asking; the other has been told. Leaves by an answer, by being
    withdrawn, or by expiring."""
    ACCEPTED = "accepted"
    """Both have agreed; contacts have been shown. Final."""
    DECLINED = "declined"
    """The other side would rather not. Final."""
    WITHDRAWN = "withdrawn"
    """The asking side took it back before an answer. Final."""
    EXPIRED = "expired"
    """Nobody answered in time. Final."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """One organisation asks to be put in touch with another."""

    id: int
    asking: int
    asked: int
    asked_by: int | None
    state: IntroductionState
    asked_at: datetime
    settled_by: int | None = None
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state is IntroductionState.ASKED

    def declined_by(self, organisation: int) -> bool:
        """Whether this organisation was asked and would rather not."""
        return self.state is IntroductionState.DECLINED and self.asked == organisation

    def concerns(self, organisation: int) -> bool:
        """Whether the organisation is one of the two sides."""
        return organisation in (self.asking, self.asked)

    def other(self, organisation: int) -> int:
        """The other side's organisation id."""
        return self.asked if organisation == self.asking else self.asking


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an introduction waits before it reminds, and before it expires; and how long after
    it was accepted, or after "not yet", each side is asked what came of it."""

    remind_after: timedelta = timedelta(days=5)
    expire_after: timedelta = timedelta(days=14)
    follow_up_after: timedelta = timedelta(days=14)
