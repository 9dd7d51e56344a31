"""Presses about exchanges and their sessions that stand beneath messages of several
conversations."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowExchange(Press):
    """Show this exchange."""

    code: ClassVar[str] = "xe"
    exchange: int


@dataclass(frozen=True, slots=True)
class ShowSession(Press):
    """Show this session."""

    code: ClassVar[str] = "xs"
    session: int


@dataclass(frozen=True, slots=True)
class ReplyTo(Press):
    """My reply to a session: yes, maybe or no."""

    code: ClassVar[str] = "xr"
    session: int
    reply: str
