"""Presses about one's own data: having it, consent to it, erasing it, keeping it after all."""

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


@dataclass(frozen=True, slots=True)
class GetMyData(Press):
    """Send me everything that is stored about me."""

    code: ClassVar[str] = "vm"


@dataclass(frozen=True, slots=True)
class ShowConsents(Press):
    """Show me what I have consented to, piece by piece."""

    code: ClassVar[str] = "vc"


@dataclass(frozen=True, slots=True)
class WithholdPiece(Press):
    """I take this piece of consent back."""

    code: ClassVar[str] = "vt"
    piece: str


@dataclass(frozen=True, slots=True)
class AllowPiece(Press):
    """I give this piece of consent again."""

    code: ClassVar[str] = "vg"
    piece: str
