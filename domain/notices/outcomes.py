"""Notices about what came of an introduction."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.told import Told


@dataclass(frozen=True, slots=True)
class AboutOutcome(Notice):
    """A notice about what came of an introduction, to one of its two sides."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction."""
        return f"introduction:{self.introduction}"

    @property
    def priority(self) -> Priority:
        """As reminders."""
        return Priority.REMINDER


class OutcomeAsked(AboutOutcome):
    """You were introduced a while ago: have you met?"""

    @property
    def told(self) -> Told:
        """It asks for an answer, as a reminder does."""
        return Told.REMINDERS


class OutcomeAskedAgain(AboutOutcome):
    """You had not met yet: have you now?"""

    @property
    def told(self) -> Told:
        """It reminds of a question asked before."""
        return Told.REMINDERS


class PartnershipAgreed(AboutOutcome):
    """Both sides wish that it becomes a partnership."""
