"""The worker: every row leaves once, and what became of it is recorded."""

import asyncio
import sys
from collections.abc import AsyncIterator, MutableMapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

from delivery.gate import Gate, Pace
from delivery.message import Letter, Message, Nothing
from delivery.worker import owner_name
from domain.notices import IntroductionAsked, IntroductionReminder, Notice
from domain.outbox import Delivery, DeliveryState
from storage.store import Store
from tests.support.announced import Announced
from tests.support.outboxes import NOON, people, queue, row, rows, state, states
from tests.support.raw_server import SILENCE, RawServer, raw_server, sent, telegram
from tests.support.sandbox_server import RunningSandbox, free_port, running_sandbox
from tests.support.wires import Wire
from tests.support.workers import UNPACED, at_work, eventually, hasty_clock, letters_to

ROOT = Path(__file__).parents[2]
ASKED = IntroductionAsked(1)
SENT = ("sent", None)


async def until(store: Store, person: int, *expected: str | None) -> None:
    """Until a person's row has this state and reason."""

    async def holds() -> bool:
        return await state(store, person) == expected

    await eventually(holds)


async def until_all(store: Store, wanted: DeliveryState) -> None:
    """Until every row is in a state."""

    async def holds() -> bool:
        return set(await store.outbox.totals()) == {wanted}

    await eventually(holds, 30)


async def people_of(sandbox: RunningSandbox, store: Store, number: int) -> dict[int, int]:
    """People in the sandbox who have started the bot, and are known to the store: their ids."""
    chats = [await sandbox.sim.person(f"Person {n}") for n in range(number)]
    for chat in chats:
        await sandbox.sim.start(chat)
    return dict(zip(await people(store, number, telegram_ids=tuple(chats)), chats, strict=True))


