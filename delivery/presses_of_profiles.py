"""Presses about one's own profile: its second part, its pages, its partnerships, its sharing."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class AskFurther(Press):
    """Ask me the further questions."""

    code: ClassVar[str] = "wf"


@dataclass(frozen=True, slots=True)
class ShowPart(Press):
    """Show the changes of the first part (0) or of the second (1) beneath the card."""

    code: ClassVar[str] = "wp"
    part: int


@dataclass(frozen=True, slots=True)
class ShowPartnerships(Press):
    """Show the partnerships that we have already, and let me tell of more."""

    code: ClassVar[str] = "wl"


@dataclass(frozen=True, slots=True)
class AddPartnerships(Press):
    """What was read is right: enter it."""

    code: ClassVar[str] = "wa"


@dataclass(frozen=True, slots=True)
class DropPartnerships(Press):
    """What was read is wrong."""

    code: ClassVar[str] = "wd"


@dataclass(frozen=True, slots=True)
class RemovePartnership(Press):
    """Remove this entry."""

    code: ClassVar[str] = "wr"
    partnership: int


@dataclass(frozen=True, slots=True)
class LeavePartnerships(Press):
    """Back to my profile."""

    code: ClassVar[str] = "wo"


@dataclass(frozen=True, slots=True)
class ShareProfile(Press):
    """Send me my profile as text that I can forward."""

    code: ClassVar[str] = "ws"


@dataclass(frozen=True, slots=True)
class ShareIn(Press):
    """The same text in another language."""

    code: ClassVar[str] = "wt"
    language: str
