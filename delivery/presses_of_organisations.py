"""Presses about the own organisation: joining one that is there, who speaks for it, confirming."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class Join(Press):
    """It is this one: ask to let me speak for it."""

    code: ClassVar[str] = "hj"
    organisation: int


@dataclass(frozen=True, slots=True)
class NoneOfThese(Press):
    """Mine is not among them."""

    code: ClassVar[str] = "hn"


@dataclass(frozen=True, slots=True)
class Admit(Press):
    """Let the newcomer speak for our organisation."""

    code: ClassVar[str] = "ha"
    admission: int


@dataclass(frozen=True, slots=True)
class TurnAway(Press):
    """Do not let the newcomer speak for our organisation."""

    code: ClassVar[str] = "hd"
    admission: int


@dataclass(frozen=True, slots=True)
class TakeBack(Press):
    """I take my request to speak for an organisation back."""

    code: ClassVar[str] = "hw"
    admission: int
