"""Verbs about who comes to a session: reply, see who comes, and give free seats to who waits."""

from collections.abc import Sequence

from actions.running import require_runs, runners, runs
from domain.attendees import Attendance, Attendee
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Membership
from domain.notices import ComingCounted, MovedUp, MovedUpToForward, Replied
from domain.people import Person
from domain.rules.replies import (
    ASKED_FOR,
    behind,
    counted,
    free_seats,
    may_reply,
    next_count,
    place_in_line,
    says_the_same,
    settled,
    why_closed,
)
from domain.sessions import Reply, Rsvp, Session
from storage.store import Store

MANY = 100_000
NO_MEMBER = "refusal-replies-of-members"
"""Said alike of what there is not, and of what somebody takes no part in."""


async def reply(store: Store, clock: Clock, *, by: Person, session: int, reply: Reply) -> Rsvp:
    """Say whether one comes. A "yes" waits where all seats are taken; a seat that is given back
    goes to who has waited longest. Saying it again changes nothing. Raises a refusal for who is no
    member, and once the session has begun or was cancelled."""
    async with store.transaction():
        return await _reply(store, clock, by, session, reply)


async def reply_in_group(
    store: Store, clock: Clock, *, by: Person, session: int, reply: Reply
) -> Rsvp:
    """The same as `reply`, said where only they see the answer and not for long: it is told to
    them in private, too, once for each reply."""
    async with store.transaction():
        said = await _reply(store, clock, by, session, reply)
        notice = Replied(said.session, said.membership, counted(said.since))
        await store.outbox.add(notice, [by.id], at=clock(), answering=by.id)
        return said


async def _reply(store: Store, clock: Clock, by: Person, session: int, wish: Reply) -> Rsvp:
    there = await store.sessions.by_id(session)
    member = await store.memberships.between(there.exchange, by.id) if there else None
    if there is None or member is None:
        raise Refusal(NO_MEMBER)
    return await _put(store, clock, there, member, wish)


async def record_for(
    store: Store, clock: Clock, *, by: Person, session: int, membership: int, reply: Reply
) -> Rsvp:
    """Write down what a member without Telegram has said; who runs the exchange may."""
    async with store.transaction():
        there = await _run_by(store, by, session)
        member = await store.memberships.by_id(membership)
        if member is None or member.exchange != there.exchange:
            raise NotYours
        if member.person is not None:
            raise Refusal("refusal-replies-themselves")
        return await _put(store, clock, there, member, reply)


async def _put(
    store: Store, clock: Clock, session: Session, member: Membership, wish: Reply
) -> Rsvp:
    # Who leaves meanwhile, or a session that is cancelled: what is true now is read under locks.
    await store.memberships.lock(member.id)
    await store.sessions.lock(session.id)
    there, now_member = await _as_they_are(store, session.id, member.id)
    if there is None or wish not in ASKED_FOR or not may_reply(there, now_member):
        raise Refusal(NO_MEMBER)
    if closed := why_closed(there, clock()):
        raise Refusal(closed)
    before = await store.rsvps.between(there.id, member.id)
    if before is not None and says_the_same(before, wish):
        return before
    await fill(store, clock, there.id)
    became = settled(wish, free_seats(there, await store.rsvps.numbers(there.id)))
    since = clock()
    if became is Reply.WAITING:
        since = behind(await store.rsvps.waiting(there.id), since)
    await store.rsvps.put(there.id, member.id, became, since=since)
    await fill(store, clock, there.id)
    return await store.rsvps.between(there.id, member.id) or Rsvp(
        there.id, member.id, became, since
    )


async def _as_they_are(
    store: Store, session: int, membership: int
) -> tuple[Session | None, Membership | None]:
    return await store.sessions.by_id(session), await store.memberships.by_id(membership)


async def fill(store: Store, clock: Clock, session: int) -> tuple[int, ...]:
    """Give free seats to those who have waited longest, and tell them, or who runs the exchange of
    those without Telegram; the memberships that moved up. In a transaction of the caller, after
    whatever may have freed a seat: a reply, a leaving, a larger capacity. Nobody moves up any more
    once the session has begun."""
    await store.sessions.lock(session)
    there = await store.sessions.by_id(session)
    if there is None or why_closed(there, clock()):
        return ()
    await _count_in_group(store, clock, there)
    free = free_seats(there, await store.rsvps.numbers(session))
    if free == 0:
        return ()
    moved = await store.rsvps.first_waiting(session, limit=MANY if free is None else free)
    since = clock()
    for one in moved:
        await store.rsvps.put(session, one.membership, Reply.YES, since=since)
        await _tell_moved_up(store, clock, there, one.membership, counted(since))
    return tuple(one.membership for one in moved)


