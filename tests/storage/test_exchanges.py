"""What is written down of exchanges comes back as it was, on both databases."""

from datetime import timedelta

from actions import reminders, rsvps
from domain.exchanges import DAY, HOUR
from domain.notices import IntroductionAsked
from domain.outbox import DeliveryState
from domain.sessions import Reply
from storage.store import Store
from tests.support.exchanges import exchange, session
from tests.support.outboxes import rows
from tests.support.partners import SetClock


async def test_exchange_members_and_session_come_back_as_they_were(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock, languages=("de", "uk"))
    made = await session(store, clock, set_up.exchange)
    assert await store.exchanges.by_id(set_up.exchange.id) == set_up.exchange
    assert await store.memberships.members(set_up.exchange.id) == set_up.members
    assert await store.memberships.people_of(set_up.exchange.id) == set_up.people
    assert await store.sessions.coming(set_up.exchange.id, since=clock()) == (made,)
    assert await store.exchanges.run_by(set_up.coordinator.id) == (set_up.exchange,)


async def test_a_notice_for_all_members_is_queued_once_for_each(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock, languages=("de", "uk", "ar"))
    async with store.transaction():
        item = IntroductionAsked(7)
        first = await store.outbox.add_for_members(item, set_up.exchange.id, at=clock())
        again = await store.outbox.add_for_members(item, set_up.exchange.id, at=clock())
    assert (first, again) == (3, 0)
    queued = await rows(store)
    assert [one.recipient for one in queued] == [one.id for one in set_up.people]
    assert {(one.kind, one.payload["introduction"], one.state) for one in queued} == {
        ("IntroductionAsked", 7, DeliveryState.QUEUED.value)
    }


async def test_a_post_to_a_group_is_queued_once(store: Store) -> None:
    clock = SetClock()
    async with store.transaction():
        group = await store.exchanges.add_group(-1001, "de", at=clock())
        first = await store.outbox.add_to_group(IntroductionAsked(7), group.id, at=clock())
        again = await store.outbox.add_to_group(IntroductionAsked(7), group.id, at=clock())
        (claimed,) = await store.outbox.claim(
            owner="one", due=clock(), until=clock() + timedelta(seconds=9), limit=5
        )
    assert (first, again) == (1, 0)
    assert (claimed.recipient, claimed.group) == (None, group.id)


async def test_free_seats_go_to_who_waited_longest(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock, languages=("de", "uk", "ar"))
    made = await session(store, clock, set_up.exchange, capacity=2)
    async with store.transaction():
        for one in reversed(set_up.members):
            clock.move(minutes=1)
            await store.rsvps.put(made.id, one.id, Reply.WAITING, since=clock())
        moved = await rsvps.fill(store, clock, made.id)
    first, second, third = set_up.members
    assert moved == (third.id, second.id)
    assert (await store.rsvps.between(made.id, first.id)).reply is Reply.WAITING  # type: ignore[union-attr]


async def test_reminders_follow_what_a_session_is(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock)
    made = await session(store, clock, set_up.exchange, starts_at=clock() + timedelta(days=3))
    async with store.transaction():
        await reminders.follow(store, clock, made)
    assert [one.minutes for one in await store.reminders.of(made.id)] == [DAY, HOUR]
    clock.move(days=2)
    (due,) = await store.reminders.due([made.id], clock())
    assert due.minutes == DAY
