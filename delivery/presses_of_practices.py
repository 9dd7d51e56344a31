"""Presses about notes of good practice."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowPractices(Press):
    """Show a page of notes on these topics, separated by commas."""

    code: ClassVar[str] = "ap"
    page: int
    topics: str


@dataclass(frozen=True, slots=True)
class ShowPractice(Press):
    """Show one of them."""

    code: ClassVar[str] = "ao"
    practice: int


@dataclass(frozen=True, slots=True)
class WritePractice(Press):
    """I would like to write one, out of an exchange or (not 0) one of its sessions."""

    code: ClassVar[str] = "aw"
    exchange: int
    session: int


@dataclass(frozen=True, slots=True)
class LeavePractice(Press):
    """Write nothing."""

    code: ClassVar[str] = "al"


@dataclass(frozen=True, slots=True)
class AddPracticeTopic(Press):
    """It is about this topic, too."""

    code: ClassVar[str] = "at"
    topic: str


@dataclass(frozen=True, slots=True)
class DropPracticeTopic(Press):
    """It is not about this topic."""

    code: ClassVar[str] = "ad"
    topic: str


@dataclass(frozen=True, slots=True)
class TopicsAreRight(Press):
    """These are its topics."""

    code: ClassVar[str] = "ar"


@dataclass(frozen=True, slots=True)
class PublishPractice(Press):
    """Let the exchange read it (0), or everybody with a profile, too (1)."""

    code: ClassVar[str] = "av"
    to_all: int


@dataclass(frozen=True, slots=True)
class ChangePractice(Press):
    """Change its title, words or topics."""

    code: ClassVar[str] = "ac"
    practice: int
    what: str


@dataclass(frozen=True, slots=True)
class SharePractice(Press):
    """Let the exchange read it (0), or everybody with a profile, too (1), from now on."""

    code: ClassVar[str] = "as"
    practice: int
    to_all: int


@dataclass(frozen=True, slots=True)
class RemovePractice(Press):
    """Remove it; asked once more first, unless `sure`."""

    code: ClassVar[str] = "ax"
    practice: int
    sure: int
