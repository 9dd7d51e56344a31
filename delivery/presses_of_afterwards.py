"""Presses about what comes after a session: attendance, papers, feedback, follow-ups."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowAttendance(Press):
    """Show a page of who was there."""

    code: ClassVar[str] = "ma"
    session: int
    page: int


@dataclass(frozen=True, slots=True)
class TickMember(Press):
    """This member was there (1), or was not after all (0)."""

    code: ClassVar[str] = "mt"
    session: int
    membership: int
    present: int
    page: int


@dataclass(frozen=True, slots=True)
class TickWhoSaidYes(Press):
    """All who had said yes were there."""

    code: ClassVar[str] = "my"
    session: int


@dataclass(frozen=True, slots=True)
class ShowPapers(Press):
    """Show minutes and files."""

    code: ClassVar[str] = "mp"
    session: int


@dataclass(frozen=True, slots=True)
class AskPaper(Press):
    """I would like to add minutes (1), or a file beside them (0)."""

    code: ClassVar[str] = "mm"
    session: int
    minutes: int


@dataclass(frozen=True, slots=True)
class LeavePaper(Press):
    """Add nothing."""

    code: ClassVar[str] = "ml"
    session: int


@dataclass(frozen=True, slots=True)
class GetPaper(Press):
    """Give me this paper."""

    code: ClassVar[str] = "mg"
    paper: int


@dataclass(frozen=True, slots=True)
class RemovePaper(Press):
    """Remove this paper; asked once more first, unless `sure`."""

    code: ClassVar[str] = "mx"
    paper: int
    sure: int


@dataclass(frozen=True, slots=True)
class TellHelped(Press):
    """Whether a session helped me: yes, partly or no."""

    code: ClassVar[str] = "mh"
    session: int
    helped: str


@dataclass(frozen=True, slots=True)
class TellWhat(Press):
    """What helped, or stood in the way."""

    code: ClassVar[str] = "mw"
    session: int
    what: str


@dataclass(frozen=True, slots=True)
class AskHelpedWords(Press):
    """I would like to say it in a sentence."""

    code: ClassVar[str] = "ms"
    session: int


@dataclass(frozen=True, slots=True)
class LeaveHelpedWords(Press):
    """Say nothing more."""

    code: ClassVar[str] = "mn"
    session: int


@dataclass(frozen=True, slots=True)
class ShowSessionFeedback(Press):
    """Show what all have said of a session."""

    code: ClassVar[str] = "mf"
    session: int


@dataclass(frozen=True, slots=True)
class ShowFollowUps(Press):
    """Show who does what by when."""

    code: ClassVar[str] = "mu"
    session: int


@dataclass(frozen=True, slots=True)
class ShowFollowUp(Press):
    """Show one of them."""

    code: ClassVar[str] = "mo"
    follow_up: int


@dataclass(frozen=True, slots=True)
class ShowPromised(Press):
    """Show what I was asked to do in an exchange."""

    code: ClassVar[str] = "mP"
    exchange: int


@dataclass(frozen=True, slots=True)
class PickMember(Press):
    """Who is to do something? Show a page of members."""

    code: ClassVar[str] = "mk"
    session: int
    page: int


@dataclass(frozen=True, slots=True)
class AskFollowUp(Press):
    """This member is to do something."""

    code: ClassVar[str] = "mK"
    session: int
    membership: int


@dataclass(frozen=True, slots=True)
class LeaveFollowUp(Press):
    """Ask nobody."""

    code: ClassVar[str] = "mL"
    session: int


@dataclass(frozen=True, slots=True)
class DueIn(Press):
    """By so many days from today."""

    code: ClassVar[str] = "md"
    days: int


@dataclass(frozen=True, slots=True)
class AgreeTo(Press):
    """I will do it."""

    code: ClassVar[str] = "mj"
    follow_up: int


@dataclass(frozen=True, slots=True)
class DeclineFollowUp(Press):
    """I will not."""

    code: ClassVar[str] = "mJ"
    follow_up: int


@dataclass(frozen=True, slots=True)
class DoneWith(Press):
    """It is done."""

    code: ClassVar[str] = "mD"
    follow_up: int


@dataclass(frozen=True, slots=True)
class PutOff(Press):
    """It will be done by another day."""

    code: ClassVar[str] = "mO"
    follow_up: int


@dataclass(frozen=True, slots=True)
class RemoveFollowUp(Press):
    """Remove it; asked once more first, unless `sure`."""

    code: ClassVar[str] = "mr"
    follow_up: int
    sure: int
