"""Verbs about joining an exchange: ask, admit, decline, take back, leave, remove; remind of what
nobody answers and hand it on in time."""

from actions import entry_codes, rsvps
from actions.running import require_running_alone, runners
from domain.clock import Clock
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.exchanges import HAND_ON_AFTER, REMIND_AFTER, Exchange, Membership, MembershipState
from domain.joining import EntryCode, WhyNot
from domain.notices import (
    AboutJoining,
    JoinAdmitted,
    JoinAsked,
    JoinDeclined,
    JoinForOthers,
    JoinReminder,
    MemberRemoved,
)
from domain.people import Person
from domain.roles import Role
from domain.rules.exchanges import is_listed, may_answer, may_run
from domain.rules.joining import comes_in_at_once, may_ask_again
from storage.store import Store


async def ask(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    exchange: int,
    note: str | None = None,
    name: str | None = None,
    organisation: str | None = None,
    invitation: str | None = None,
) -> Membership:
    """Ask to join; where nobody needs to admit them, or with an `invitation` (the digest of a code
    that they have shown), they are a member at once. Asking twice returns what there is. Name and
    organisation in free words stand in for a profile."""
    async with store.transaction():
        await store.exchanges.lock(exchange)
        code = await entry_codes.open_with(store, clock, invitation, exchange)
        wished = await _joinable(store, by, exchange, invited=code is not None)
        before = await store.memberships.between(exchange, by.id)
        at_once = comes_in_at_once(wished, invited=code is not None)
        if before and (before.takes_part or (before.open and not at_once)):
            return before
        if not may_ask_again(before, clock()):
            raise Refusal("refusal-asked-lately", contact=wished.contact.email)
        state = MembershipState.MEMBER if at_once else MembershipState.ASKED
        made = await _written(
            store, clock, by, wished, before, state, note=note, name=name, organisation=organisation
        )
        await _let_in(store, clock, wished, made, code)
        return made


async def _joinable(store: Store, by: Person, exchange: int, *, invited: bool) -> Exchange:
    """The exchange, if it goes on and this person may know of it."""
    found = await store.exchanges.by_id(exchange)
    member = await store.memberships.between(exchange, by.id)
    if found is None:
        raise Refusal("refusal-exchange-gone")
    ids = [one.id for one in await store.exchanges.coordinators(exchange)]
    runs = may_run(by.id, ids, await store.roles.of(by.id))
    knows = is_listed(found, runs=runs, member=bool(member and member.takes_part), invited=invited)
    if not knows or not found.running:
        raise Refusal("refusal-exchange-gone")
    return found


async def _written(
    store: Store,
    clock: Clock,
    by: Person,
    exchange: Exchange,
    before: Membership | None,
    state: MembershipState,
    **more: str | None,
) -> Membership:
    """Their one row, as it is now."""
    if before is None:
        made = await store.memberships.add(
            exchange=exchange.id, person=by.id, state=state, at=clock(), **more
        )
        if made is None:
            raise NoLongerOpen
        return made
    stated = {key: value for key, value in more.items() if value is not None or key == "note"}
    await store.memberships.change(
        before.id, state=state.value, asked_at=clock(), settled_by=None, settled_at=None,
        reason=None, handed_on_at=None, **stated,
    )  # fmt: skip
    return await _again(store, before)


async def _let_in(
    store: Store, clock: Clock, exchange: Exchange, made: Membership, code: EntryCode | None
) -> None:
    if code is not None:
        await store.entry_codes.count(code.id)
    if made.open:
        notice = JoinAsked(made.id, _asked(made))
        readers = [one.id for one in await runners(store, exchange.id)]
        await store.outbox.add(notice, readers, at=clock())


async def admit(store: Store, clock: Clock, *, by: Person, membership: int) -> Membership:
    """Let them take part. What somebody else has settled meanwhile stays as it is: the membership
    says by whom and how."""
    return await _settle(store, clock, by, membership, MembershipState.MEMBER)


async def decline(
    store: Store, clock: Clock, *, by: Person, membership: int, why: WhyNot
) -> Membership:
    """Not now; they are told why. As with admitting, a second answer changes nothing."""
    return await _settle(store, clock, by, membership, MembershipState.DECLINED, why)


