"""Presses about what members bring to a session."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class Bring(Press):
    """I would like to bring a case or a practice to this session."""

    code: ClassVar[str] = "Rb"
    session: int


@dataclass(frozen=True, slots=True)
class LeaveBringing(Press):
    """I would rather not; back to what is brought."""

    code: ClassVar[str] = "Rx"
    session: int


@dataclass(frozen=True, slots=True)
class ShowBrought(Press):
    """Show this page of what is brought to a session, counted from 0."""

    code: ClassVar[str] = "Rl"
    session: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowOwn(Press):
    """Show my contribution, to change it."""

    code: ClassVar[str] = "Ro"
    contribution: int


@dataclass(frozen=True, slots=True)
class SayOtherwise(Press):
    """I would like to say my contribution otherwise."""

    code: ClassVar[str] = "Rc"
    contribution: int


@dataclass(frozen=True, slots=True)
class NotAbout(Press):
    """My contribution is not about this topic."""

    code: ClassVar[str] = "Rt"
    contribution: int
    topic: str


@dataclass(frozen=True, slots=True)
class TakeOutContribution(Press):
    """Take this contribution out: my own, or as who runs the exchange."""

    code: ClassVar[str] = "Rd"
    contribution: int
