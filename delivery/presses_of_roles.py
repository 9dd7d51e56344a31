"""Presses about roles: who holds one, invitations, appointing and removing."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowHolders(Press):
    """Show this page of those who hold a role, counted from 0."""

    code: ClassVar[str] = "ul"
    page: int


@dataclass(frozen=True, slots=True)
class ShowHolder(Press):
    """Show what this person may do, and what can be changed about it."""

    code: ClassVar[str] = "uh"
    person: int


@dataclass(frozen=True, slots=True)
class Invite(Press):
    """Make an invitation for this role."""

    code: ClassVar[str] = "ui"
    role: str


@dataclass(frozen=True, slots=True)
class WithdrawInvitations(Press):
    """Let all my open invitations end."""

    code: ClassVar[str] = "uw"


@dataclass(frozen=True, slots=True)
class Appoint(Press):
    """Give this role to this person."""

    code: ClassVar[str] = "ua"
    person: int
    role: str


@dataclass(frozen=True, slots=True)
class AskRemoval(Press):
    """Ask whether this role shall be taken from this person."""

    code: ClassVar[str] = "uq"
    person: int
    role: str


@dataclass(frozen=True, slots=True)
class Remove(Press):
    """Take this role from this person."""

    code: ClassVar[str] = "ur"
    person: int
    role: str
