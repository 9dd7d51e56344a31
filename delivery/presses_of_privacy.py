"""Presses about one's own data: erasing them, and keeping them after all."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class AskErasure(Press):
    """I think of having everything about me erased."""

    code: ClassVar[str] = "va"


@dataclass(frozen=True, slots=True)
class WishErasure(Press):
    """Erase everything about me, once I have had time to think it over."""

    code: ClassVar[str] = "vw"


@dataclass(frozen=True, slots=True)
class EraseAtOnce(Press):
    """Erase everything about me now: 0 asks whether I am sure, 1 does it."""

    code: ClassVar[str] = "vo"
    sure: int


@dataclass(frozen=True, slots=True)
class KeepData(Press):
    """Do not erase, or no longer."""

    code: ClassVar[str] = "vk"
