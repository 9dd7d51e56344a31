"""Verbs about programmes of rounds: begin, pause and end them, take part or not, see how they
stand. What makes a round when it is due is actions/rounds.py."""

from dataclasses import dataclass
from datetime import date

from actions import telling
from actions.placing import Placing, place
from actions.running import require_running_alone, require_runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange, Membership
from domain.notices import Notice, RoundInvited, RoundsPaused, RoundsStopped
from domain.people import Person
from domain.round_programmes import HeldRound, Part, Plan, Programme, Seat, Sitter
from domain.rules.rounds import day_of, is_possible, morning_of, next_after_pause
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Overview:
    """How the rounds of an exchange stand: the programme that runs or the last one, its latest
    round with everybody's seat, and what members have answered."""

    exchange: Exchange
    programme: Programme | None
    sitters: tuple[Sitter, ...]
    parts: dict[int, Part]
    latest: HeldRound | None = None
    seats: tuple[Seat, ...] = ()


async def start(store: Store, clock: Clock, *, by: Person, exchange: int, plan: Plan) -> Programme:
    """Begin rounds, and ask all members whether they take part. Once they run, beginning the same
    changes nothing; others are refused until these have been stopped."""
    async with store.transaction():
        there = await require_running_alone(store, by, exchange)
        if not there.running:
            raise Refusal("refusal-rounds-closed")
        running = await store.rounds.running_in(exchange)
        if running is not None:
            if (running.size, running.every_days, running.until) == _of(plan):
                return running
            raise Refusal("refusal-rounds-run-already")
        if not is_possible(plan, day_of(clock(), there.zone)):
            raise Refusal("refusal-rounds-plan")
        await store.rounds.start(
            exchange, by=by.id, at=clock(), size=plan.size, every_days=plan.every_days,
            until=plan.until, next_at=morning_of(plan.first_on, there.zone),
        )  # fmt: skip
        made = await store.rounds.running_in(exchange)
        if made is None:
            raise RuntimeError("a programme just begun is not there")
        await telling.tell_members(store, clock, RoundInvited(made.id), there, group=False)
        return made


def _of(plan: Plan) -> tuple[int, int, date]:
    return plan.size, plan.every_days, plan.until


async def pause(store: Store, clock: Clock, *, by: Person, programme: int) -> Programme:
    """No round is made until it is resumed; who takes part is told."""
    async with store.transaction():
        found = await _run_by(store, by, programme)
        if found.running and not found.paused:
            await store.rounds.change(found.id, paused_at=clock())
            latest = await store.rounds.latest(found.id)
            number = latest.number + 1 if latest else 1
            await tell_who_takes_part(store, clock, found, RoundsPaused(found.id, number))
        return await _again(store, found)


async def resume(store: Store, clock: Clock, *, by: Person, programme: int) -> Programme:
    """Rounds are made again, from the next one on that is not over yet."""
    async with store.transaction():
        found = await _run_by(store, by, programme)
        if found.paused:
            exchange = await store.exchanges.by_id(found.exchange)
            zone = exchange.zone if exchange else "UTC"
            following = next_after_pause(found, zone, clock())
            await store.rounds.change(found.id, paused_at=None, next_at=following)
        return await _again(store, found)


async def stop(store: Store, clock: Clock, *, by: Person, programme: int) -> Programme:
    """There are no more rounds; the one that goes on comes to its end. Who takes part is told."""
    async with store.transaction():
        found = await _run_by(store, by, programme)
        if found.running:
            await store.rounds.change(found.id, stopped_at=clock(), next_at=None)
            await tell_who_takes_part(store, clock, found, RoundsStopped(found.id))
        return await _again(store, found)


async def take_part(store: Store, clock: Clock, *, by: Person, programme: int, yes: bool) -> Part:
    """Sit in groups from the next round on, or not. Saying so ends a pause."""
    async with store.transaction():
        found, own = await _member_of(store, by, programme)
        return await _answer(store, clock, found, own, yes=yes, paused_until=None)


async def pause_until(
    store: Store, clock: Clock, *, by: Person, programme: int, day: date | None
) -> Part:
    """Sit in no group before that day, and then again by oneself; None ends the pause. Refuses a
    day that is over."""
    async with store.transaction():
        found, own = await _member_of(store, by, programme)
        exchange = await store.exchanges.by_id(found.exchange)
        today = day_of(clock(), exchange.zone if exchange else "UTC")
        if day is not None and day <= today:
            raise Refusal("refusal-rounds-day-over")
        return await _answer(store, clock, found, own, yes=True, paused_until=day)


