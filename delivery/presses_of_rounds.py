"""Presses about rounds within an exchange."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowMyRounds(Press):
    """Show the rounds of an exchange to a member: my group, and whether I take part."""

    code: ClassVar[str] = "nm"
    exchange: int


@dataclass(frozen=True, slots=True)
class TakePart(Press):
    """I take part in rounds (1), or not (0)."""

    code: ClassVar[str] = "np"
    programme: int
    yes: int


@dataclass(frozen=True, slots=True)
class AskRoundPause(Press):
    """I would like to pause."""

    code: ClassVar[str] = "na"
    exchange: int


@dataclass(frozen=True, slots=True)
class PauseRoundsUntil(Press):
    """I sit in no group before this day (ISO 8601); "" ends the pause."""

    code: ClassVar[str] = "nu"
    programme: int
    day: str


@dataclass(frozen=True, slots=True)
class TellMet(Press):
    """Whether my group has met: yes, not-yet or cannot."""

    code: ClassVar[str] = "ng"
    group: int
    met: str


@dataclass(frozen=True, slots=True)
class TellRoundHelped(Press):
    """Whether it helped: 1 or 0."""

    code: ClassVar[str] = "nh"
    group: int
    helped: int


@dataclass(frozen=True, slots=True)
class ShowRounds(Press):
    """Show the rounds of an exchange to who runs it."""

    code: ClassVar[str] = "nr"
    exchange: int


@dataclass(frozen=True, slots=True)
class PlanRounds(Press):
    """Begin to plan rounds."""

    code: ClassVar[str] = "nb"
    exchange: int


@dataclass(frozen=True, slots=True)
class AnswerPlan(Press):
    """An answer to one question of the plan."""

    code: ClassVar[str] = "nq"
    which: str
    value: str


@dataclass(frozen=True, slots=True)
class StartRounds(Press):
    """Begin rounds as planned."""

    code: ClassVar[str] = "ns"


@dataclass(frozen=True, slots=True)
class PreviewRound(Press):
    """Show me who would sit with whom in the next round."""

    code: ClassVar[str] = "nv"
    exchange: int


@dataclass(frozen=True, slots=True)
class ChangeRounds(Press):
    """Pause, resume or stop the rounds; stopping only when sure (1)."""

    code: ClassVar[str] = "nc"
    programme: int
    what: str
    sure: int


@dataclass(frozen=True, slots=True)
class ShowRoundGuests(Press):
    """Show members without Telegram, and whether they take part."""

    code: ClassVar[str] = "no"
    exchange: int


@dataclass(frozen=True, slots=True)
class EnterIntoRounds(Press):
    """A member without Telegram takes part (1), or not (0)."""

    code: ClassVar[str] = "ne"
    programme: int
    membership: int
    yes: int


@dataclass(frozen=True, slots=True)
class PreviewPlan(Press):
    """Show me who would sit with whom as planned."""

    code: ClassVar[str] = "nw"
