"""Presses about the Telegram group of an exchange."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowGroup(Press):
    """Show how this exchange stands to a Telegram group."""

    code: ClassVar[str] = "Rg"
    exchange: int


@dataclass(frozen=True, slots=True)
class MakeGroupLink(Press):
    """Make a link by which I bring the bot into its group."""

    code: ClassVar[str] = "Rn"
    exchange: int


@dataclass(frozen=True, slots=True)
class UnlinkGroup(Press):
    """Post nothing there any more (1: I am sure)."""

    code: ClassVar[str] = "Ru"
    exchange: int
    sure: int
