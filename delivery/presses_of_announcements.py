"""Presses about announcements. `version` is how it was shown: beneath an earlier one they are
stale."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowAnnouncements(Press):
    """Show a page of the announcements."""

    code: ClassVar[str] = "Al"
    page: int


@dataclass(frozen=True, slots=True)
class NewAnnouncement(Press):
    """Begin another one."""

    code: ClassVar[str] = "An"


@dataclass(frozen=True, slots=True)
class WriteToMembers(Press):
    """Begin one for all members of this exchange."""

    code: ClassVar[str] = "Av"
    exchange: int


@dataclass(frozen=True, slots=True)
class ShowAnnouncement(Press):
    """Show this one: as a draft, or what became of it."""

    code: ClassVar[str] = "Aw"
    announcement: int


@dataclass(frozen=True, slots=True)
class WriteText(Press):
    """I write it in this language ("": let me choose one)."""

    code: ClassVar[str] = "At"
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class DropText(Press):
    """Do without this language."""

    code: ClassVar[str] = "Ad"
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class FallBackOn(Press):
    """Show it in this language to whoever's own is missing."""

    code: ClassVar[str] = "Ab"
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class AskBeside(Press):
    """Let me put a file or a link beside it: `what` is file or link."""

    code: ClassVar[str] = "Af"
    announcement: int
    what: str


@dataclass(frozen=True, slots=True)
class DropBeside(Press):
    """Put no file, no link or no replies beside it."""

    code: ClassVar[str] = "Ag"
    announcement: int
    what: str


@dataclass(frozen=True, slots=True)
class AskReplies(Press):
    """Let its readers reply to this session (0: let me choose one)."""

    code: ClassVar[str] = "Ar"
    announcement: int
    session: int


@dataclass(frozen=True, slots=True)
class ShowAudience(Press):
    """Show for whom it is."""

    code: ClassVar[str] = "Aa"
    announcement: int


@dataclass(frozen=True, slots=True)
class MeanEverybody(Press):
    """It is for everybody to whom I may announce."""

    code: ClassVar[str] = "Ae"
    announcement: int


@dataclass(frozen=True, slots=True)
class MeanExchange(Press):
    """It is for members of this exchange (0: of any, -1: let me choose)."""

    code: ClassVar[str] = "Ax"
    announcement: int
    exchange: int


@dataclass(frozen=True, slots=True)
class MeanAnswered(Press):
    """It is for those who have answered to this session in some way (0: let me choose one)."""

    code: ClassVar[str] = "Ay"
    announcement: int
    session: int


@dataclass(frozen=True, slots=True)
class ShowTrait(Press):
    """Show a page of the options of a trait."""

    code: ClassVar[str] = "Ai"
    announcement: int
    page: int
    trait: str


@dataclass(frozen=True, slots=True)
class MeanOption(Press):
    """It is for those, too (`on` 1), or no longer (0)."""

    code: ClassVar[str] = "Ao"
    announcement: int
    page: int
    on: int
    trait: str
    option: str


@dataclass(frozen=True, slots=True)
class DescribeAudience(Press):
    """Let me say in a sentence for whom it is."""

    code: ClassVar[str] = "As"
    announcement: int


@dataclass(frozen=True, slots=True)
class TakeDescribed(Press):
    """Yes, these are meant."""

    code: ClassVar[str] = "Aj"
    announcement: int


@dataclass(frozen=True, slots=True)
class ShowSaved(Press):
    """Show me the audiences that I have kept."""

    code: ClassVar[str] = "Ak"
    announcement: int


@dataclass(frozen=True, slots=True)
class SaveAudience(Press):
    """Let me keep this audience under a name."""

    code: ClassVar[str] = "Am"
    announcement: int


@dataclass(frozen=True, slots=True)
class UseAudience(Press):
    """It is for an audience that I have kept."""

    code: ClassVar[str] = "Au"
    announcement: int
    saved: int


@dataclass(frozen=True, slots=True)
class ForgetAudience(Press):
    """Keep this audience no longer."""

    code: ClassVar[str] = "AU"
    announcement: int
    saved: int


@dataclass(frozen=True, slots=True)
class PreviewIn(Press):
    """Show it as somebody who is spoken to in this language reads it ("": in mine)."""

    code: ClassVar[str] = "Ap"
    announcement: int
    language: str


@dataclass(frozen=True, slots=True)
class AskSend(Press):
    """I would like to send it."""

    code: ClassVar[str] = "AS"
    announcement: int


@dataclass(frozen=True, slots=True)
class SendNow(Press):
    """Send it to all of these now."""

    code: ClassVar[str] = "AN"
    announcement: int
    version: int


@dataclass(frozen=True, slots=True)
class AskWhen(Press):
    """Let me choose when: at a moment (`timing` at), or at the hour where each reader lives."""

    code: ClassVar[str] = "AT"
    announcement: int
    timing: str


@dataclass(frozen=True, slots=True)
class SendAt(Press):
    """Send it then: `moment` is a day and an hour by the clocks that count."""

    code: ClassVar[str] = "AA"
    announcement: int
    version: int
    timing: str
    moment: str


@dataclass(frozen=True, slots=True)
class ReleaseIt(Press):
    """I have looked at it: let it go out."""

    code: ClassVar[str] = "AR"
    announcement: int
    version: int


@dataclass(frozen=True, slots=True)
class ShowChange(Press):
    """Show the change that waits for another coordinator."""

    code: ClassVar[str] = "Ac"
    announcement: int


@dataclass(frozen=True, slots=True)
class ReleaseChange(Press):
    """I have looked at this change: let it be made."""

    code: ClassVar[str] = "AE"
    announcement: int
    number: int


@dataclass(frozen=True, slots=True)
class TakeChangeBack(Press):
    """Propose this change no longer."""

    code: ClassVar[str] = "AK"
    announcement: int
    number: int


@dataclass(frozen=True, slots=True)
class TakeItBack(Press):
    """Make a draft of it again."""

    code: ClassVar[str] = "AB"
    announcement: int


@dataclass(frozen=True, slots=True)
class StopIt(Press):
    """Send it to nobody more; `sure` 1 after a second look."""

    code: ClassVar[str] = "AC"
    announcement: int
    sure: int


@dataclass(frozen=True, slots=True)
class WithdrawIt(Press):
    """Take it away from everybody who has it; `sure` 1 after a second look."""

    code: ClassVar[str] = "AW"
    announcement: int
    sure: int


@dataclass(frozen=True, slots=True)
class SendAgain(Press):
    """Send it again to those of whom it is unknown whether they have it; `sure` as above."""

    code: ClassVar[str] = "AG"
    announcement: int
    sure: int


@dataclass(frozen=True, slots=True)
class GetReport(Press):
    """Give me the report as a file."""

    code: ClassVar[str] = "AF"
    announcement: int


@dataclass(frozen=True, slots=True)
class ThrowAway(Press):
    """Throw this draft away; `sure` 1 after a second look."""

    code: ClassVar[str] = "AD"
    announcement: int
    sure: int


@dataclass(frozen=True, slots=True)
class LeaveWriting(Press):
    """I would rather not write anything now."""

    code: ClassVar[str] = "AL"
    announcement: int
