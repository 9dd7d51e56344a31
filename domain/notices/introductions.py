"""Notices about introductions: asked, answered, and over."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.told import Told


@dataclass(frozen=True, slots=True)
class AboutIntroduction(Notice):
    """A notice about an introduction, to one of its two sides."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction."""
        return f"introduction:{self.introduction}"


class IntroductionAsked(AboutIntroduction):
    """Somebody would like to be introduced to you: accept or decline."""


class IntroductionReminder(AboutIntroduction):
    """The same request, once more, since nobody has answered it."""

    @property
    def priority(self) -> Priority:
        """Reminders go after introductions."""
        return Priority.REMINDER

    @property
    def told(self) -> Told:
        """The request itself has been told."""
        return Told.REMINDERS


class IntroductionAccepted(AboutIntroduction):
    """Both have agreed: here are the other side's contacts."""


class IntroductionDeclined(AboutIntroduction):
    """The other side would rather not."""


class IntroductionWithdrawn(AboutIntroduction):
    """The asking side took its request back."""


class IntroductionExpired(AboutIntroduction):
    """Nobody answered in time."""


@dataclass(frozen=True, slots=True)
class IntroductionEnded(Notice):
    """An introduction that was open is over: the other side has been erased, and it with them."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction that was."""
        return f"introduction:{self.introduction}"
