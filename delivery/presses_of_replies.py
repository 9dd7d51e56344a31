"""Presses about who comes to a session, and who sees it."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class AskSeeing(Press):
    """Who of this exchange sees that I come?"""

    code: ClassVar[str] = "Rq"
    exchange: int


@dataclass(frozen=True, slots=True)
class LetSee(Press):
    """Let its members see that I come (1), or not (0); asked beneath a reply to this session, or
    in a window of its own (0)."""

    code: ClassVar[str] = "Rs"
    exchange: int
    shows: int
    session: int


@dataclass(frozen=True, slots=True)
class WhoComes(Press):
    """Show this page of who comes, counted from 0."""

    code: ClassVar[str] = "Rw"
    session: int
    page: int


@dataclass(frozen=True, slots=True)
class AskRecord(Press):
    """Show this page of the members without Telegram, to write down a reply of theirs."""

    code: ClassVar[str] = "Ra"
    session: int
    page: int


@dataclass(frozen=True, slots=True)
class PickAbsent(Press):
    """It is this one's reply."""

    code: ClassVar[str] = "Rp"
    session: int
    membership: int


@dataclass(frozen=True, slots=True)
class RecordReply(Press):
    """They have said this: yes, maybe or no."""

    code: ClassVar[str] = "Rr"
    session: int
    membership: int
    reply: str
