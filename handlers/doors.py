"""Doors: buttons by which one conversation leads to another.

The window of an exchange, or of a session, is one conversation's; what can be done from there are
others'. Each registers the buttons by which it is entered, so that the window knows nobody.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from delivery.message import Button
from domain.exchanges import Exchange, Membership
from domain.sessions import Session
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Standing:
    """How the person of a turn stands to an exchange: as a member, or on the way (None: neither),
    and whether they run it. It only decides which buttons are shown; verbs ask again."""

    exchange: Exchange
    membership: Membership | None
    runs: bool

    @property
    def member(self) -> bool:
        """Whether they take part."""
        return self.membership is not None and self.membership.takes_part


OfExchange = Callable[[Turn, Standing], Awaitable[tuple[Button, ...]]]
OfSession = Callable[[Turn, Standing, Session], Awaitable[tuple[Button, ...]]]
Door = TypeVar("Door", OfExchange, OfSession)

_OF_EXCHANGES: dict[int, OfExchange] = {}
_OF_SESSIONS: dict[int, OfSession] = {}


def of_exchange(order: int) -> Callable[[OfExchange], OfExchange]:
    """Register a row of buttons in the window of an exchange; () where there is nothing to do.
    Smaller `order` stands higher."""
    return _register(_OF_EXCHANGES, order)


def of_session(order: int) -> Callable[[OfSession], OfSession]:
    """The same in the window of a session."""
    return _register(_OF_SESSIONS, order)


def _register(doors: dict[int, Door], order: int) -> Callable[[Door], Door]:
    def register(door: Door) -> Door:
        if order in doors:
            raise ValueError(f"two doors at {order}")
        doors[order] = door
        return door

    return register


async def rows_of_exchange(turn: Turn, standing: Standing) -> tuple[tuple[Button, ...], ...]:
    """The rows of buttons beneath an exchange, for the person of this turn."""
    rows = [await _OF_EXCHANGES[one](turn, standing) for one in sorted(_OF_EXCHANGES)]
    return tuple(row for row in rows if row)


async def rows_of_session(
    turn: Turn, standing: Standing, session: Session
) -> tuple[tuple[Button, ...], ...]:
    """The rows of buttons beneath a session, for the person of this turn."""
    rows = [await _OF_SESSIONS[one](turn, standing, session) for one in sorted(_OF_SESSIONS)]
    return tuple(row for row in rows if row)
