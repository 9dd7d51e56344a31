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
