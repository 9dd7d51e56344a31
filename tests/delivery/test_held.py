"""What is held waits, starves nobody, is no failure, survives a restart, and arrives in order."""

from datetime import UTC, datetime, timedelta

import pytest

from actions import introductions, people, settings
from delivery.ledger import LOOK_AGAIN
from delivery.message import Letter, Nothing, NotYet
from delivery.render import Renderer
from delivery.worker import Render
from domain.introductions import Patience
from domain.notices import IntroductionAccepted, IntroductionAsked, IntroductionReminder
from domain.outbox import Delivery, DeliveryState
from domain.people import QuietHours
from domain.told import Told
from storage.store import Store
from tests.support.outboxes import NOON, queue, rows, state
from tests.support.outboxes import people as some_people
from tests.support.partners import AMMAN, DRESDEN, SetClock, Side, side
from tests.support.raw_server import raw_server, sent
from tests.support.workers import at_work, eventually, letters_to

MIDNIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC)  # In Dresden.
SEVEN = datetime(2026, 3, 3, 6, tzinfo=UTC)
NIGHT = QuietHours(20 * 60, 7 * 60)


def held_until(store: Store, until: datetime, clock: SetClock, *held: int) -> Render:
    """Letters to everybody, though to some not before a moment."""
    letters = letters_to(store)

    async def render(delivery: Delivery) -> Letter | NotYet | Nothing:
        if delivery.recipient in held and clock() < until:
            return NotYet(until, "quiet-hours")
        return await letters(delivery)

    return render


async def put_off(store: Store, number: int) -> None:
    """Until so many rows have been put off."""

    async def holds() -> bool:
        return [one.reason for one in await rows(store)].count("quiet-hours") == number

    await eventually(holds)


async def all_sent(store: Store) -> None:
    async def holds() -> bool:
        return set(await store.outbox.totals()) == {DeliveryState.SENT}

    await eventually(holds, 30)


async def test_what_is_held_starves_nobody_and_all_of_it_arrives(store: Store) -> None:
    *sleeping, awake = await some_people(store, 41)
    clock = SetClock(NOON)
    until = NOON + timedelta(hours=3)
    await queue(store, IntroductionAsked(1), *sleeping)
    await queue(store, IntroductionReminder(1), awake)  # Of lesser priority than all of those.
    render = held_until(store, until, clock, *sleeping)
    async with raw_server(sent()) as server:
        async with at_work(store, server.url, render=render, clock=clock, batch=5):
            await put_off(store, len(sleeping))

            async def told() -> bool:
                return await state(store, awake) == ("sent", None)

            await eventually(told)
            assert len(server.asked) == 1
        # Another start, two at once: nothing is due, nothing has been counted as a failure.
        waiting = [one for one in await rows(store) if one.state == "queued"]
        assert {(one.attempts, one.owner, one.due_at) for one in waiting} == {(0, None, until)}
        clock.now = until
        async with (
            at_work(store, server.url, render=render, clock=clock),
            at_work(store, server.url, render=render, clock=clock),
        ):
            await all_sent(store)
    told = [form["chat_id"] for _, form in server.asked]
    assert len(told) == len(set(told)) == 41


async def test_what_was_held_arrives_in_the_order_in_which_it_came(store: Store) -> None:
    (person,) = await some_people(store, 1)
    clock, until = SetClock(NOON), NOON + timedelta(hours=5)
    render = held_until(store, until, clock, person)
    async with raw_server(sent()) as server:
        async with at_work(store, server.url, render=render, clock=clock):
            for number in range(1, 11):
                await queue(store, IntroductionAsked(number), person, at=clock())
                await put_off(store, number)
                clock.move(minutes=10)
        clock.now = until
        await queue(store, IntroductionAsked(11), person, at=clock())
        async with at_work(store, server.url, render=render, clock=clock):
            await all_sent(store)
    told = [form["text"] for _, form in server.asked]
    assert told == [f"introduction:{number}" for number in range(1, 12)]


