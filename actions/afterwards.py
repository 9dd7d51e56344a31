"""Who may see what comes after a session, asked inside the verb's transaction."""

from dataclasses import dataclass

from actions.running import require_runs, runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange, Membership
from domain.people import Person
from domain.rules.afterwards import took_place
from domain.sessions import Session
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Seat:
    """How somebody stands to a session: as a member (None: they only run its exchange)."""

    session: Session
    exchange: Exchange
    membership: Membership | None
    runs: bool


async def seat(store: Store, by: Person, session: int) -> Seat:
    """A person's, where they take part in its exchange or run it; raises NotYours otherwise. A
    draft is for who runs it."""
    found = await store.sessions.by_id(session)
    exchange = await store.exchanges.by_id(found.exchange) if found else None
    if found is None or exchange is None:
        raise NotYours
    membership = await store.memberships.between(exchange.id, by.id)
    own = membership if membership is not None and membership.takes_part else None
    running = await runs(store, by, exchange.id)
    if not running and (own is None or not found.announced):
        raise NotYours
    return Seat(found, exchange, own, running)


async def require_after(store: Store, clock: Clock, by: Person, session: int) -> Session:
    """The session, if the person runs its exchange; raises NotYours, and a refusal where it has
    not begun or does not take place."""
    found = await store.sessions.by_id(session)
    if found is None:
        raise NotYours
    await require_runs(store, by, found.exchange)
    if not took_place(found, clock()):
        raise Refusal("refusal-session-not-begun")
    return found
