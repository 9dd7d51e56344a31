"""What becomes free when somebody leaves an exchange."""

from actions import rsvps
from domain.clock import Clock
from domain.exchanges import Membership
from storage.store import Store


async def free_seats(store: Store, clock: Clock, membership: Membership) -> None:
    """Forget what somebody has replied to sessions that are to come, and give their seats to those
    who wait; in a transaction of the caller. Replies to past sessions stay."""
    coming = await store.sessions.coming(membership.exchange, since=clock(), drafts=True)
    replied = {one.session for one in await store.rsvps.of_membership(membership.id)}
    for session in coming:
        if session.id in replied:
            await store.rsvps.remove(session.id, membership.id)
            await rsvps.fill(store, clock, session.id)
