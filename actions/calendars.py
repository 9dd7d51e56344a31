"""Verbs about calendars to subscribe to: an address that nobody can guess, and its end."""

import secrets
from hashlib import sha256

from domain.clock import Clock
from domain.people import Person
from storage.store import Store

TOKEN_BYTES = 32


async def subscribe(store: Store, clock: Clock, *, by: Person) -> str:
    """A new token of one's own calendar; earlier ones end. It is shown once and not kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with store.transaction():
        await store.calendars.revoke(by.id, at=clock())
        await store.calendars.add(by.id, _digest(token), at=clock())
    return token


async def end(store: Store, clock: Clock, *, by: Person) -> bool:
    """No address works any more; False where none did."""
    async with store.transaction():
        return await store.calendars.revoke(by.id, at=clock())


async def owner(store: Store, token: str) -> Person | None:
    """Whose calendar a token opens; None where it opens none."""
    return await store.calendars.owner(_digest(token))


def _digest(token: str) -> str:
    # 256 random bits need no salt: nobody can try them.
    return sha256(token.encode()).hexdigest()
