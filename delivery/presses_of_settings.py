"""Presses about settings. Each names what is to hold from then on, so that an old window's button
does no other thing than it says."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowSettings(Press):
    """Show all my settings."""

    code: ClassVar[str] = "ts"


@dataclass(frozen=True, slots=True)
class ShowSetting(Press):
    """Show one setting, to be changed."""

    code: ClassVar[str] = "tw"
    which: str


@dataclass(frozen=True, slots=True)
class SpeakToMe(Press):
    """Speak this language to me, and show my settings in it."""

    code: ClassVar[str] = "tl"
    language: str


@dataclass(frozen=True, slots=True)
class LiveIn(Press):
    """This IANA zone is mine; "": that of my organisation's place."""

    code: ClassVar[str] = "tz"
    zone: str


@dataclass(frozen=True, slots=True)
class KeepQuiet(Press):
    """Be quiet between these minutes after midnight; both the same: at no hour."""

    code: ClassVar[str] = "tq"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PauseUntil(Press):
    """Pause until this day (ISO 8601); "": go on now."""

    code: ClassVar[str] = "tp"
    day: str


@dataclass(frozen=True, slots=True)
class SeeNewcomer(Press):
    """Show who asks to speak for my organisation, and the two answers."""

    code: ClassVar[str] = "ta"
    admission: int


@dataclass(frozen=True, slots=True)
class TellMeOf(Press):
    """Tell me of this subject (1), or no longer (0)."""

    code: ClassVar[str] = "tt"
    wished: int
    what: str
