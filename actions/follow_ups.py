"""Verbs about follow-ups: who does what by when, agreed to, reminded of, and done."""

from datetime import date
from zoneinfo import ZoneInfo

from actions.afterwards import Seat, seat
from actions.running import runners, runs
from domain.clock import Clock
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.exchanges import Membership
from domain.follow_ups import LONGEST_WORDS, MOST_OPEN, FollowUp
from domain.notices import (
    FollowUpAgreed,
    FollowUpAsked,
    FollowUpDeclined,
    FollowUpDue,
    FollowUpToForward,
)
from domain.people import Person
from domain.rules.afterwards import may_pick, took_place
from domain.rules.follow_ups import may_be_due, next_reminder
from domain.rules.holding import zone_of
from storage.store import Store


async def candidates(
    store: Store, clock: Clock, *, by: Person, session: int
) -> tuple[Membership, ...]:
    """Whom somebody may ask to do something, themself first."""
    there = await _begun(store, clock, by, session)
    members = await store.memberships.members(there.exchange.id)
    chosen = [one for one in members if may_pick(one, there.membership, runs=there.runs)]
    return tuple(sorted(chosen, key=lambda one: (one.person != by.id, one.id)))


async def add(
    store: Store, clock: Clock, *, by: Person, session: int, membership: int, words: str,
    due_on: date,
) -> FollowUp:  # fmt: skip
    """Ask a member, or promise oneself, to do something. The same again is the same. Whoever is
    asked is told; who has no Telegram counts as having agreed."""
    async with store.transaction():
        there = await _begun(store, clock, by, session)
        who = await store.memberships.by_id(membership)
        if who is None or who.exchange != there.exchange.id:
            raise NotYours
        if not may_pick(who, there.membership, runs=there.runs):
            raise NotYours
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise Refusal("refusal-follow-up-words")
        await _check_day(store, clock, by, due_on)
        known = await store.follow_ups.of_session(session)
        for one in known:
            if (one.membership, one.words, one.due_on) == (membership, words, due_on) and one.open:
                return one
        if sum(one.open for one in known) >= MOST_OPEN:
            raise Refusal("refusal-too-many-follow-ups", limit=MOST_OPEN)
        made = await store.follow_ups.add(
            session=session, membership=membership, words=words, due_on=due_on, by=by.id,
            at=clock(),
        )  # fmt: skip
        if who.person is None or who.person == by.id:
            return await _promised(store, clock, made, who)
        notice = FollowUpAsked(made.id, due_on.toordinal())
        await store.outbox.add(notice, [who.person], at=clock())
        return made


async def of_session(store: Store, *, by: Person, session: int) -> tuple[FollowUp, ...]:
    """What somebody may see of a session: what was agreed to; what still waits, or was declined,
    only whom it concerns, who asked for it, and who runs the exchange."""
    there = await seat(store, by, session)
    own = there.membership.id if there.membership else None
    return tuple(
        one
        for one in await store.follow_ups.of_session(session)
        if there.runs or one.agreed_at is not None or by.id == one.created_by
        or one.membership == own
    )  # fmt: skip


async def mine(store: Store, *, by: Person, exchange: int) -> tuple[FollowUp, ...]:
    """What somebody was asked to do in an exchange and has neither done nor declined."""
    return await store.follow_ups.of_person(by.id, exchange)


async def one(store: Store, *, by: Person, follow_up: int) -> FollowUp:
    """One that somebody may see."""
    found = await store.follow_ups.by_id(follow_up)
    if found is None:
        raise NotYours
    seen = await of_session(store, by=by, session=found.session)
    if found not in seen:
        raise NotYours
    return found


async def may_settle(store: Store, person: Person, follow_up: FollowUp) -> bool:
    """Whether it is a person's to say that it is done, or when it will be: for showing buttons."""
    who = await store.memberships.by_id(follow_up.membership)
    if who is None:
        return False
    if who.person is not None:
        return who.person == person.id
    return await runs(store, person, who.exchange)


async def may_remove(store: Store, person: Person, follow_up: FollowUp) -> bool:
    """Whether a person may remove it: whoever entered it, and who runs the exchange."""
    session = await store.sessions.by_id(follow_up.session)
    if follow_up.created_by == person.id:
        return True
    return session is not None and await runs(store, person, session.exchange)


async def agree(store: Store, clock: Clock, *, by: Person, follow_up: int) -> FollowUp:
    """Promise what one was asked to do. Whoever asked is told."""
    async with store.transaction():
        found, who = await _own(store, by, follow_up)
        if found.agreed_at is not None:
            return found
        if not found.open:
            raise NoLongerOpen("refusal-follow-up-settled")
        promised = await _promised(store, clock, found, who)
        await _tell_creator(store, clock, FollowUpAgreed, promised, by)
        return promised


async def decline(store: Store, clock: Clock, *, by: Person, follow_up: int) -> FollowUp:
    """Say that one will not, also after having agreed. Whoever asked is told."""
    async with store.transaction():
        found, _ = await _own(store, by, follow_up)
        if found.declined_at is not None:
            return found
        if not found.open:
            raise NoLongerOpen("refusal-follow-up-settled")
        await store.follow_ups.change(found.id, declined_at=clock(), remind_at=None)
        await _tell_creator(store, clock, FollowUpDeclined, found, by)
        return await _there(store, found.id)


