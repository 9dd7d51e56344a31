"""Presses about exchanges that one may join: the list, asking, leaving, and answering who asks."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowExchanges(Press):
    """Show a page of exchanges; with words, of those that these mean."""

    code: ClassVar[str] = "jl"
    page: int
    words: str


@dataclass(frozen=True, slots=True)
class SearchExchanges(Press):
    """Let me search among exchanges."""

    code: ClassVar[str] = "js"


@dataclass(frozen=True, slots=True)
class LeaveSearch(Press):
    """Do not search."""

    code: ClassVar[str] = "jz"


@dataclass(frozen=True, slots=True)
class AskToJoin(Press):
    """I would like to take part in this exchange."""

    code: ClassVar[str] = "ja"
    exchange: int


@dataclass(frozen=True, slots=True)
class JoinByCode(Press):
    """The same, with a code that lets me in."""

    code: ClassVar[str] = "jk"
    invitation: str


@dataclass(frozen=True, slots=True)
class WithoutNote(Press):
    """Ask without a note to the coordinators."""

    code: ClassVar[str] = "jn"
    exchange: int


@dataclass(frozen=True, slots=True)
class LeaveJoining(Press):
    """I would rather not ask."""

    code: ClassVar[str] = "jq"
    exchange: int


@dataclass(frozen=True, slots=True)
class TakeRequestBack(Press):
    """I take my request to join back."""

    code: ClassVar[str] = "jt"
    exchange: int


@dataclass(frozen=True, slots=True)
class LeaveExchange(Press):
    """I take part no longer."""

    code: ClassVar[str] = "jv"
    exchange: int


@dataclass(frozen=True, slots=True)
class ShowRequests(Press):
    """Show who would like to join this exchange."""

    code: ClassVar[str] = "jw"
    exchange: int


@dataclass(frozen=True, slots=True)
class ShowRequest(Press):
    """Show one of them."""

    code: ClassVar[str] = "jp"
    membership: int


@dataclass(frozen=True, slots=True)
class AdmitMember(Press):
    """Let them take part."""

    code: ClassVar[str] = "jy"
    membership: int


@dataclass(frozen=True, slots=True)
class DeclineMember(Press):
    """Do not let them take part; "" asks for the reason first."""

    code: ClassVar[str] = "jd"
    membership: int
    why: str


@dataclass(frozen=True, slots=True)
class AskNewcomer(Press):
    """Ask them something first."""

    code: ClassVar[str] = "jm"
    membership: int


@dataclass(frozen=True, slots=True)
class AnswerEnquiry(Press):
    """Answer the coordinators' question."""

    code: ClassVar[str] = "jr"
    enquiry: int


@dataclass(frozen=True, slots=True)
class LeaveEnquiry(Press):
    """Write nothing after all."""

    code: ClassVar[str] = "jx"
