"""Presses about what was understood of one sentence; `draft` is the number of the draft."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class AskSentence(Press):
    """Let me introduce us in one sentence."""

    code: ClassVar[str] = "ya"


@dataclass(frozen=True, slots=True)
class KeepItem(Press):
    """This was understood rightly after all."""

    code: ClassVar[str] = "yk"
    draft: int
    item: int


@dataclass(frozen=True, slots=True)
class DropItem(Press):
    """This is not right: leave it out."""

    code: ClassVar[str] = "yd"
    draft: int
    item: int


@dataclass(frozen=True, slots=True)
class SettleItem(Press):
    """This open topic or region belongs to that answer."""

    code: ClassVar[str] = "ys"
    draft: int
    item: int
    answer: str


@dataclass(frozen=True, slots=True)
class ChooseMeant(Press):
    """Of several things that a word may mean, this one (counted from 0)."""

    code: ClassVar[str] = "yc"
    draft: int
    item: int
    option: int


@dataclass(frozen=True, slots=True)
class TakeOver(Press):
    """Take what is ticked over into my profile."""

    code: ClassVar[str] = "yt"
    draft: int


@dataclass(frozen=True, slots=True)
class LeaveSentence(Press):
    """Rather not; nothing is taken over."""

    code: ClassVar[str] = "yl"


@dataclass(frozen=True, slots=True)
class NoSentence(Press):
    """What I wrote was the answer to your question, and no introduction."""

    code: ClassVar[str] = "yn"
    draft: int