async def enter(
    store: Store, clock: Clock, *, by: Person, programme: int, membership: int, yes: bool
) -> Part:
    """Let a member without Telegram take part, who has said so elsewhere, or no longer."""
    async with store.transaction():
        found = await _run_by(store, by, programme)
        theirs = await store.memberships.by_id(membership)
        if (
            theirs is None
            or theirs.exchange != found.exchange
            or theirs.person is not None
            or not theirs.takes_part
        ):
            raise NotYours
        return await _answer(store, clock, found, theirs, yes=yes, paused_until=None)


async def preview(
    store: Store, clock: Clock, *, by: Person, exchange: int, size: int, on: date
) -> Placing:
    """Who would sit with whom in the next round, and why. Before there is a programme it shows how
    it would be if all took part."""
    await require_runs(store, by, exchange)
    running = await store.rounds.running_in(exchange)
    latest = await store.rounds.latest(running.id) if running else None
    seed = seed_of(running, latest.number + 1 if latest else 1) if running else exchange
    return await place(store, exchange, size=size, seed=seed, on=on, programme=running)


def seed_of(programme: Programme, number: int) -> int:
    """The seed of a round: the same before and when it is made, so that a preview comes true if
    nothing changes until then."""
    return programme.id * 1_000 + number


async def overview(store: Store, *, by: Person, exchange: int) -> Overview:
    """How the rounds of an exchange stand, for who runs it."""
    there = await require_runs(store, by, exchange)
    found = await store.rounds.running_in(exchange) or await store.rounds.latest_in(exchange)
    sitters = await store.rounds.sitters(exchange)
    if found is None:
        return Overview(there, None, sitters, {})
    latest = await store.rounds.latest(found.id)
    seats = await store.rounds.seats(latest.id) if latest else ()
    return Overview(there, found, sitters, await store.rounds.parts(found.id), latest, seats)


async def own_part(
    store: Store, *, by: Person, exchange: int
) -> tuple[Programme | None, Part | None, Membership]:
    """The programme of an exchange and one's own part in it, for its members."""
    own = await store.memberships.between(exchange, by.id)
    if own is None or not own.takes_part:
        raise NotYours
    found = await store.rounds.running_in(exchange) or await store.rounds.latest_in(exchange)
    part = await store.rounds.part(found.id, own.id) if found else None
    return found, part, own


async def tell_who_takes_part(
    store: Store, clock: Clock, programme: Programme, notice: Notice
) -> None:
    """Tell everybody who takes part, also who pauses; in a transaction of the caller."""
    parts = await store.rounds.parts(programme.id)
    readers = [
        one.person.id
        for one in await store.rounds.sitters(programme.exchange)
        if one.person and one.id in parts and parts[one.id].takes_part
    ]
    await store.outbox.add(notice, readers, at=clock())


async def _answer(
    store: Store,
    clock: Clock,
    programme: Programme,
    member: Membership,
    *,
    yes: bool,
    paused_until: date | None,
) -> Part:
    if not programme.running:
        raise Refusal("refusal-rounds-over")
    before = await store.rounds.part(programme.id, member.id)
    if before and (before.takes_part, before.paused_until) == (yes, paused_until):
        return before
    await store.rounds.put_part(
        programme.id, member.id, takes_part=yes, since=clock(), paused_until=paused_until
    )
    return Part(programme.id, member.id, yes, clock(), paused_until)


async def _run_by(store: Store, by: Person, programme: int) -> Programme:
    """The programme, if the person runs its exchange now; nobody makes a round of it meanwhile."""
    await store.rounds.lock(programme)
    found = await store.rounds.programme(programme)
    if found is None:
        raise NotYours
    await require_runs(store, by, found.exchange)
    return found


async def _member_of(store: Store, by: Person, programme: int) -> tuple[Programme, Membership]:
    found = await store.rounds.programme(programme)
    own = await store.memberships.between(found.exchange, by.id) if found else None
    if found is None or own is None or not own.takes_part:
        raise NotYours
    return found, own


async def _again(store: Store, one: Programme) -> Programme:
    return await store.rounds.programme(one.id) or one