def chats_asked(server: RawServer) -> list[int]:
    return [int(form["chat_id"]) for _, form in server.asked]


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox without limits."""
    async with running_sandbox(
        tmp_path / "sandbox.db", per_second=0, chat_burst=0, group_per_minute=0
    ) as running:
        yield running


async def test_everybody_is_told_once(store: Store) -> None:
    everyone = await people(store, 60)
    await queue(store, ASKED, *everyone)
    later = NOON + timedelta(hours=1)
    async with raw_server(sent(9)) as server, at_work(store, server.url, clock=lambda: later):
        await until_all(store, DeliveryState.SENT)
    assert len(server.asked) == len(set(chats_asked(server))) == 60
    settled = await row(store, everyone[0])
    assert (settled.message_id, settled.attempts, settled.owner) == (9, 0, None)
    assert settled.settled_at == later


async def test_what_is_queued_is_told_at_once(store: Store) -> None:
    several = await people(store, 3)
    async with raw_server(sent()) as server, at_work(store, server.url, poll=3600.0) as running:
        store.queued = running.worker.wake
        for person in several:
            await queue(store, ASKED, person)
            await until(store, person, *SENT)


async def test_without_a_call_it_looks_by_itself(store: Store) -> None:
    (person,) = await people(store, 1)
    async with raw_server(sent()) as server, at_work(store, server.url):
        await queue(store, ASKED, person)
        await until(store, person, *SENT)


async def test_what_is_due_is_said_by_the_product_s_clock(store: Store) -> None:
    person, other = await people(store, 2)
    await queue(store, ASKED, person, at=NOON + timedelta(days=5))
    moment = [NOON]

    def clock() -> datetime:
        return moment[0]

    async with raw_server(sent()) as server, at_work(store, server.url, clock=clock):
        await queue(store, ASKED, other)
        await until(store, other, *SENT)
        assert len(server.asked) == 1
        moment[0] += timedelta(days=6)
        await until(store, person, *SENT)


@pytest.mark.parametrize(
    ("fault", "ends", "arrives"),
    [
        ({"status": 429, "retry_after": 1}, SENT, {1}),
        ({"status": 500}, SENT, {1}),
        ({"status": 502}, SENT, {1}),
        ({"status": 403}, ("blocked", "blocked"), {0}),
        ({"status": 400}, ("failed", "chat-not-found"), {0}),
        ({"cut": "before"}, ("unknown", "line-broke"), {0}),
        ({"cut": "after"}, ("unknown", "line-broke"), {1}),
        ({"delay": 0.8}, ("unknown", "timeout"), {0, 1}),
    ],
    ids=str,
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_each_fault_ends(
    store: Store,
    sandbox: RunningSandbox,
    fault: dict[str, object],
    ends: tuple[str, str | None],
    arrives: set[int],
) -> None:
    unlucky, lucky = (known := await people_of(sandbox, store, 2))
    hits = {"method": "sendMessage", "chat_id": known[unlucky], "times": 1}
    await sandbox.sim.faults(hits | fault)
    await queue(store, ASKED, unlucky, lucky)
    async with at_work(store, sandbox.url, answer_timeout=0.4):
        await until(store, unlucky, *ends)
        await until(store, lucky, *SENT)
    seen = await sandbox.sim.messages(known[unlucky])
    told = [message for message in seen if message["text"] == ASKED.subject]
    assert len(told) in arrives


async def test_who_blocked_the_bot_cannot_be_reached(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    blocked = telegram(403, "Forbidden: bot was blocked by the user")
    async with raw_server(blocked) as server, at_work(store, server.url):
        await until(store, person, "blocked", "blocked")
    found = await store.people.by_id(person)
    assert found is not None
    assert not found.reachable


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_against_telegram_s_limits_none_is_lost_and_none_doubled(
    store: Store, tmp_path: Path
) -> None:
    async with running_sandbox(tmp_path / "strict.db", per_second=20, penalty=0.5) as sandbox:
        known = await people_of(sandbox, store, 50)
        await queue(store, ASKED, *known)
        async with at_work(store, sandbox.url):
            await until_all(store, DeliveryState.SENT)
        calls = await sandbox.sim.calls("sendMessage")
        for chat in known.values():
            seen = await sandbox.sim.messages(chat)
            assert [one["text"] for one in seen].count(ASKED.subject) == 1
    refused = len(calls) - 50
    assert 0 < refused <= 8 * 4


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_flood_wait_holds_for_all(store: Store, sandbox: RunningSandbox) -> None:
    known = await people_of(sandbox, store, 20)
    await sandbox.sim.faults({"method": "sendMessage", "status": 429, "retry_after": 1, "times": 1})
    await queue(store, ASKED, *known)
    async with at_work(store, sandbox.url, at_once=1):
        await until_all(store, DeliveryState.SENT)
    first, *others = await sandbox.sim.calls("sendMessage")
    assert len(others) == 20
    assert min(call["at"] for call in others) - first["at"] >= 0.95


async def test_a_server_that_keeps_failing_is_asked_so_often_and_no_more(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    async with (
        raw_server(telegram(500, "Internal Server Error")) as server,
        at_work(store, server.url, clock=hasty_clock(), tries=3),
    ):
        await until(store, person, "failed", "server-failed")
    assert len(server.asked) == 3


async def test_while_nobody_can_be_reached_everything_waits_uncounted(store: Store) -> None:
    everyone = await people(store, 12)
    await queue(store, ASKED, *everyone)
    port = free_port()
    async with at_work(store, f"http://127.0.0.1:{port}", clock=hasty_clock()):

        async def given_back() -> bool:
            return {row.reason for row in await rows(store)} == {"line"}

        await eventually(given_back)
        async with raw_server(sent(), port=port):
            await until_all(store, DeliveryState.SENT)
    assert {row.attempts for row in await rows(store)} == {0}


async def test_a_wrong_token_is_nobody_s_failure(store: Store) -> None:
    everyone = await people(store, 12)
    await queue(store, ASKED, *everyone)
    refused = [telegram(401, "Unauthorized")] * 9
    async with (
        raw_server(*refused, sent()) as server,
        at_work(store, server.url, clock=hasty_clock()),
    ):
        await until_all(store, DeliveryState.SENT)
    assert len(server.asked) == 9 + 12


async def test_nothing_to_say_is_skipped_with_its_reason(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)

    async def render(_: Delivery) -> Nothing:
        return Nothing("no-longer-true")

    async with raw_server(sent()) as server, at_work(store, server.url, render=render):
        await until(store, person, "skipped", "no-longer-true")
    assert server.asked == []


async def test_a_row_that_cannot_be_put_into_words_holds_up_no_other(store: Store) -> None:
    everyone = await people(store, 10)
    poisoned = everyone[0]
    await queue(store, ASKED, *everyone)

    async def render(delivery: Delivery) -> Letter:
        if delivery.recipient == poisoned:
            raise KeyError("no such text")
        return Letter(delivery.recipient, Message("Hello"))

    async with (
        raw_server(sent()) as server,
        at_work(store, server.url, render=render, clock=hasty_clock()),
    ):
        await until(store, poisoned, "failed", "render-KeyError")
        for person in everyone[1:]:
            await until(store, person, *SENT)
    assert len(server.asked) == 9


async def test_who_waited_long_hears_what_is_true_then(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    gate = Gate(UNPACED)
    gate.flooded(0.5)
    renderings = 0

    async def render(_: Delivery) -> Letter | Nothing:
        nonlocal renderings
        renderings += 1
        return Letter(5, Message("Hello")) if renderings == 1 else Nothing("no-longer-true")

    async with (
        raw_server(sent()) as server,
        at_work(store, server.url, render=render, gate=gate, stale_after=0.2),
    ):
        await until(store, person, "skipped", "no-longer-true")
    assert server.asked == []


async def test_what_is_in_hand_stays_in_hand_however_long_the_gate_is_shut(store: Store) -> None:
    everyone = await people(store, 5)
    await queue(store, ASKED, *everyone)
    gate = Gate(UNPACED)
    gate.flooded(2.5)
    lease = timedelta(seconds=1.0)
    with capture_logs() as logs:
        async with (
            raw_server(sent()) as server,
            at_work(store, server.url, gate=gate, lease=lease),
        ):
            await until_all(store, DeliveryState.CLAIMED)
            async with at_work(store, server.url, lease=lease):
                await until_all(store, DeliveryState.SENT)
    assert "taken-from-the-dead" not in [line["event"] for line in logs]
    assert sorted(chats_asked(server)) == sorted(set(chats_asked(server)))


async def test_while_it_waits_for_its_turn_nothing_is_said_to_be_sent(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    gate = Gate(UNPACED)
    gate.flooded(3600)
    async with raw_server(sent()) as server, at_work(store, server.url, gate=gate) as running:
        await until(store, person, "claimed", None)
        await running.end()
    assert await state(store, person) == ("queued", None)
    assert (await row(store, person)).attempts == 0


async def test_a_person_with_much_to_be_told_holds_up_no_other(store: Store) -> None:
    busy, *others = await people(store, 31)
    for number in range(1, 51):
        await queue(store, IntroductionAsked(number), busy, at=NOON)
    await queue(store, IntroductionReminder(1), *others, at=NOON + timedelta(seconds=1))
    gate = Gate(Pace(per_second=None, chat_burst=2, chat_refill=0.01))
    async with raw_server(sent()) as server, at_work(store, server.url, gate=gate):
        for person in others:
            await until(store, person, *SENT)
    assert [row.state for row in await rows(store)].count("sent") == 30 + 2
    assert len(server.asked) == 30 + 2


@pytest.mark.usefixtures("announced")
async def test_however_much_of_the_urgent_waits_the_rest_has_its_share(store: Store) -> None:
    reader, *others = await people(store, 201)
    await queue(store, ASKED, *others, at=NOON - timedelta(hours=1))
    lesser: list[Notice] = [IntroductionReminder(2), Announced(1)]
    for notice in lesser:
        await queue(store, notice, reader)
    async with raw_server(sent()) as server, at_work(store, server.url):
        await until_all(store, DeliveryState.SENT)
    told = [form["text"] for _, form in server.asked]
    assert all(told.index(notice.subject) < 100 for notice in lesser)


async def test_a_refusal_is_final_and_asked_for_once(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    refused = telegram(400, "Bad Request: chat not found")
    async with raw_server(refused) as server, at_work(store, server.url, clock=hasty_clock()):
        await until(store, person, "failed", "chat-not-found")
        (other,) = (await people(store, 1, telegram_ids=(5,)))[1:]
        await queue(store, ASKED, other)
        await until(store, other, "failed", "chat-not-found")
    assert len(server.asked) == 2


async def test_one_person_is_told_in_order(store: Store) -> None:
    (person,) = await people(store, 1)
    for number in range(1, 21):
        await queue(
            store, IntroductionAsked(number), person, at=NOON + timedelta(milliseconds=number)
        )
    in_time = letters_to(store)

    async def render(delivery: Delivery) -> Letter | Nothing:
        await asyncio.sleep(0.002 * (21 - delivery.notice.introduction))
        return await in_time(delivery)

    async with raw_server(sent()) as server, at_work(store, server.url, render=render):
        await until_all(store, DeliveryState.SENT)
    told = [form["text"] for _, form in server.asked]
    assert told == [f"introduction:{number}" for number in range(1, 21)]


async def test_on_a_clean_stop_what_is_on_the_line_ends_and_the_rest_goes_back(
    store: Store,
) -> None:
    everyone = await people(store, 12)
    await queue(store, ASKED, *everyone)
    async with raw_server(SILENCE) as server, at_work(store, server.url, at_once=3) as running:
        await server.until(lambda: len(server.asked) == 3)
        running.stop.set()
        server.speak(sent())
        await running.task
    assert len(server.asked) == 3
    seen = await rows(store)
    assert [row.state for row in seen].count("sent") == 3
    assert [row.state for row in seen].count("queued") == 9
    assert {(row.attempts, row.owner) for row in seen} == {(0, None)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_stopping_at_any_moment_loses_and_doubles_nothing(store: Store) -> None:
    everyone = await people(store, 150)
    await queue(store, ASKED, *everyone)
    async with raw_server(sent()) as server:
        for number in range(0, 120, 7):
            async with at_work(store, server.url):
                await server.until(lambda enough=number: len(server.asked) >= enough)
        async with at_work(store, server.url):
            await until_all(store, DeliveryState.SENT)
    assert sorted(chats_asked(server)) == sorted(set(chats_asked(server)))
    assert len(server.asked) == 150


async def test_who_dies_between_asking_and_answer_leaves_it_unknown(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, ASKED, person)
    async with raw_server(SILENCE) as server:
        async with at_work(store, server.url) as running:
            await server.until(lambda: len(server.asked) == 1)
            await running.drop_dead()
        assert await state(store, person) == ("sending", None)
        async with at_work(store, server.url):
            await until(store, person, "unknown", "owner-died")
    assert len(server.asked) == 1


async def test_after_kill_9_one_is_unknown_and_the_others_are_told_once(
    database_url: str, store: Store
) -> None:
    everyone = await people(store, 4)
    await queue(store, ASKED, *everyone)
    async with raw_server(SILENCE) as server:
        program = [sys.executable, "-m", "tests.support.worker_process", database_url, server.url]
        process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
        await server.until(lambda: len(server.asked) == 1)
        process.kill()
        await process.wait()
        server.speak(sent())
        async with at_work(store, server.url):

            async def ended() -> bool:
                return {state for state, _ in (await states(store)).values()} == {"sent", "unknown"}

            await eventually(ended, 30)
    ends = sorted((await states(store)).values())
    assert ends == [*[SENT] * 3, ("unknown", "owner-died")]
    assert sorted(chats_asked(server)) == sorted(set(chats_asked(server)))
    assert len(server.asked) == 4


async def tried_in_vain(logs: list[MutableMapping[str, Any]]) -> bool:
    """Whether both claiming and recording have failed, the second one more than once."""
    doing = [line.get("doing") for line in logs]
    return "claim" in doing and doing.count("record") > 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_that_is_gone_for_a_while_ends_nothing(database_url: str) -> None:
    url = make_url(database_url)
    store = Store(database_url)
    everyone = await people(store, 3)
    async with Wire.to(url.host or "127.0.0.1", url.port or 5432) as wire:
        here = url.set(host="127.0.0.1", port=wire.port).render_as_string(hide_password=False)
        shaky = Store(here)
        async with raw_server(SILENCE) as server, at_work(shaky, server.url) as running:
            await queue(store, ASKED, everyone[0])
            await server.until(lambda: len(server.asked) == 1)
            await wire.cut()
            with capture_logs() as logs:
                server.speak(sent())
                await queue(store, ASKED, *everyone[1:])
                await eventually(partial(tried_in_vain, logs))
            assert not running.task.done()
            assert await state(store, everyone[0]) == ("sending", None)
            await wire.mend()
            await until_all(store, DeliveryState.SENT)
        assert sorted(chats_asked(server)) == sorted(set(chats_asked(server)))
        await shaky.close()
    await store.close()


async def test_what_a_dead_worker_had_not_begun_the_next_one_delivers_once(store: Store) -> None:
    everyone = await people(store, 5)
    await queue(store, ASKED, *everyone)
    shut = Gate(UNPACED)
    shut.flooded(3600)
    async with raw_server(sent()) as server:
        async with at_work(store, server.url, gate=shut) as running:
            await until_all(store, DeliveryState.CLAIMED)
            await running.drop_dead()
        async with at_work(store, server.url):
            await until_all(store, DeliveryState.SENT)
    assert len(server.asked) == len(set(chats_asked(server))) == 5


async def test_two_workers_never_tell_twice(database_url: str) -> None:
    one, other = Store(database_url), Store(database_url)
    everyone = await people(one, 200)
    await queue(one, ASKED, *everyone)
    async with (
        raw_server(sent()) as server,
        at_work(one, server.url) as first,
        at_work(other, server.url) as second,
    ):
        await until_all(one, DeliveryState.SENT)
        await first.end()
        await second.end()
    await one.close()
    await other.close()
    assert len(server.asked) == len(set(chats_asked(server))) == 200


async def test_an_erased_person_is_told_nothing(store: Store) -> None:
    gone, there = await people(store, 2)
    await queue(store, ASKED, gone, there)
    gate = Gate(UNPACED)
    gate.flooded(0.4)
    async with raw_server(sent()) as server, at_work(store, server.url, gate=gate):
        await until_all(store, DeliveryState.CLAIMED)
        async with store.transaction():
            await store.people.remove(gone)
        await until(store, there, *SENT)
    assert chats_asked(server) == [1_000_001]
    assert set(await states(store)) == {there}


async def test_a_courier_that_breaks_leaves_it_unknown_and_the_worker_goes_on(
    store: Store,
) -> None:
    first, second = await people(store, 2)
    await queue(store, ASKED, first)
    odd = telegram(200, result={"neither": "a message"})
    async with raw_server(odd, sent()) as server, at_work(store, server.url):
        await until(store, first, "unknown", "courier-KeyError")
        await queue(store, ASKED, second)
        await until(store, second, *SENT)


def test_no_two_starts_have_the_same_owner() -> None:
    names = {owner_name() for _ in range(100)}
    assert len(names) == 100
    assert max(map(len, names)) <= 60
