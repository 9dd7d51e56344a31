"""Presses about concerns: feedback to the coordinators, and what these do with it."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class GiveFeedback(Press):
    """I would like to tell the coordinators something."""

    code: ClassVar[str] = "kf"


@dataclass(frozen=True, slots=True)
class LeaveFeedback(Press):
    """I would rather not."""

    code: ClassVar[str] = "kx"


@dataclass(frozen=True, slots=True)
class ShowConcerns(Press):
    """Show this page of open concerns, counted from 0."""

    code: ClassVar[str] = "kp"
    page: int


@dataclass(frozen=True, slots=True)
class ShowConcern(Press):
    """Show this concern."""

    code: ClassVar[str] = "kv"
    concern: int


@dataclass(frozen=True, slots=True)
class AnswerConcern(Press):
    """Answer whoever told it."""

    code: ClassVar[str] = "ka"
    concern: int


@dataclass(frozen=True, slots=True)
class LeaveAnswer(Press):
    """Do not answer after all; back to the concern."""

    code: ClassVar[str] = "kn"
    concern: int


@dataclass(frozen=True, slots=True)
class SettleConcern(Press):
    """It has been dealt with."""

    code: ClassVar[str] = "kd"
    concern: int
