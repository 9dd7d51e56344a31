"""Notices about what comes after a session."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.told import Told


@dataclass(frozen=True, slots=True)
class MinutesAdded(Notice):
    """To members: the minutes of a session are there. Once a session, however many parts they
    have."""

    session: int

    @property
    def subject(self) -> str:
        """The session."""
        return f"session:{self.session}"


@dataclass(frozen=True, slots=True)
class HelpedAsked(Notice):
    """To who was there: did the session help?"""

    session: int

    @property
    def subject(self) -> str:
        """The session."""
        return f"session:{self.session}"

    @property
    def priority(self) -> Priority:
        """As reminders."""
        return Priority.REMINDER

    @property
    def told(self) -> Told:
        """It asks for an answer, as a reminder does."""
        return Told.REMINDERS


@dataclass(frozen=True, slots=True)
class AboutFollowUp(Notice):
    """A notice about a follow-up as it was due then: `due` is that day's ordinal, so that another
    day is told anew."""

    follow_up: int
    due: int

    @property
    def subject(self) -> str:
        """The follow-up, and its day."""
        return f"follow-up:{self.follow_up}:{self.due}"


class FollowUpAsked(AboutFollowUp):
    """To a member: you are asked to do this; will you?"""


class FollowUpAgreed(AboutFollowUp):
    """To whoever has asked them: they will."""


class FollowUpDeclined(AboutFollowUp):
    """The same: they will not."""


@dataclass(frozen=True, slots=True)
class Reminding(AboutFollowUp):
    """A reminder so many days before the day on which it is due."""

    days: int

    @property
    def subject(self) -> str:
        """The follow-up, its day, and how long before."""
        return f"follow-up:{self.follow_up}:{self.due}:{self.days}"

    @property
    def priority(self) -> Priority:
        """As reminders."""
        return Priority.REMINDER

    @property
    def told(self) -> Told | None:
        """It is one."""
        return Told.REMINDERS


class FollowUpDue(Reminding):
    """To who has promised it."""


class FollowUpToForward(Reminding):
    """To whoever has entered it for a member without Telegram: please remind them."""
