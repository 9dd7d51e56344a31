"""Notices about what people tell the coordinators, and what they are answered."""

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, slots=True)
class ReportMade(Notice):
    """Somebody has reported a person or an organisation: to the coordinators."""

    report: int

    @property
    def subject(self) -> str:
        """The report."""
        return f"report:{self.report}"


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Notice):
    """Somebody has told the coordinators something: to the coordinators."""

    concern: int

    @property
    def subject(self) -> str:
        """The concern."""
        return f"concern:{self.concern}"


@dataclass(frozen=True, slots=True)
class ConcernAnswered(Notice):
    """The coordinators have answered what you told them."""

    answer: int

    @property
    def subject(self) -> str:
        """The answer."""
        return f"concern:{self.answer}"
