"""Verbs about codes that let people into an exchange: make, list, revoke, and what one leads to."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from actions.running import require_runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange
from domain.joining import CODE_LASTS, MOST_CODES, EntryCode
from domain.people import Person
from domain.roles import CODE_BYTES, MOST_WRONG, WRONG_WITHIN
from storage.store import Store

WRONG = "join-wrong-code"
LENGTH = 2 * CODE_BYTES
"""Characters of a code."""


@dataclass(frozen=True, slots=True)
class Led:
    """Where a code leads: an exchange, or nowhere (None). `invitation` is its digest, as long as it
    lets people in."""

    exchange: Exchange | None = None
    invitation: str | None = None


async def make(
    store: Store, clock: Clock, *, by: Person, exchange: int, days: int
) -> tuple[str, EntryCode]:
    """A new code, known only to who made it, that lets people in for so many days (one of
    CODE_LASTS; 0: until it is revoked)."""
    async with store.transaction():
        found = await require_runs(store, by, exchange)
        open_ones = [one for one in await store.entry_codes.of(exchange) if one.lets_in(clock())]
        if not found.running or days not in CODE_LASTS:
            raise Refusal("refusal-exchange-gone")
        if len(open_ones) >= MOST_CODES:
            raise Refusal("refusal-codes-open", limit=MOST_CODES)
        code = secrets.token_hex(CODE_BYTES)
        ends = clock() + timedelta(days=days) if days else None
        made = await store.entry_codes.add(
            digest_of(code), exchange, by=by.id, at=clock(), expires_at=ends
        )
        return code, made


async def listed(store: Store, *, by: Person, exchange: int) -> tuple[EntryCode, ...]:
    """All codes of an exchange, newest first."""
    await require_runs(store, by, exchange)
    return await store.entry_codes.of(exchange)


async def revoke(store: Store, clock: Clock, *, by: Person, code: int) -> EntryCode:
    """A code lets nobody in any more; who has come in by it stays."""
    async with store.transaction():
        found = await store.entry_codes.by_id(code)
        if found is None:
            raise NotYours
        await require_runs(store, by, found.exchange)
        await store.entry_codes.revoke(code, at=clock())
        return await store.entry_codes.by_id(code) or found


async def follow(store: Store, clock: Clock, *, by: Person, code: str) -> Led:
    """Where a code leads. A wrong one is remembered, so that after MOST_WRONG of them further ones
    are refused; one that has ended still says whom to ask."""
    async with store.transaction():
        since = clock() - WRONG_WITHIN
        if await store.roles.times(WRONG, by=by.id, since=since) >= MOST_WRONG:
            raise Refusal("refusal-codes-an-hour")
        found = await store.entry_codes.by_digest(digest_of(code))
        there = await store.exchanges.by_id(found.exchange) if found else None
        if found is None or there is None:
            await store.roles.record(WRONG, f"person:{by.id}", by=by.id, at=clock())
            return Led()
        lets_in = there.running and found.lets_in(clock())
        return Led(there, found.digest if lets_in else None)


async def open_with(
    store: Store, clock: Clock, digest: str | None, exchange: int
) -> EntryCode | None:
    """The code with this digest, if it lets people into this exchange now; in a transaction of the
    caller."""
    found = await store.entry_codes.by_digest(digest) if digest else None
    fits = found is not None and found.exchange == exchange and found.lets_in(clock())
    return found if fits else None


def digest_of(code: str) -> str:
    """What is kept of a code."""
    # Phones begin what is typed with a capital letter.
    return sha256(code.strip().lower().encode()).hexdigest()
