"""Verbs about rounds: make them when they are due, ask how it goes and how it went, and hear it."""

from collections.abc import Iterable

from actions import telling
from actions.placing import Placing, place, standing
from actions.round_programmes import seed_of, tell_who_takes_part
from actions.running import runs
from domain.clock import Clock
from domain.errors import NotYours
from domain.exchanges import Exchange
from domain.notices import (
    AboutRoundGroup,
    RoundAsked,
    RoundBroken,
    RoundHalfTime,
    RoundInvited,
    RoundMade,
    RoundOpened,
    RoundsStopped,
    RoundToForward,
    RoundUnplaced,
)
from domain.people import Person
from domain.roles import Role
from domain.round_programmes import (
    LEFT_OUT,
    HeldRound,
    Met,
    Programme,
    Seat,
    SeatedGroup,
    Sitter,
    WhyNot,
)
from domain.rules.rounds import Due, day_of, half_time, what_is_due
from storage.store import Store


async def make_due(store: Store, clock: Clock) -> int:
    """Make the rounds that are due; how many. However often and from wherever it is called, each
    round is made once."""
    made = 0
    for programme in await store.rounds.due(clock()):
        made += await _make(store, clock, programme)
    return made


async def _make(store: Store, clock: Clock, programme: Programme) -> bool:
    exchange = await store.exchanges.by_id(programme.exchange)
    if exchange is None or not exchange.running:
        await _end(store, clock, programme)
        return False
    due = what_is_due(programme, exchange.zone, clock())
    if due is None:
        return False
    latest = await store.rounds.latest(programme.id)
    number = latest.number + 1 if latest else 1
    on = day_of(due.begins_at or clock(), exchange.zone)
    placing = await place(
        store, exchange.id, size=programme.size, seed=seed_of(programme, number), on=on,
        programme=programme,
    )  # fmt: skip
    async with store.transaction():
        await store.rounds.lock(programme.id)
        if await store.rounds.programme(programme.id) != programme:
            return False  # somebody else was quicker
        now_there = await store.rounds.sitters(exchange.id)
        if await standing(store, now_there, programme, on) != placing.standing:
            return False  # somebody has come or gone meanwhile: the next tick sees it
        await store.rounds.change(programme.id, next_at=due.next_at)
        return await _hold(store, clock, programme, exchange, due, number, placing)


async def _end(store: Store, clock: Clock, programme: Programme) -> None:
    """There is no further round; who takes part is told."""
    async with store.transaction():
        await store.rounds.lock(programme.id)
        now = await store.rounds.programme(programme.id)
        if now is None or not now.running:
            return
        await store.rounds.change(programme.id, next_at=None, stopped_at=clock())
        await tell_who_takes_part(store, clock, programme, RoundsStopped(programme.id))


async def _hold(
    store: Store,
    clock: Clock,
    programme: Programme,
    exchange: Exchange,
    due: Due,
    number: int,
    placing: Placing,
) -> bool:
    """Write the round down and tell everybody; False where it is too late for this one."""
    if due.begins_at is None or due.ends_at is None:
        return False
    held = await store.rounds.add(
        programme.id, number=number, begins_at=due.begins_at, ends_at=due.ends_at,
        seed=placing.made.seed,
    )  # fmt: skip
    if held is None:
        return False
    seats = await _seat(store, held, placing)
    await _tell(store, clock, held, exchange, placing, seats)
    return True


async def _seat(store: Store, held: int, placing: Placing) -> tuple[Seat, ...]:
    """Everybody has a seat, or a reason why not."""
    seats = [Seat(held, one, why=why) for one, why in placing.standing.items() if why is not None]
    for group in placing.made.groups:
        made = await store.rounds.add_group(held, reasons=group.reasons, against=group.against)
        seats += [Seat(held, one, group=made) for one in group.members]
    seats += [
        Seat(held, one.organisation, why=WhyNot(one.why.value)) for one in placing.made.unplaced
    ]
    await store.rounds.add_seats(seats)
    return tuple(seats)


async def _tell(
    store: Store,
    clock: Clock,
    held: int,
    exchange: Exchange,
    placing: Placing,
    seats: Iterable[Seat],
) -> None:
    people = {one.id: one.person.id for one in placing.sitters if one.person}
    running = await _who_run(store, exchange)
    readers: dict[int, list[int]] = {}
    left_out: list[int] = []
    for seat in seats:
        reader = people.get(seat.membership)
        if seat.group is not None and reader is None:
            forward = RoundToForward(seat.group, seat.membership)
            await store.outbox.add(forward, running, at=clock())
        elif seat.group is not None and reader is not None:
            readers.setdefault(seat.group, []).append(reader)
        elif seat.why in LEFT_OUT and reader is not None:
            left_out.append(reader)
    for group, theirs in readers.items():
        await store.outbox.add(RoundOpened(group), theirs, at=clock())
    await store.outbox.add(RoundUnplaced(held), left_out, at=clock())
    await store.outbox.add(RoundMade(held), running, at=clock())
    # Who has joined the exchange meanwhile is asked for the next one; nobody is asked twice.
    made = await store.rounds.one(held)
    if made is not None:
        invited = RoundInvited(made.programme)
        await telling.tell_members(store, clock, invited, exchange, group=False)


