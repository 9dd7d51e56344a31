"""Attendances: who was there at a session."""

from dataclasses import dataclass

from domain.exchanges import Membership
from domain.sessions import Reply


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a member was there; a coordinator has ticked it."""

    session: int
    membership: int
    present: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """A member in the list that is ticked: what they had replied, and whether they were there."""

    membership: Membership
    reply: Reply | None
    present: bool


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """A page of the list; the numbers are of all of it."""

    page: int
    last: int
    rows: tuple[Expected, ...]
    total: int
    present: int
    said_yes: int
    """How many who had said yes are not ticked yet."""
