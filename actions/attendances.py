"""Verbs about who was there: list the members, tick one, tick all who had said yes."""

from actions.afterwards import require_after
from domain.attendances import AttendanceList, Expected
from domain.clock import Clock
from domain.errors import NotYours
from domain.exchanges import MembershipState
from domain.people import Person
from domain.sessions import Reply, Session
from storage.store import Store

_COMING = (Reply.YES, Reply.MAYBE)


async def listed(
    store: Store, clock: Clock, *, by: Person, session: int, page: int = 0, most: int = 8
) -> AttendanceList:
    """A page of the members: first who had said yes, then maybe, then the others."""
    found = await require_after(store, clock, by, session)
    rows = await _expected(store, found)
    last = max(0, (len(rows) - 1) // most)
    at = min(max(page, 0), last)
    return AttendanceList(
        page=at,
        last=last,
        rows=rows[at * most : (at + 1) * most],
        total=len(rows),
        present=sum(one.present for one in rows),
        said_yes=sum(one.reply is Reply.YES and not one.present for one in rows),
    )


async def tick(
    store: Store, clock: Clock, *, by: Person, session: int, membership: int, present: bool
) -> None:
    """A member was there, or was not after all. Again it changes nothing."""
    async with store.transaction():
        found = await require_after(store, clock, by, session)
        there = await store.memberships.by_id(membership)
        known = {one.membership.id for one in await _expected(store, found)}
        if there is None or there.id not in known:
            raise NotYours
        before = (await store.attendances.of(session)).get(membership)
        if before is None or before.present != present:
            await store.attendances.put(
                session, [membership], present=present, by=by.id, at=clock()
            )


async def tick_who_said_yes(store: Store, clock: Clock, *, by: Person, session: int) -> int:
    """All members who had said yes were there; how many of them were not ticked before."""
    async with store.transaction():
        found = await require_after(store, clock, by, session)
        rows = await _expected(store, found)
        new = [one.membership.id for one in rows if one.reply is Reply.YES and not one.present]
        await store.attendances.put(session, new, present=True, by=by.id, at=clock())
        return len(new)


async def _expected(store: Store, session: Session) -> tuple[Expected, ...]:
    """Everybody who may have been there: members, and who was ticked and has left since."""
    ticked = await store.attendances.of(session.id)
    replies = {one.membership: one.reply for one in await store.rsvps.of(session.id)}
    members = {one.id: one for one in await store.memberships.members(session.exchange)}
    gone = await store.memberships.several(ticked.keys() - members.keys())
    members |= {one.id: one for one in gone.values() if one.state is not MembershipState.REMOVED}
    rows = (
        Expected(one, replies.get(one.id), one.id in ticked and ticked[one.id].present)
        for one in members.values()
    )
    return tuple(sorted(rows, key=_order))


def _order(one: Expected) -> tuple[int, int]:
    reply = one.reply
    first = _COMING.index(reply) if reply in _COMING else len(_COMING)
    return first, one.membership.id
