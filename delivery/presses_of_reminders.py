"""Presses about when members of an exchange are reminded of its sessions."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowMyReminders(Press):
    """Show when I am reminded of sessions of this exchange."""

    code: ClassVar[str] = "Ym"
    exchange: int


@dataclass(frozen=True, slots=True)
class RemindMe(Press):
    """Remind me so many minutes before (1), or no longer (0)."""

    code: ClassVar[str] = "Yd"
    exchange: int
    minutes: int
    wished: int


@dataclass(frozen=True, slots=True)
class RemindMeAlike(Press):
    """Remind me as the exchange has it (1), or never (0)."""

    code: ClassVar[str] = "Ya"
    exchange: int
    wished: int


@dataclass(frozen=True, slots=True)
class ShowRemindersOf(Press):
    """Show when the members of this exchange are reminded."""

    code: ClassVar[str] = "Ye"
    exchange: int


@dataclass(frozen=True, slots=True)
class RemindMembers(Press):
    """Remind the members so many minutes before (1), or no longer (0)."""

    code: ClassVar[str] = "Yt"
    exchange: int
    minutes: int
    wished: int


@dataclass(frozen=True, slots=True)
class RemindMembersAlike(Press):
    """Remind the members as is usual (1), or never (0)."""

    code: ClassVar[str] = "Yu"
    exchange: int
    wished: int