async def test_what_is_held_for_long_is_looked_at_meanwhile(store: Store) -> None:
    (person,) = await some_people(store, 1)
    clock, until = SetClock(NOON), NOON + timedelta(days=30)
    await queue(store, IntroductionAsked(1), person)
    render = held_until(store, until, clock, person)
    async with raw_server(sent()) as server, at_work(store, server.url, render=render, clock=clock):
        await put_off(store, 1)
        (waiting,) = await rows(store)
        assert NOON < waiting.due_at <= NOON + LOOK_AGAIN
        clock.now = until
        await all_sent(store)


async def asked(store: Store, clock: SetClock) -> tuple[Side, Side, int]:
    """Amman has asked Dresden for an introduction."""
    here = await side(store, clock, "Dresden", DRESDEN, language="de")
    there = await side(store, clock, "Amman", AMMAN, language="ar")
    made = await introductions.ask(store, clock, by=there.person, organisation=here.id)
    return here, there, made.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_quiet_hours_count_in_the_zone_of_the_place_or_in_one_s_own(store: Store) -> None:
    clock = SetClock(MIDNIGHT)
    here, _, made = await asked(store, clock)
    letter = Renderer(store, clock).letter
    delivery = Delivery(1, IntroductionAsked(made), here.person.id, 0)
    assert isinstance(await letter(delivery), Letter)
    await settings.keep_quiet(store, clock, by=here.person, hours=NIGHT)
    assert await letter(delivery) == NotYet(SEVEN, "quiet-hours")
    await settings.live_in(store, clock, by=here.person, zone="America/Lima")
    assert isinstance(await letter(delivery), Letter)
    await settings.live_in(store, clock, by=here.person, zone=None)
    clock.now = SEVEN
    assert isinstance(await letter(delivery), Letter)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_answers_a_press_is_not_held(store: Store) -> None:
    clock = SetClock(MIDNIGHT)
    here, there, made = await asked(store, clock)
    for one in (here, there):
        await settings.pause(store, clock, by=one.person, until=MIDNIGHT + timedelta(days=3))
    await introductions.accept(store, clock, by=here.person, introduction=made)
    async with store.transaction():
        claimed = await store.outbox.claim(
            owner="me", due=clock(), until=clock() + timedelta(hours=1), limit=9
        )
    contacts = {
        one.recipient: one.answers
        for one in claimed
        if isinstance(one.notice, IntroductionAccepted)
    }
    assert contacts == {here.person.id: True, there.person.id: False}
    letter = Renderer(store, clock).letter
    letters = {one.recipient: await letter(one) for one in claimed if one.recipient in contacts
               and isinstance(one.notice, IntroductionAccepted)}  # fmt: skip
    assert isinstance(letters[here.person.id], Letter)
    assert letters[there.person.id] == NotYet(MIDNIGHT + timedelta(days=3), "paused")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_one_does_not_wish_to_be_told_is_settled_and_not_sent(store: Store) -> None:
    clock = SetClock(MIDNIGHT)
    here, _, made = await asked(store, clock)
    clock.move(days=8)
    assert await introductions.remind_due(store, clock, Patience()) == 1
    letter = Renderer(store, clock).letter
    reminder = Delivery(1, IntroductionReminder(made), here.person.id, 0)
    assert isinstance(await letter(reminder), Letter)
    await settings.tell_of(store, clock, by=here.person, what=Told.REMINDERS, wished=False)
    assert await letter(reminder) == Nothing("unwanted")
    await settings.tell_of(store, clock, by=here.person, what=Told.REMINDERS, wished=True)
    assert isinstance(await letter(reminder), Letter)
    # Who cannot be reached is not waited for.
    await settings.pause(store, clock, by=here.person, until=clock() + timedelta(days=1))
    await people.set_reachable(store, here.person, reachable=False)
    assert await letter(reminder) == Nothing("unreachable")


async def test_who_goes_on_now_is_told_now(store: Store) -> None:
    clock = SetClock(MIDNIGHT)
    here, _, _ = await asked(store, clock)
    await settings.pause(store, clock, by=here.person, until=clock() + timedelta(days=200))
    render = Renderer(store, clock).letter
    async with raw_server(sent()) as server, at_work(store, server.url, render=render, clock=clock):

        async def paused() -> bool:
            return [one.reason for one in await rows(store)] == ["paused"]

        await eventually(paused)
        await settings.pause(store, clock, by=here.person, until=None)
        await all_sent(store)
    assert len(server.asked) == 1
