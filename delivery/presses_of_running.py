"""Presses of those who run exchanges: beginning one, changing it, its members and invitations."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class BeginExchange(Press):
    """Let me begin an exchange."""

    code: ClassVar[str] = "Jb"


@dataclass(frozen=True, slots=True)
class ToggleOption(Press):
    """Choose an option of the question for this field, or no longer."""

    code: ClassVar[str] = "Jo"
    field: str
    option: str


@dataclass(frozen=True, slots=True)
class SetField(Press):
    """This is my answer to the question for this field."""

    code: ClassVar[str] = "Js"
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldDone(Press):
    """What is chosen is my answer."""

    code: ClassVar[str] = "Jd"
    field: str


@dataclass(frozen=True, slots=True)
class SkipField(Press):
    """Leave this field empty."""

    code: ClassVar[str] = "Jk"
    field: str


@dataclass(frozen=True, slots=True)
class FieldBack(Press):
    """To the question before this field's."""

    code: ClassVar[str] = "Jz"
    field: str


@dataclass(frozen=True, slots=True)
class ConfirmExchange(Press):
    """Begin the exchange as the preview shows it."""

    code: ClassVar[str] = "Jc"


@dataclass(frozen=True, slots=True)
class LeaveDraft(Press):
    """Ask me no more about it."""

    code: ClassVar[str] = "Ju"


@dataclass(frozen=True, slots=True)
class ShowExchangeSettings(Press):
    """Show what can be changed of this exchange."""

    code: ClassVar[str] = "Jx"
    exchange: int


@dataclass(frozen=True, slots=True)
class ChangeExchange(Press):
    """Change a field of it; a text in a language ("" asks in which)."""

    code: ClassVar[str] = "Jf"
    exchange: int
    field: str
    language: str


@dataclass(frozen=True, slots=True)
class ShowRunners(Press):
    """Show who runs it, and who could."""

    code: ClassVar[str] = "Jl"
    exchange: int


@dataclass(frozen=True, slots=True)
class Entrust(Press):
    """Let this coordinator run it, too (1), or no longer (0)."""

    code: ClassVar[str] = "Je"
    exchange: int
    person: int
    runs: int


@dataclass(frozen=True, slots=True)
class CloseExchange(Press):
    """End it, after a second look."""

    code: ClassVar[str] = "Jq"
    exchange: int
    sure: int


@dataclass(frozen=True, slots=True)
class ShowMembers(Press):
    """Show a page of its members."""

    code: ClassVar[str] = "Jm"
    exchange: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowMember(Press):
    """Show one of them."""

    code: ClassVar[str] = "Jn"
    membership: int


@dataclass(frozen=True, slots=True)
class RemoveMember(Press):
    """Let a member go, after a second look."""

    code: ClassVar[str] = "Jv"
    membership: int
    sure: int


@dataclass(frozen=True, slots=True)
class EnterWithoutTelegram(Press):
    """Let me enter a member who has no Telegram."""

    code: ClassVar[str] = "Jt"
    exchange: int


@dataclass(frozen=True, slots=True)
class LeaveEntering(Press):
    """Enter nobody."""

    code: ClassVar[str] = "Jy"
    exchange: int


@dataclass(frozen=True, slots=True)
class ShowInvitations(Press):
    """Show the codes that let people in."""

    code: ClassVar[str] = "Ji"
    exchange: int


@dataclass(frozen=True, slots=True)
class MakeInvitation(Press):
    """Make a code that lasts so many days (0: without an end), with a flyer's QR code."""

    code: ClassVar[str] = "Jg"
    exchange: int
    days: int


@dataclass(frozen=True, slots=True)
class RevokeInvitation(Press):
    """This code lets nobody in any more."""

    code: ClassVar[str] = "Jh"
    invitation: int


@dataclass(frozen=True, slots=True)
class SendFlyer(Press):
    """Send me a flyer's QR code of the link that everybody may follow."""

    code: ClassVar[str] = "Jp"
    exchange: int