async def _count_in_group(store: Store, clock: Clock, session: Session) -> None:
    """The exchange's group sees in a moment how many come."""
    exchange = await store.exchanges.by_id(session.exchange)
    if exchange is not None and exchange.group is not None:
        number, moment = next_count(clock())
        item = ComingCounted(session.id, number)
        await store.outbox.add_to_group(item, exchange.group, at=moment)


async def _tell_moved_up(
    store: Store, clock: Clock, session: Session, membership: int, since: int
) -> None:
    member = await store.memberships.by_id(membership)
    if member is not None and member.person is not None:
        notice = MovedUp(session.id, membership, since)
        await store.outbox.add(notice, [member.person], at=clock())
    elif member is not None:
        forward = MovedUpToForward(session.id, membership, since)
        running = [one.id for one in await runners(store, session.exchange)]
        await store.outbox.add(forward, running, at=clock())


async def give_back(store: Store, clock: Clock, membership: int) -> None:
    """Forget what a member has replied to sessions that are still to come, since they take part no
    longer; who waits moves up. In a transaction of the caller, after their leaving or removal was
    written down."""
    await store.memberships.lock(membership)
    for session in await store.rsvps.to_come(membership=membership, after=clock()):
        await store.sessions.lock(session)
        await store.rsvps.remove(session, membership)
        await fill(store, clock, session)


async def about_to_free(store: Store, clock: Clock, person: Person) -> tuple[int, ...]:
    """The sessions in which a person who is about to be erased may have a seat, locked: they are
    to be filled once the person is gone."""
    for one in sorted(each.id for each in await store.memberships.of_person(person.id)):
        await store.memberships.lock(one)
    found = await store.rsvps.to_come_of_person(person.id, after=clock())
    for session in found:
        await store.sessions.lock(session)
    return found


async def place(store: Store, rsvp: Rsvp) -> int | None:
    """The place in the line of who waits, counted from 1; None for anybody else."""
    if rsvp.reply is not Reply.WAITING:
        return None
    return place_in_line(await store.rsvps.waiting(rsvp.session), rsvp.membership)


async def show_coming(
    store: Store, clock: Clock, *, by: Person, exchange: int, shows: bool
) -> Membership:
    """Let the other members of an exchange see that one comes to its sessions, or no longer."""
    async with store.transaction():
        member = await store.memberships.between(exchange, by.id)
        if member is None or not member.takes_part:
            raise NotYours
        await store.memberships.change(member.id, shows_coming=shows, showing_said_at=clock())
        return await store.memberships.by_id(member.id) or member


async def who_comes(store: Store, *, by: Person, session: int) -> Attendance:
    """Who comes, as far as somebody may see it: who runs the exchange everybody with their
    organisation, members the numbers and those who let others see it."""
    there = await store.sessions.by_id(session)
    if there is None:
        raise NotYours
    whole = await runs(store, by, there.exchange)
    if not whole and not may_reply(there, await store.memberships.between(there.exchange, by.id)):
        raise NotYours
    every = await store.rsvps.attendees(session)
    seen = every if whole else _shown_to_members(every)
    return Attendance(there, await store.rsvps.numbers(session), seen, whole)


def _shown_to_members(every: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Those who agreed, without where they are from. Who does not come is nobody's business."""
    return tuple(one for one in every if one.shows and one.reply is not Reply.NO)


async def without_telegram(
    store: Store, *, by: Person, session: int
) -> tuple[Session, tuple[Attendee, ...]]:
    """The members without Telegram, with what was written down for them; for who runs the
    exchange."""
    there = await _run_by(store, by, session)
    return there, await store.rsvps.without_telegram(session, there.exchange)


async def _run_by(store: Store, by: Person, session: int) -> Session:
    there = await store.sessions.by_id(session)
    if there is None:
        raise NotYours
    await require_runs(store, by, there.exchange)
    return there
