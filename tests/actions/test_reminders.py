"""Reminders: who is told what and when, however late, however often, and however many do it."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Row, select

from actions import reminders
from domain.errors import NotYours, Refusal
from domain.exchanges import DAY, HOUR, Exchange, Membership, MembershipState
from domain.notices import SessionReminder, notice
from domain.sessions import Reply, Session
from storage.store import Store
from storage.tables import reminders as reminders_table
from tests.support.exchanges import Setting, exchange, member, session
from tests.support.outboxes import rows
from tests.support.partners import SetClock, somebody

ONE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def follow(store: Store, clock: SetClock, one: Session) -> None:
    async with store.transaction():
        await reminders.follow(store, clock, one)


async def planned(store: Store, clock: SetClock, of: Exchange, **more: object) -> Session:
    """An announced session that is followed; in ten days if nothing else is said."""
    made = await session(store, clock, of, **more)
    await follow(store, clock, made)
    return made


async def told(store: Store) -> list[tuple[int | None, int]]:
    """Whom the outbox reminds, and how many minutes before; in the order of people."""
    found = [
        (row.recipient, said.minutes)
        for row in await rows(store)
        if isinstance(said := notice(row.kind, row.payload), SessionReminder)
    ]
    return sorted(found, key=lambda one: (one[0] or 0, -one[1]))


async def row_states(store: Store, of: Session) -> dict[int, tuple[bool, str | None]]:
    """Of each distance: whether it is done, and why it was not said."""
    async with store.reading.connect() as connection:
        found: Iterable[Row] = await connection.execute(
            select(reminders_table).where(reminders_table.c.session_id == of.id)
        )
        return {row.minutes: (row.done_at is not None, row.reason) for row in found}


async def reply(store: Store, clock: SetClock, to: Session, by: Membership, said: Reply) -> None:
    async with store.transaction():
        await store.rsvps.put(to.id, by.id, said, since=clock())


async def move(store: Store, clock: SetClock, one: Session, starts_at: datetime) -> Session:
    """The session takes place at another time."""
    async with store.transaction():
        await store.sessions.change(
            one.id, starts_at=starts_at, ends_at=starts_at + one.lasts, sequence=one.sequence + 1
        )
        moved = await store.sessions.by_id(one.id)
        assert moved is not None
        await reminders.follow(store, clock, moved)
    return moved


async def three(store: Store, clock: SetClock) -> tuple[Setting, list[int]]:
    """An exchange with three members; their ids as people."""
    there = await exchange(store, clock, languages=("de", "uk", "ar"))
    return there, [one.id for one in there.people]


async def test_each_member_is_told_once_at_each_distance(store: Store) -> None:
    clock = SetClock()
    there, people = await three(store, clock)
    made = await planned(store, clock, there.exchange)
    assert await reminders.enqueue_due(store, clock) == 0
    for before in (7 * DAY, DAY, HOUR):
        clock.now = made.starts_at - timedelta(minutes=before, seconds=1)
        assert await reminders.enqueue_due(store, clock) == 0, "never before its time"
        clock.move(seconds=1)
        assert await reminders.enqueue_due(store, clock) == 3
        assert await reminders.enqueue_due(store, clock) == 0, "never twice"
    assert await told(store) == [(one, m) for one in people for m in (7 * DAY, DAY, HOUR)]
    assert set((await row_states(store, made)).values()) == {(True, None)}


async def test_who_does_not_come_is_not_reminded_and_whoever_else_is(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",) * 6)
    yes, no, maybe, waiting, nothing, left = there.members
    made = await planned(store, clock, there.exchange)
    for who, said in ((yes, Reply.YES), (no, Reply.NO), (maybe, Reply.MAYBE),
                      (waiting, Reply.WAITING)):  # fmt: skip
        await reply(store, clock, made, who, said)
    other = await planned(store, clock, there.exchange, starts_at=made.starts_at + timedelta(1))
    await reply(store, clock, other, nothing, Reply.NO)
    async with store.transaction():
        await store.memberships.change(left.id, state=MembershipState.LEFT.value)
        await store.memberships.add(
            exchange=there.exchange.id, person=None, state=MembershipState.MEMBER, at=clock(),
            name="Without Telegram",
        )  # fmt: skip
    late = await somebody(store, clock)
    await member(store, clock, there.exchange, late)
    clock.now = made.starts_at - timedelta(days=7)
    assert await reminders.enqueue_due(store, clock) == 5
    reminded = [one.person for one in (yes, maybe, waiting, nothing)]
    assert [who for who, _ in await told(store)] == [*reminded, late.id]


async def test_after_three_days_down_only_the_nearest_is_told(store: Store) -> None:
    clock = SetClock()
    there, (first, second, third) = await three(store, clock)
    only_week, week_and_hour = there.people[1:]
    await reminders.remind_me(
        store, clock, by=only_week, exchange=there.exchange.id, minutes=(7 * DAY,)
    )
    await reminders.remind_me(
        store, clock, by=week_and_hour, exchange=there.exchange.id, minutes=(HOUR,)
    )
    made = await planned(store, clock, there.exchange, starts_at=clock() + timedelta(days=8))
    gone = await planned(store, clock, there.exchange, starts_at=clock() + timedelta(days=5))
    clock.now = made.starts_at - timedelta(hours=12)
    assert await reminders.enqueue_due(store, clock) == 2
    assert await told(store) == [(first, DAY), (second, 7 * DAY)]
    assert await row_states(store, made) == {
        7 * DAY: (True, "overtaken"), DAY: (True, None), HOUR: (False, None)
    }  # fmt: skip
    assert await row_states(store, gone) == {DAY: (True, "too-late"), HOUR: (True, "too-late")}
    assert third not in [who for who, _ in await told(store)]


async def test_several_processes_miss_nobody_and_tell_nobody_twice(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",) * 5)
    several = [
        await planned(store, clock, there.exchange, starts_at=clock() + timedelta(days=8, hours=n))
        for n in range(12)
    ]
    clock.now = several[-1].starts_at - timedelta(hours=14)
    others = [Store(str(store.url.render_as_string(hide_password=False))) for _ in range(3)]
    try:
        numbers = await asyncio.gather(
            *(reminders.enqueue_due(one, clock) for one in (store, *others) for _ in range(2))
        )
    finally:
        for one in others:
            await one.close()
    assert sum(numbers) == 5 * 12
    said = [(row.recipient, row.subject) for row in await rows(store)]
    assert len(set(said)) == len(said) == 5 * 12
    assert {minutes for _, minutes in await told(store)} == {DAY}


async def test_what_a_member_chooses_holds_for_them_alone(store: Store) -> None:
    clock = SetClock()
    there, (first, second, third) = await three(store, clock)
    made = await planned(store, clock, there.exchange)
    clock.now = made.starts_at - timedelta(days=7)
    await reminders.enqueue_due(store, clock)
    choose = {there.people[1]: (14 * DAY, 15, 2 * DAY), there.people[2]: ()}
    for who, minutes in choose.items():
        for _ in range(2):
            changed = await reminders.remind_me(
                store, clock, by=who, exchange=there.exchange.id, minutes=minutes
            )
            assert changed.reminders == tuple(sorted(minutes, reverse=True))
    assert await row_states(store, made) == {
        7 * DAY: (True, None), 2 * DAY: (False, None), DAY: (False, None), HOUR: (False, None),
        15: (False, None),
    }, "what was done stays so, and what has passed is not made up for"  # fmt: skip
    while clock.now < made.starts_at:
        clock.move(minutes=15)
        await reminders.enqueue_due(store, clock)
    assert await told(store) == [
        (first, 7 * DAY), (first, DAY), (first, HOUR),
        (second, 7 * DAY), (second, 2 * DAY), (second, 15),
        (third, 7 * DAY),
    ]  # fmt: skip
    back = await reminders.remind_me(
        store, clock, by=there.people[1], exchange=there.exchange.id, minutes=None
    )
    assert back.reminders is None


async def test_what_is_chosen_for_all_holds_for_who_has_not_chosen(store: Store) -> None:
    clock = SetClock()
    there, (first, second, third) = await three(store, clock)
    await reminders.remind_me(
        store, clock, by=there.people[2], exchange=there.exchange.id, minutes=(DAY,)
    )
    made = await planned(store, clock, there.exchange)
    for _ in range(2):
        changed = await reminders.remind_exchange(
            store, clock, by=there.coordinator, exchange=there.exchange.id, minutes=(3 * HOUR,)
        )
        assert changed.reminders == (3 * HOUR,)
    assert set(await row_states(store, made)) == {DAY, 3 * HOUR}
    for before in (7 * DAY, DAY, 3 * HOUR, HOUR):
        clock.now = made.starts_at - timedelta(minutes=before)
        await reminders.enqueue_due(store, clock)
    assert await told(store) == [(first, 3 * HOUR), (second, 3 * HOUR), (third, DAY)]


async def test_after_a_move_the_new_time_is_told(store: Store) -> None:
    clock = SetClock()
    there, people = await three(store, clock)
    made = await planned(store, clock, there.exchange)
    clock.now = made.starts_at - timedelta(days=7)
    assert await reminders.enqueue_due(store, clock) == 3
    moved = await move(store, clock, made, made.starts_at + timedelta(days=14))
    await follow(store, clock, moved)
    assert await reminders.enqueue_due(store, clock) == 0
    for again in (3, 0):
        clock.now = moved.starts_at - timedelta(days=7)
        assert await reminders.enqueue_due(store, clock) == again
    # Nearer than a week: what has passed of the new time is not made up for.
    nearer = await move(store, clock, moved, clock() + timedelta(days=6))
    assert await reminders.enqueue_due(store, clock) == 0
    assert set(await row_states(store, nearer)) == {DAY, HOUR}
    assert await told(store) == [(one, 7 * DAY) for one in people for _ in range(2)]


async def test_of_a_cancelled_session_or_a_draft_nobody_is_reminded(store: Store) -> None:
    clock = SetClock()
    there, _ = await three(store, clock)
    made = await planned(store, clock, there.exchange)
    draft = await planned(store, clock, there.exchange, announced_at=None)
    await follow(store, clock, replace(made, cancelled_at=clock()))
    assert await row_states(store, made) == await row_states(store, draft) == {}


async def test_of_a_session_that_is_announced_late_only_what_is_to_come_is_told(
    store: Store,
) -> None:
    clock = SetClock()
    there, people = await three(store, clock)
    made = await planned(store, clock, there.exchange, starts_at=clock() + timedelta(hours=20))
    assert set(await row_states(store, made)) == {HOUR}
    clock.now = made.starts_at - timedelta(minutes=50)
    assert await reminders.enqueue_due(store, clock) == 3
    assert await told(store) == [(one, HOUR) for one in people]


async def test_what_is_due_this_moment_survives_a_choice(store: Store) -> None:
    clock = SetClock()
    there, _ = await three(store, clock)
    made = await planned(store, clock, there.exchange)
    clock.now = made.starts_at - timedelta(days=7)
    await reminders.remind_me(
        store, clock, by=there.people[0], exchange=there.exchange.id, minutes=(15,)
    )
    await follow(store, clock, made)
    assert await reminders.enqueue_due(store, clock) == 2


async def test_who_comes_back_is_reminded_as_they_had_chosen(store: Store) -> None:
    clock = SetClock()
    there, (first, _, _) = await three(store, clock)
    own = there.members[0]
    await reminders.remind_me(
        store, clock, by=there.people[0], exchange=there.exchange.id, minutes=(2 * DAY,)
    )
    async with store.transaction():
        await store.memberships.change(own.id, state=MembershipState.LEFT.value)
    made = await planned(store, clock, there.exchange)
    async with store.transaction():
        await store.memberships.change(own.id, state=MembershipState.MEMBER.value)
    clock.now = made.starts_at - timedelta(days=2)
    await reminders.enqueue_due(store, clock)
    assert (first, 2 * DAY) in await told(store)


async def test_only_members_choose_and_only_what_is_offered(store: Store) -> None:
    clock = SetClock()
    there, _ = await three(store, clock)
    stranger = await somebody(store, clock)
    for by, minutes, refused in (
        (stranger, (DAY,), NotYours),
        (there.people[0], (DAY, 17), Refusal),
        (there.people[0], (-5,), Refusal),
    ):
        with pytest.raises(refused):
            await reminders.remind_me(
                store, clock, by=by, exchange=there.exchange.id, minutes=minutes
            )
    with pytest.raises(Refusal) as refusal:
        await reminders.remind_exchange(
            store, clock, by=there.coordinator, exchange=there.exchange.id, minutes=(17,)
        )
    assert refusal.value.key == "refusal-reminders"
    # What a coordinator has chosen elsewhere may stay beside what is offered.
    async with store.transaction():
        await store.exchanges.change(there.exchange.id, reminders=[45])
    changed = await reminders.remind_exchange(
        store, clock, by=there.coordinator, exchange=there.exchange.id, minutes=(45, DAY)
    )
    assert changed.reminders == (DAY, 45)
