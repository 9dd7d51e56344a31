"""People: those who speak for an organisation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.consents import Piece


class Detail(StrEnum):
    """What a person may let a partner see of them once both sides have agreed."""

    NAME = "name"
    FUNCTION = "function"
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When not to be disturbed: minutes after midnight in the person's zone, over midnight too."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has consented to being stored. None means 'not stated'.

    `zone` is an IANA name; `told` names what they wish to be told of (None: the usual); `withheld`
    names pieces of consent that were taken back; `erase_at` is when a wish to be erased comes true;
    `seen_at` is when they were last here, to the day; `warned_at` is when they were told that they
    will be erased, since they are not here any more.
    """

    id: int
    telegram_id: int
    language: str
    consented_at: datetime
    name: str | None = None
    function: str | None = None
    email: str | None = None
    phone: str | None = None
    shares: frozenset[Detail] | None = None
    reachable: bool = True
    example: bool = False
    zone: str | None = None
    quiet: QuietHours | None = None
    paused_until: datetime | None = None
    told: frozenset[str] | None = None
    withheld: frozenset[str] = frozenset()
    erase_at: datetime | None = None
    seen_at: datetime | None = None
    warned_at: datetime | None = None

    @property
    def last_here(self) -> datetime:
        """When they were last here, to the day."""
        return self.seen_at or self.consented_at

    def shared(self) -> dict[Detail, str]:
        """What a partner may see of this person, in a fixed order; only what is stated."""
        stated = {
            Detail.NAME: self.name,
            Detail.FUNCTION: self.function,
            Detail.EMAIL: self.email,
            Detail.PHONE: self.phone,
        }
        allowed = frozenset() if Piece.SHARED in self.withheld else self.shares or frozenset()
        return {detail: text for detail, text in stated.items() if text and detail in allowed}
