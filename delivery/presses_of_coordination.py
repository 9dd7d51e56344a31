"""Presses of coordinators: all organisations, confirming, merging."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowOrganisations(Press):
    """Show a page of all organisations."""

    code: ClassVar[str] = "hO"
    page: int


@dataclass(frozen=True, slots=True)
class ShowOrganisation(Press):
    """Show one of them."""

    code: ClassVar[str] = "hV"
    organisation: int


@dataclass(frozen=True, slots=True)
class Confirm(Press):
    """It is what it says."""

    code: ClassVar[str] = "hC"
    organisation: int


@dataclass(frozen=True, slots=True)
class NotConfirmed(Press):
    """It is not confirmed, for this reason; 0 asks for the reason."""

    code: ClassVar[str] = "hN"
    organisation: int
    why: int


@dataclass(frozen=True, slots=True)
class SayMember(Press):
    """It is a member of VKU (1), or is not (0)."""

    code: ClassVar[str] = "hU"
    organisation: int
    member: int


@dataclass(frozen=True, slots=True)
class PickSecond(Press):
    """Which other one is the same: those alike (-1), or a page of all."""

    code: ClassVar[str] = "hP"
    first: int
    page: int


@dataclass(frozen=True, slots=True)
class Merge(Press):
    """Merge: 0 shows both, 1 asks whether the second is to stay, 2 does it."""

    code: ClassVar[str] = "hM"
    first: int
    second: int
    sure: int
