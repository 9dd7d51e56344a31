"""Joining an exchange: asked, answered, taken back, left, reminded of and handed on."""

from datetime import timedelta

import pytest

from actions import enquiries, entry_codes, erasure, exchanges, joining
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.exchanges import Entry, MembershipState
from domain.joining import CODE_LASTS, MOST_CODES, WhyNot
from domain.roles import MOST_WRONG, Role
from domain.sessions import Reply
from storage.store import Store
from tests.support import outboxes
from tests.support.exchanges import exchange, session
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding


async def told(store: Store, kind: str) -> list[int]:
    """Who is told of something of this kind."""
    rows = await outboxes.rows(store)
    return sorted(one.recipient for one in rows if one.kind == kind)


async def test_asking_twice_is_one_request_and_tells_once(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock, "uk")
    number = there.exchange.id
    first = await joining.ask(store, clock, by=person, exchange=number, note="Привіт")
    clock.move(days=1)
    again = await joining.ask(store, clock, by=person, exchange=number, note="Ще раз")
    assert again == first
    assert (first.state, first.note) == (MembershipState.ASKED, "Привіт")
    assert await told(store, "JoinAsked") == [there.coordinator.id]


async def test_an_open_exchange_needs_nobody(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock, entry=Entry.OPEN), await somebody(store, clock)
    made = await joining.ask(
        store, clock, by=person, exchange=there.exchange.id, name="Ada", organisation="SW Gera"
    )
    assert (made.takes_part, made.name, made.organisation) == (True, "Ada", "SW Gera")
    assert await told(store, "JoinAsked") == []


