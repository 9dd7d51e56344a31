"""Verbs about who comes to a session."""

from domain.clock import Clock
from domain.sessions import Reply
from storage.store import Store


async def fill(store: Store, clock: Clock, session: int) -> tuple[int, ...]:
    """Give free seats to those who have waited longest; the memberships that moved up. In a
    transaction of the caller, after whatever may have freed a seat: a reply, a leaving, a larger
    capacity."""
    await store.sessions.lock(session)
    there = await store.sessions.by_id(session)
    if there is None or there.cancelled:
        return ()
    taken = (await store.rsvps.numbers(session)).get(Reply.YES, 0)
    free = 100_000 if there.capacity is None else max(0, there.capacity - taken)
    moved = await store.rsvps.first_waiting(session, limit=free) if free else ()
    for one in moved:
        await store.rsvps.put(session, one.membership, Reply.YES, since=clock())
    return tuple(one.membership for one in moved)