async def _who_run(store: Store, exchange: Exchange) -> list[int]:
    """Who runs an exchange; administrators where nobody else does."""
    own = await store.exchanges.coordinators(exchange.id)
    found = [one.id for one in own if await runs(store, one, exchange.id)]
    return found or [one.id for one in await store.roles.holding(Role.ADMINISTRATOR)]


async def look_after(store: Store, clock: Clock) -> int:
    """Ask groups at half time whether they have met, and at the end what came of it; tell who is
    alone in a group; let programmes end. How many were told."""
    told = 0
    for held in await store.rounds.going_on():
        async with store.transaction():
            told += await _look_after(store, clock, held.id)
    for programme in await store.rounds.running_out():
        await _end(store, clock, programme)
    return told


async def _look_after(store: Store, clock: Clock, number: int) -> int:
    held = await store.rounds.one(number)
    if held is None or held.asked_at is not None:
        return 0
    await store.rounds.lock(held.programme)
    told = await _tell_who_is_alone(store, clock, held)
    if clock() >= held.ends_at:
        await store.rounds.change_round(held.id, asked_at=clock())
        return told + await _ask(store, clock, held, RoundAsked, unless=(Met.CANNOT,))
    if held.nudged_at is None and clock() >= half_time(held.begins_at, held.ends_at):
        await store.rounds.change_round(held.id, nudged_at=clock())
        told += await _ask(store, clock, held, RoundHalfTime, unless=(Met.CANNOT, Met.YES))
    return told


async def _ask(
    store: Store,
    clock: Clock,
    held: HeldRound,
    kind: type[AboutRoundGroup],
    *,
    unless: tuple[Met, ...],
) -> int:
    seats = await store.rounds.seats(held.id)
    there = await store.memberships.several(one.membership for one in seats)
    told = 0
    for seat in seats:
        reader = there.get(seat.membership)
        if seat.group is None or seat.met in unless or seat.helped is not None:
            continue
        if reader is not None and reader.person is not None and reader.takes_part:
            told += await store.outbox.add(kind(seat.group), [reader.person], at=clock())
    return told


async def _tell_who_is_alone(store: Store, clock: Clock, held: HeldRound) -> int:
    told = 0
    seats = {one.membership: one for one in await store.rounds.seats(held.id)}
    for group in await store.rounds.alone_in(held.id):
        await store.rounds.change_group(group.id, broken_at=clock())
        for one in await store.rounds.in_group(group.id):
            if one.person is not None and seats[one.id].met not in (Met.YES, Met.CANNOT):
                told += await store.outbox.add(RoundBroken(group.id), [one.person.id], at=clock())
    return told


async def tell_met(store: Store, clock: Clock, *, by: Person, group: int, met: Met) -> Seat:
    """Say whether one's group has met. Where the last but one cannot, the other is told."""
    async with store.transaction():
        found, seat = await _own_seat(store, by, group)
        if seat.met is met:
            return seat
        await store.rounds.tell(seat.round, seat.membership, met=met.value)
        held = await store.rounds.one(found.round)
        if held is not None and held.asked_at is None:
            await _tell_who_is_alone(store, clock, held)
        return await store.rounds.seat(seat.round, seat.membership) or seat


async def tell_helped(store: Store, *, by: Person, group: int, helped: bool) -> Seat:
    """Say whether meeting helped; who says so has met."""
    async with store.transaction():
        _, seat = await _own_seat(store, by, group)
        await store.rounds.tell(seat.round, seat.membership, helped=helped, met=Met.YES.value)
        return await store.rounds.seat(seat.round, seat.membership) or seat


async def own_group(
    store: Store, *, by: Person, group: int
) -> tuple[SeatedGroup, tuple[Sitter, ...]]:
    """A group in which the person sits, and who sits there."""
    found, _ = await _own_seat(store, by, group)
    return found, await store.rounds.in_group(group)


async def _own_seat(store: Store, by: Person, group: int) -> tuple[SeatedGroup, Seat]:
    found = await store.rounds.group(group)
    held = await store.rounds.one(found.round) if found else None
    programme = await store.rounds.programme(held.programme) if held else None
    own = await store.memberships.between(programme.exchange, by.id) if programme else None
    seat = await store.rounds.seat(found.round, own.id) if found and own else None
    if found is None or own is None or not own.takes_part or seat is None or seat.group != group:
        raise NotYours
    return found, seat