async def test_of_two_who_answer_the_second_is_told_who_did(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    second = await holding(store, clock, Role.COORDINATOR)
    number = there.exchange.id
    await exchanges.entrust(store, clock, by=there.coordinator, exchange=number, person=second.id)
    asked = await joining.ask(store, clock, by=person, exchange=number)
    for _ in range(2):
        done = await joining.admit(store, clock, by=there.coordinator, membership=asked.id)
        assert (done.state, done.settled_by) == (MembershipState.MEMBER, there.coordinator.id)
    late = await joining.decline(store, clock, by=second, membership=asked.id, why=WhyNot.FULL)
    assert (late.state, late.settled_by) == (MembershipState.MEMBER, there.coordinator.id)
    assert await told(store, "JoinAdmitted") == [person.id]
    assert await told(store, "JoinDeclined") == []
    assert await told(store, "ExchangeEntrusted") == [second.id]


async def test_who_was_declined_may_ask_again_after_a_while(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    number = there.exchange.id
    asked = await joining.ask(store, clock, by=person, exchange=number)
    done = await joining.decline(
        store, clock, by=there.coordinator, membership=asked.id, why=WhyNot.THEME
    )
    assert (done.state, done.reason) == (MembershipState.DECLINED, "theme")
    clock.move(days=29)
    with pytest.raises(Refusal, match="refusal-asked-lately"):
        await joining.ask(store, clock, by=person, exchange=number)
    clock.move(days=1)
    again = await joining.ask(store, clock, by=person, exchange=number)
    assert (again.id, again.open, again.reason) == (asked.id, True, None)
    assert await told(store, "JoinAsked") == [there.coordinator.id] * 2


async def test_taken_back_and_asked_anew_at_once(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    number = there.exchange.id
    await joining.ask(store, clock, by=person, exchange=number)
    for _ in range(2):
        taken = await joining.withdraw(store, clock, by=person, exchange=number)
        assert taken.state is MembershipState.WITHDRAWN
    assert (await joining.ask(store, clock, by=person, exchange=number)).open


async def test_who_leaves_makes_room_for_who_waits(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de", "uk"))
    comes, waits = there.members
    coming = await session(store, clock, there.exchange, capacity=1)
    past = await session(store, clock, there.exchange, starts_at=clock() - timedelta(days=9))
    async with store.transaction():
        for one in (coming, past):
            await store.rsvps.put(one.id, comes.id, Reply.YES, since=clock())
        await store.rsvps.put(coming.id, waits.id, Reply.WAITING, since=clock())
    for _ in range(2):
        left = await joining.leave(store, clock, by=there.people[0], exchange=there.exchange.id)
        assert left.state is MembershipState.LEFT
    replies = {one.membership: one.reply for one in await store.rsvps.of(coming.id)}
    assert replies == {waits.id: Reply.YES}
    assert [one.session for one in await store.rsvps.of_membership(comes.id)] == [past.id]
    back = await joining.ask(store, clock, by=there.people[0], exchange=there.exchange.id)
    assert (back.id, back.open) == (comes.id, True)


async def test_who_is_erased_makes_room_too_and_nobody_is_told_of_them(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de", "uk"))
    (comes, waits), asks = there.members, await somebody(store, clock)
    coming = await session(store, clock, there.exchange, capacity=1)
    async with store.transaction():
        await store.rsvps.put(coming.id, comes.id, Reply.YES, since=clock())
        await store.rsvps.put(coming.id, waits.id, Reply.WAITING, since=clock())
    await joining.ask(store, clock, by=asks, exchange=there.exchange.id)
    for person in (there.people[0], asks):
        await erasure.erase(store, clock, person)
    replies = {one.membership: one.reply for one in await store.rsvps.of(coming.id)}
    assert replies == {waits.id: Reply.YES}
    assert await store.memberships.asked(there.exchange.id) == ()
    assert await told(store, "JoinAsked") == []


async def test_a_removed_member_is_told_and_waits(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("fr",))
    (member,), (person,) = there.members, there.people
    for _ in range(2):
        gone = await joining.remove(store, clock, by=there.coordinator, membership=member.id)
        assert gone.state is MembershipState.REMOVED
    assert await told(store, "MemberRemoved") == [person.id]
    with pytest.raises(Refusal, match="refusal-asked-lately"):
        await joining.ask(store, clock, by=person, exchange=there.exchange.id)


async def test_reminded_after_three_days_and_handed_on_after_seven(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    other = await holding(store, clock, Role.COORDINATOR)
    asked = await joining.ask(store, clock, by=person, exchange=there.exchange.id)
    clock.move(days=2, hours=23)
    assert await joining.look_after(store, clock) == 0
    clock.move(hours=1)
    assert [await joining.look_after(store, clock) for _ in range(2)] == [1, 0]
    with pytest.raises(NotYours):
        await joining.admit(store, clock, by=other, membership=asked.id)
    clock.move(days=4)
    assert [await joining.look_after(store, clock) for _ in range(2)] == [1, 0]
    assert await told(store, "JoinReminder") == [there.coordinator.id]
    assert await told(store, "JoinForOthers") == [other.id]
    admitted = await joining.admit(store, clock, by=other, membership=asked.id)
    assert admitted.takes_part
    assert await joining.look_after(store, clock) == 0


async def test_what_was_never_handed_on_is_nothing_to_others(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("uk",))
    by, (member,) = there.coordinator, there.members
    other, asks = await holding(store, clock, Role.COORDINATOR), await somebody(store, clock)
    asked = await joining.ask(store, clock, by=asks, exchange=there.exchange.id)
    await joining.decline(store, clock, by=by, membership=asked.id, why=WhyNot.FULL)
    entered = await exchanges.enter(
        store, clock, by=by, exchange=there.exchange.id, name="Jan", email="jan@example.org"
    )
    clock.move(days=30)
    await joining.look_after(store, clock)
    for one in (member, asked, entered):
        with pytest.raises(NotYours):
            await joining.answerable(store, clock, by=other, membership=one.id)
        assert await joining.answerable(store, clock, by=by, membership=one.id)


async def test_others_learn_what_came_of_what_was_handed_on_to_them(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    other = await holding(store, clock, Role.COORDINATOR)
    asked = await joining.ask(store, clock, by=person, exchange=there.exchange.id)
    clock.move(days=7)
    await joining.look_after(store, clock)
    await joining.admit(store, clock, by=there.coordinator, membership=asked.id)
    late = await joining.decline(store, clock, by=other, membership=asked.id, why=WhyNot.FULL)
    assert (late.state, late.settled_by) == (MembershipState.MEMBER, there.coordinator.id)


async def test_where_no_coordinator_is_left_administrators_are_asked(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    chief = await holding(store, clock, Role.ADMINISTRATOR)
    async with store.transaction():
        await store.roles.revoke(there.coordinator.id, Role.COORDINATOR)
    asked = await joining.ask(store, clock, by=person, exchange=there.exchange.id)
    assert await told(store, "JoinAsked") == [chief.id]
    with pytest.raises(NotYours):
        await joining.admit(store, clock, by=there.coordinator, membership=asked.id)
    assert (await joining.admit(store, clock, by=chief, membership=asked.id)).takes_part


async def test_a_question_and_its_answer_are_told_once(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    asked = await joining.ask(store, clock, by=person, exchange=there.exchange.id)
    made = [
        await enquiries.ask(
            store, clock, by=there.coordinator, membership=asked.id, words="Seit wann?"
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    with pytest.raises(NotYours):
        await enquiries.answer(
            store, clock, by=there.coordinator, enquiry=made[0].id, words="Seit gestern"
        )
    for words in ("Seit 2019", "Anders"):
        done = await enquiries.answer(store, clock, by=person, enquiry=made[0].id, words=words)
        assert done.answer == "Seit 2019"
    assert await told(store, "EnquiryMade") == [person.id]
    assert await told(store, "EnquiryAnswered") == [there.coordinator.id]
    await joining.admit(store, clock, by=there.coordinator, membership=asked.id)
    with pytest.raises(NoLongerOpen):
        await enquiries.ask(
            store, clock, by=there.coordinator, membership=asked.id, words="Noch etwas?"
        )


@pytest.mark.parametrize("entry", Entry)
async def test_a_code_lets_in_until_it_ends_or_is_revoked(store: Store, entry: Entry) -> None:
    clock = SetClock()
    there = await exchange(store, clock, entry=entry)
    number, by = there.exchange.id, there.coordinator
    code, made = await entry_codes.make(store, clock, by=by, exchange=number, days=30)
    assert code not in str(await entry_codes.listed(store, by=by, exchange=number))
    person = await somebody(store, clock)
    if entry is Entry.BY_INVITATION:
        with pytest.raises(Refusal, match="refusal-exchange-gone"):
            await joining.ask(store, clock, by=person, exchange=number)
    led = await entry_codes.follow(store, clock, by=person, code=f" {code.upper()}")
    for _ in range(2):
        member = await joining.ask(
            store, clock, by=person, exchange=number, invitation=led.invitation
        )
        assert member.takes_part
    assert [one.used for one in await entry_codes.listed(store, by=by, exchange=number)] == [1]
    endless, other = await entry_codes.make(store, clock, by=by, exchange=number, days=0)
    await entry_codes.revoke(store, clock, by=by, code=other.id)
    clock.move(days=30)
    late = await somebody(store, clock)
    for ended in (code, endless):
        led = await entry_codes.follow(store, clock, by=late, code=ended)
        assert (led.exchange, led.invitation) == (there.exchange, None)
    if entry is Entry.BY_INVITATION:
        with pytest.raises(Refusal, match="refusal-exchange-gone"):
            await joining.ask(store, clock, by=late, exchange=number, invitation=made.digest)


async def test_codes_are_not_to_be_guessed(store: Store) -> None:
    clock = SetClock()
    there, person = await exchange(store, clock), await somebody(store, clock)
    number, by = there.exchange.id, there.coordinator
    code, _ = await entry_codes.make(store, clock, by=by, exchange=number, days=CODE_LASTS[0])
    for guess in range(MOST_WRONG):
        led = await entry_codes.follow(store, clock, by=person, code=f"{guess:032x}")
        assert led.exchange is None
    with pytest.raises(Refusal, match="refusal-codes-an-hour"):
        await entry_codes.follow(store, clock, by=person, code=code)
    clock.move(hours=1)
    led = await entry_codes.follow(store, clock, by=person, code=code)
    assert led.exchange == there.exchange
    for _ in range(MOST_CODES - 1):
        await entry_codes.make(store, clock, by=by, exchange=number, days=0)
    with pytest.raises(Refusal, match="refusal-codes-open"):
        await entry_codes.make(store, clock, by=by, exchange=number, days=0)