async def done(store: Store, clock: Clock, *, by: Person, follow_up: int) -> FollowUp:
    """It has been done."""
    async with store.transaction():
        found = await _to_settle(store, by, follow_up)
        if found.done_at is not None:
            return found
        if not found.open:
            raise NoLongerOpen("refusal-follow-up-settled")
        agreed = found.agreed_at or clock()
        await store.follow_ups.change(found.id, done_at=clock(), agreed_at=agreed, remind_at=None)
        return await _there(store, found.id)


async def put_off(
    store: Store, clock: Clock, *, by: Person, follow_up: int, due_on: date
) -> FollowUp:
    """It will be done by another day; whoever promises a day has agreed."""
    async with store.transaction():
        found = await _to_settle(store, by, follow_up)
        if not found.open:
            raise NoLongerOpen("refusal-follow-up-settled")
        await _check_day(store, clock, by, due_on)
        if found.due_on == due_on and found.agreed_at is not None:
            return found
        who = await store.memberships.by_id(found.membership)
        if who is None:
            raise NotYours
        await store.follow_ups.change(found.id, due_on=due_on)
        return await _promised(store, clock, await _there(store, found.id), who)


async def remove(store: Store, *, by: Person, follow_up: int) -> int | None:
    """Remove it: whoever entered it, or runs the exchange; the session it was of, None where it is
    gone already."""
    async with store.transaction():
        found = await store.follow_ups.by_id(follow_up)
        if found is None:
            return None
        there = await seat(store, by, found.session)
        if not there.runs and found.created_by != by.id:
            raise NotYours
        await store.follow_ups.remove(found.id)
        return found.session


async def remind_due(store: Store, clock: Clock) -> int:
    """Remind who has promised something that is due soon; how many were told anew."""
    told = 0
    async with store.transaction():
        for one in await store.follow_ups.due(clock()):
            who = await store.memberships.by_id(one.membership)
            if who is None or not who.takes_part or not one.promised:
                await store.follow_ups.change(one.id, remind_at=None)
                continue
            zone = await _zone(store, who)
            told += await _remind(store, clock, one, who, zone)
            following = next_reminder(one.due_on, zone, clock())
            await store.follow_ups.change(one.id, remind_at=following)
    return told


async def _remind(store: Store, clock: Clock, one: FollowUp, who: Membership, zone: str) -> int:
    day, today = one.due_on.toordinal(), clock().astimezone(ZoneInfo(zone)).date()
    before = max(0, (one.due_on - today).days)
    if who.person is not None:
        notice = FollowUpDue(one.id, day, before)
        return await store.outbox.add(notice, [who.person], at=clock())
    # Whoever asked may run the exchange no longer: then nobody would pass it on.
    running = [person.id for person in await runners(store, who.exchange)]
    to = [person for person in running if person == one.created_by] or running
    return await store.outbox.add(FollowUpToForward(one.id, day, before), to, at=clock())


async def _begun(store: Store, clock: Clock, by: Person, session: int) -> Seat:
    there = await seat(store, by, session)
    if not took_place(there.session, clock()):
        raise Refusal("refusal-session-not-begun")
    return there


async def _check_day(store: Store, clock: Clock, by: Person, due_on: date) -> None:
    # By UTC it may still be yesterday where the person lives, or tomorrow already.
    today = min(clock().date(), await today_of(store, clock, by))
    if not may_be_due(due_on, today):
        raise Refusal("refusal-follow-up-day")


async def today_of(store: Store, clock: Clock, person: Person) -> date:
    """Which day it is where a person lives."""
    own = await store.organisations.of(person.id)
    zone = zone_of(person, own.place.timezone if own and own.place else None)
    return clock().astimezone(ZoneInfo(zone)).date()


async def _zone(store: Store, who: Membership) -> str:
    """By whose clocks a member lives; without Telegram by those of the exchange."""
    if who.person is None:
        exchange = await store.exchanges.by_id(who.exchange)
        return exchange.zone if exchange else "UTC"
    person = await store.people.by_id(who.person)
    own = await store.organisations.of(who.person)
    place = own.place.timezone if own and own.place else None
    return zone_of(person, place) if person else "UTC"


async def _promised(store: Store, clock: Clock, follow_up: FollowUp, who: Membership) -> FollowUp:
    remind_at = next_reminder(follow_up.due_on, await _zone(store, who), clock())
    agreed = follow_up.agreed_at or clock()
    await store.follow_ups.change(follow_up.id, agreed_at=agreed, remind_at=remind_at)
    return await _there(store, follow_up.id)


async def _there(store: Store, follow_up: int) -> FollowUp:
    found = await store.follow_ups.by_id(follow_up)
    if found is None:
        raise NotYours
    return found


async def _own(store: Store, by: Person, follow_up: int) -> tuple[FollowUp, Membership]:
    """One that a person was asked to do."""
    found = await _there(store, follow_up)
    who = await store.memberships.by_id(found.membership)
    if who is None or who.person != by.id:
        raise NotYours
    return found, who


async def _to_settle(store: Store, by: Person, follow_up: int) -> FollowUp:
    found = await _there(store, follow_up)
    if not await may_settle(store, by, found):
        raise NotYours
    return found


async def _tell_creator(
    store: Store,
    clock: Clock,
    kind: type[FollowUpAgreed] | type[FollowUpDeclined],
    one: FollowUp,
    by: Person,
) -> None:
    if one.created_by is not None and one.created_by != by.id:
        notice = kind(one.id, one.due_on.toordinal())
        await store.outbox.add(notice, [one.created_by], at=clock())
