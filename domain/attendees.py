"""Who comes to a session, as others see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.sessions import Reply, Session


@dataclass(frozen=True, slots=True)
class Attendee:
    """A member with their reply (None: none yet). `person` None: without Telegram, entered by a
    coordinator; `shows`: whether other members may see them here."""

    membership: int
    reply: Reply | None
    person: int | None
    name: str | None
    organisation: str | None
    shows: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many have replied what, and those of them whom the reader may see: for who runs the
    exchange all of them, with their organisations (`whole`)."""

    session: Session
    numbers: Mapping[Reply, int]
    seen: tuple[Attendee, ...]
    whole: bool

    def of(self, reply: Reply) -> tuple[Attendee, ...]:
        """Those who have replied so, in order."""
        return tuple(one for one in self.seen if one.reply is reply)
