"""Presses about the own organisation: joining one that is there, who speaks for it, confirming."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class Join(Press):
    """It is this one: ask to let me speak for it."""

    code: ClassVar[str] = "hj"
    organisation: int


@dataclass(frozen=True, slots=True)
class NoneOfThese(Press):
    """Mine is not among them."""

    code: ClassVar[str] = "hn"


@dataclass(frozen=True, slots=True)
class Admit(Press):
    """Let the newcomer speak for our organisation."""

    code: ClassVar[str] = "ha"
    admission: int


@dataclass(frozen=True, slots=True)
class TurnAway(Press):
    """Do not let the newcomer speak for our organisation."""

    code: ClassVar[str] = "hd"
    admission: int


@dataclass(frozen=True, slots=True)
class TakeBack(Press):
    """I take my request to speak for an organisation back."""

    code: ClassVar[str] = "hw"
    admission: int


@dataclass(frozen=True, slots=True)
class ShowTeam(Press):
    """Show who speaks for my organisation."""

    code: ClassVar[str] = "ht"


@dataclass(frozen=True, slots=True)
class InviteColleague(Press):
    """Make a link that lets one colleague join."""

    code: ClassVar[str] = "hi"


@dataclass(frozen=True, slots=True)
class ShowColleague(Press):
    """Show one who speaks for my organisation, and what can be changed."""

    code: ClassVar[str] = "hc"
    person: int


@dataclass(frozen=True, slots=True)
class GivePart(Press):
    """Give this colleague this part; the lead only after being sure (1)."""

    code: ClassVar[str] = "hp"
    person: int
    part: str
    sure: int


@dataclass(frozen=True, slots=True)
class TakeOut(Press):
    """Let this colleague speak for us no longer: 0 asks whether I am sure."""

    code: ClassVar[str] = "ho"
    person: int
    sure: int


@dataclass(frozen=True, slots=True)
class Leave(Press):
    """I no longer speak for this organisation: 0 asks whether I am sure. It is named, so that an
    old button does not mean the next one."""

    code: ClassVar[str] = "hl"
    organisation: int
    sure: int


@dataclass(frozen=True, slots=True)
class ShowNewcomer(Press):
    """Show me once more who asks to speak for our organisation."""

    code: ClassVar[str] = "hq"
    admission: int
