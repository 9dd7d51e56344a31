"""Who does what by when: asked, promised, reminded of, done."""

from datetime import date, timedelta

import pytest

from actions import follow_ups
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.exchanges import Membership
from domain.follow_ups import FollowUp
from domain.people import Person
from domain.roles import Role
from domain.sessions import Reply
from storage.store import Store
from tests.support.afterwards import Over, over, told
from tests.support.outboxes import rows
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding

WORDS = "Die Tariftabelle senden"
DUE = date(2026, 3, 10)


async def asked(
    store: Store, clock: SetClock, there: Over, who: Membership, *, by: Person | None = None
) -> FollowUp:
    return await follow_ups.add(
        store, clock, by=by or there.by, session=there.session.id, membership=who.id,
        words=WORDS, due_on=DUE,
    )  # fmt: skip


async def test_a_member_is_asked_once_and_whoever_asked_is_told(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    (member,), (person,) = there.setting.members, there.setting.people
    made = await asked(store, clock, there, member)
    assert await asked(store, clock, there, member) == made
    assert made.waits
    assert await told(store, "FollowUpAsked") == [person.id]
    with pytest.raises(NotYours):
        await follow_ups.agree(store, clock, by=there.by, follow_up=made.id)
    for _ in range(2):
        agreed = await follow_ups.agree(store, clock, by=person, follow_up=made.id)
        assert agreed.promised
    assert await told(store, "FollowUpAgreed") == [there.by.id]
    for _ in range(2):
        settled = await follow_ups.done(store, clock, by=person, follow_up=made.id)
    assert not settled.open
    with pytest.raises(NoLongerOpen):
        await follow_ups.decline(store, clock, by=person, follow_up=made.id)


async def test_a_declined_one_is_told_and_stays_so(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    (member,), (person,) = there.setting.members, there.setting.people
    made = await asked(store, clock, there, member)
    for _ in range(2):
        await follow_ups.decline(store, clock, by=person, follow_up=made.id)
    assert await told(store, "FollowUpDeclined") == [there.by.id]
    with pytest.raises(NoLongerOpen):
        await follow_ups.agree(store, clock, by=person, follow_up=made.id)
    assert await follow_ups.mine(store, by=person, exchange=there.setting.exchange.id) == ()


async def test_reminders_come_three_days_before_and_on_the_day(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    (member,), (person,) = there.setting.members, there.setting.people
    async with store.transaction():
        await store.people.change(person.id, zone="America/Lima")
    made = await asked(store, clock, there, member)
    clock.move(days=5)
    assert await follow_ups.remind_due(store, clock) == 0, "nobody has promised anything"
    clock.move(days=-5)
    await follow_ups.agree(store, clock, by=person, follow_up=made.id)
    mornings = []
    for _ in range(10 * 24):
        clock.move(hours=1)
        if await follow_ups.remind_due(store, clock):
            mornings.append(clock())
    assert [(one.day, one.hour) for one in mornings] == [(7, 14), (10, 14)]
    assert await told(store, "FollowUpDue") == [person.id] * 2


async def test_another_day_is_reminded_of_anew_and_a_done_one_no_more(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    (member,), (person,) = there.setting.members, there.setting.people
    made = await asked(store, clock, there, member)
    later = DUE + timedelta(days=7)
    for _ in range(2):
        moved = await follow_ups.put_off(store, clock, by=person, follow_up=made.id, due_on=later)
    assert (moved.due_on, moved.promised) == (later, True)
    clock.move(days=13)
    assert await follow_ups.remind_due(store, clock) == 1
    await follow_ups.done(store, clock, by=person, follow_up=made.id)
    clock.move(days=13)
    assert await follow_ups.remind_due(store, clock) == 0


async def test_without_telegram_the_coordinator_is_reminded(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    made = await asked(store, clock, there, there.without)
    assert made.promised
    assert [row.kind for row in await rows(store)] == []
    clock.move(days=5)
    assert await follow_ups.remind_due(store, clock) == 1
    assert await told(store, "FollowUpToForward") == [there.by.id]
    with pytest.raises(NotYours):
        await follow_ups.done(store, clock, by=there.setting.people[0], follow_up=made.id)
    await follow_ups.done(store, clock, by=there.by, follow_up=made.id)


async def test_a_member_asks_themself_and_whoever_lets_themself_be_seen(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES, Reply.YES, Reply.YES)
    me, seen, unseen = there.setting.members
    by = there.setting.people[0]
    async with store.transaction():
        await store.memberships.change(seen.id, shows_coming=True)
    offered = await follow_ups.candidates(store, clock, by=by, session=there.session.id)
    assert [one.id for one in offered] == [me.id, seen.id]
    own = await asked(store, clock, there, me, by=by)
    assert own.promised
    asked_of = await asked(store, clock, there, seen, by=by)
    for one in (unseen, there.without):
        with pytest.raises(NotYours):
            await asked(store, clock, there, one, by=by)
    third = there.setting.people[2]
    visible = await follow_ups.of_session(store, by=third, session=there.session.id)
    assert visible == (own,), "what nobody has agreed to is not shown to others"
    with pytest.raises(NotYours):
        await follow_ups.one(store, by=third, follow_up=asked_of.id)
    with pytest.raises(NotYours):
        await follow_ups.remove(store, by=third, follow_up=own.id)
    assert await follow_ups.remove(store, by=by, follow_up=own.id) == there.session.id
    assert await follow_ups.remove(store, by=by, follow_up=own.id) is None


async def test_who_left_is_reminded_of_nothing(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    (member,), (person,) = there.setting.members, there.setting.people
    made = await asked(store, clock, there, member)
    await follow_ups.agree(store, clock, by=person, follow_up=made.id)
    async with store.transaction():
        await store.memberships.change(member.id, state="left")
    clock.move(days=9)
    assert await follow_ups.remind_due(store, clock) == 0


@pytest.mark.parametrize(
    ("words", "due", "refusal"),
    [
        (" ", DUE, "refusal-follow-up-words"),
        ("x" * 301, DUE, "refusal-follow-up-words"),
        (WORDS, date(2026, 3, 1), "refusal-follow-up-day"),
        (WORDS, date(2031, 3, 1), "refusal-follow-up-day"),
    ],
)
async def test_what_cannot_be_promised(store: Store, words: str, due: date, refusal: str) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    with pytest.raises(Refusal, match=refusal):
        await follow_ups.add(
            store, clock, by=there.by, session=there.session.id,
            membership=there.without.id, words=words, due_on=due,
        )  # fmt: skip
    stranger = await somebody(store, clock)
    with pytest.raises(NotYours):
        await follow_ups.candidates(store, clock, by=stranger, session=there.session.id)


@pytest.mark.parametrize("successor", [Role.COORDINATOR, Role.ADMINISTRATOR])
async def test_who_runs_it_now_is_reminded_of_members_without_telegram(
    store: Store, successor: Role
) -> None:
    clock = SetClock()
    there = await over(store, clock)
    made = await asked(store, clock, there, there.without)
    other = await holding(store, clock, successor)
    async with store.transaction():
        if successor is Role.COORDINATOR:
            await store.exchanges.entrust(there.setting.exchange.id, other.id, at=clock())
        await store.roles.revoke(there.by.id, Role.COORDINATOR)
    clock.move(days=(DUE - clock().date()).days)
    assert await follow_ups.remind_due(store, clock) == 1
    assert await told(store, "FollowUpToForward") == [other.id]
    assert (await follow_ups.done(store, clock, by=other, follow_up=made.id)).done_at
