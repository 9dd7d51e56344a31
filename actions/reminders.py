"""Verbs about reminders of sessions."""

from domain.clock import Clock
from domain.rules.reminders import moments
from domain.sessions import Session
from storage.store import Store


async def follow(store: Store, clock: Clock, session: Session) -> None:
    """Let a session's reminders follow what it is now: announced, moved, or cancelled. In a
    transaction of the caller."""
    exchange = await store.exchanges.by_id(session.exchange)
    minutes = exchange.reminders if exchange else ()
    await store.reminders.set(session.id, moments(session, minutes, clock()))