async def _settle(
    store: Store,
    clock: Clock,
    by: Person,
    membership: int,
    state: MembershipState,
    why: WhyNot | None = None,
) -> Membership:
    async with store.transaction():
        found = await answerable(store, clock, by=by, membership=membership)
        done = found.open and await store.memberships.settle(
            found.id, state, by=by.id, at=clock(), reason=why.value if why else None
        )
        if done and found.person is not None:
            kind = JoinAdmitted if state is MembershipState.MEMBER else JoinDeclined
            await store.outbox.add(kind(found.id, _asked(found)), [found.person], at=clock())
        return await _again(store, found)


async def answerable(store: Store, clock: Clock, *, by: Person, membership: int) -> Membership:
    """A request, for whoever may answer it, however it stands; raises NotYours for others. In a
    transaction nobody else settles it meanwhile."""
    found = await store.memberships.by_id(membership)
    if found is None:
        raise NotYours
    if store.unit_at_hand is not None:
        await store.exchanges.lock(found.exchange)
        found = await _again(store, found)
    ids = [one.id for one in await store.exchanges.coordinators(found.exchange)]
    if not may_answer(found, by.id, ids, await store.roles.of(by.id), clock()):
        raise NotYours
    return found


async def withdraw(store: Store, clock: Clock, *, by: Person, exchange: int) -> Membership:
    """Take one's own request back."""
    async with store.transaction():
        found = await _own(store, by, exchange)
        await store.memberships.settle(found.id, MembershipState.WITHDRAWN, by=by.id, at=clock())
        return await _again(store, found)


async def leave(store: Store, clock: Clock, *, by: Person, exchange: int) -> Membership:
    """Take part no longer; seats that were kept for them are others'."""
    async with store.transaction():
        found = await _own(store, by, exchange)
        if found.takes_part:
            await _end(store, clock, found, MembershipState.LEFT, by=by)
        return await _again(store, found)


async def _own(store: Store, by: Person, exchange: int) -> Membership:
    await store.exchanges.lock(exchange)
    found = await store.memberships.between(exchange, by.id)
    if found is None:
        raise NotYours
    return found


async def remove(store: Store, clock: Clock, *, by: Person, membership: int) -> Membership:
    """Let a member go; who is on Telegram is told. Who was entered without it is forgotten."""
    async with store.transaction():
        found = await store.memberships.by_id(membership)
        if found is None:
            raise NotYours
        await require_running_alone(store, by, found.exchange)
        found = await _again(store, found)
        if not found.takes_part:
            return found
        if found.person is None:
            await rsvps.give_back(store, clock, found.id)
            await store.memberships.remove(found.id)
            return found
        await _end(store, clock, found, MembershipState.REMOVED, by=by)
        await store.outbox.add(MemberRemoved(found.id, _asked(found)), [found.person], at=clock())
        return await _again(store, found)


async def _end(
    store: Store, clock: Clock, found: Membership, state: MembershipState, *, by: Person
) -> None:
    await store.memberships.change(
        found.id, state=state.value, settled_by=by.id, settled_at=clock(), reason=None
    )
    await rsvps.give_back(store, clock, found.id)


async def look_after(store: Store, clock: Clock) -> int:
    """Remind those who run an exchange of requests that wait, and hand them on to all other
    coordinators after a while; how many were told. Once to each, however often."""
    told = 0
    async with store.transaction():
        for one in await store.memberships.asked_before(clock() - REMIND_AFTER):
            running = {each.id for each in await runners(store, one.exchange)}
            told += await _tell(store, clock, JoinReminder(one.id, _asked(one)), running)
            if clock() < one.asked_at + HAND_ON_AFTER:
                continue
            others = {each.id for each in await store.roles.holding(Role.COORDINATOR)} - running
            told += await _tell(store, clock, JoinForOthers(one.id, _asked(one)), others)
            if one.handed_on_at is None:
                await store.memberships.change(one.id, handed_on_at=clock())
    return told


async def _tell(store: Store, clock: Clock, notice: AboutJoining, readers: set[int]) -> int:
    return await store.outbox.add(notice, readers, at=clock())


def _asked(one: Membership) -> int:
    return int(one.asked_at.timestamp())


async def _again(store: Store, one: Membership) -> Membership:
    return await store.memberships.by_id(one.id) or one
