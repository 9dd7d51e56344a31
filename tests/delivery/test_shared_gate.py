"""The gate of several processes: one pace, one flood wait, in a real Redis and real time."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis import Redis

from delivery.gate import Gate, Pace
from delivery.journeys import GIVEN_UP, SPAN
from delivery.shared_gate import GateUnreachableError, SharedGate
from domain.notices import IntroductionAsked, Priority
from domain.outbox import DeliveryState
from storage.store import Store
from tests.support.crowds import crowd, settle_crowd
from tests.support.moments import most_within_a_second
from tests.support.outboxes import people, queue
from tests.support.sandbox_server import free_port, running_sandbox
from tests.support.wires import Wire
from tests.support.workers import at_work, eventually

ROOT = Path(__file__).parents[2]
FAST = Pace(per_second=200)


@asynccontextmanager
async def gates(url: str, key: str, number: int, pace: Pace = FAST) -> AsyncIterator[list[Gate]]:
    """So many processes' gates."""
    some = [SharedGate(url, key, pace) for _ in range(number)]
    for gate in some:
        await gate.start()
    yield list(some)
    for gate in some:
        await gate.stop()


async def pass_all(gate: Gate, *chats: int) -> list[float]:
    """When each passed, in order."""
    moments: list[float] = []

    async def go(chat: int) -> None:
        await gate.passing(chat, Priority.INTRODUCTION)
        moments.append(time.monotonic())

    await asyncio.gather(*(go(chat) for chat in chats))
    return moments


async def test_two_share_one_pace(redis_url: str, redis_key: str) -> None:
    async with gates(redis_url, redis_key, 2) as (one, other):
        began = time.monotonic()
        await asyncio.gather(pass_all(one, *range(1, 31)), pass_all(other, *range(1, 31)))
        assert time.monotonic() - began >= 58 / 200


async def test_however_requests_are_held_up_no_more_arrive_in_a_second_than_may(
    redis_url: str, redis_key: str
) -> None:
    arrived: list[float] = []

    async def go(gate: Gate, number: int) -> None:
        journey = await gate.setting_out(number + 1, Priority.ANNOUNCEMENT)
        # The first of them arrive only together with those that set out long after them.
        await asyncio.sleep(0.4 if number < 20 else 0.0)
        arrived.append(time.monotonic())
        journey.answered()

    async with gates(redis_url, redis_key, 2, Pace(per_second=50)) as both:
        await asyncio.gather(*(go(both[number % 2], number) for number in range(100)))
    assert most_within_a_second(arrived) <= 50


async def test_who_is_gone_is_waited_for_a_little_while_only(
    redis_url: str, redis_key: str
) -> None:
    async with gates(redis_url, redis_key, 2, Pace(per_second=5)) as (one, other):
        for chat in range(1, 6):
            await one.setting_out(chat, Priority.INTRODUCTION)
        began = time.monotonic()
        await pass_all(other, 1)
        assert SPAN < time.monotonic() - began < GIVEN_UP + SPAN + 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_workers_with_one_budget_never_meet_telegram_s_limit(
    store: Store, redis_url: str, redis_key: str, tmp_path: Path
) -> None:
    number = 75
    settle_crowd(tmp_path / "sandbox.db", number)
    everyone = await people(store, number, telegram_ids=crowd(number))
    await queue(store, IntroductionAsked(1), *everyone)

    async def over() -> bool:
        return await store.outbox.totals() == {DeliveryState.SENT: number}

    async with (
        running_sandbox(tmp_path / "sandbox.db", process=True) as sandbox,
        gates(redis_url, redis_key, 2, Pace()) as (one, other),
        at_work(store, sandbox.url, gate=one),
        at_work(store, sandbox.url, gate=other),
    ):
        await eventually(over)
        calls = await sandbox.sim.calls("sendMessage")
    assert [call["status"] for call in calls] == [200] * number


async def test_another_bot_has_a_pace_of_its_own(redis_url: str, redis_key: str) -> None:
    slow = Pace(per_second=0.01)
    async with (
        gates(redis_url, redis_key, 1, slow) as (one,),
        gates(redis_url, f"{redis_key}:other", 1, slow) as (other,),
    ):
        async with asyncio.timeout(5):
            await one.passing(1, Priority.INTRODUCTION)
            await other.passing(1, Priority.INTRODUCTION)


async def test_a_flood_wait_of_one_holds_for_the_other(redis_url: str, redis_key: str) -> None:
    async with gates(redis_url, redis_key, 2) as (one, other):
        await pass_all(other, 1)
        began = time.monotonic()
        one.flooded(0.6)
        one.flooded(0.1)
        await until_shut(redis_url, redis_key)
        (passed,) = await pass_all(other, 2)
        assert passed - began >= 0.6
        (passed,) = await pass_all(one, 2)
        assert passed - began >= 0.6


async def until_shut(redis_url: str, redis_key: str) -> None:
    """Until Redis has heard of the flood wait."""
    async with asyncio.timeout(5):
        with Redis.from_url(redis_url) as redis:
            while not redis.exists(f"{{{redis_key}}}:shut"):
                await asyncio.sleep(0.005)


async def test_the_most_urgent_goes_first(redis_url: str, redis_key: str) -> None:
    async with gates(redis_url, redis_key, 1, Pace(per_second=10)) as (gate,):
        order: list[Priority] = []

        async def go(priority: Priority) -> None:
            await gate.passing(1, priority)
            order.append(priority)

        await gate.passing(1, Priority.INTRODUCTION)
        await asyncio.gather(*(go(priority) for priority in reversed(Priority)))
        assert order == sorted(Priority)


async def test_nothing_is_left_behind_in_redis(redis_url: str, redis_key: str) -> None:
    async with gates(redis_url, redis_key, 1) as (gate,):
        await pass_all(gate, 1)
        gate.flooded(1)
    with Redis.from_url(redis_url) as redis:
        names = list(redis.scan_iter(match=f"*{redis_key}*"))
        assert len(names) == 2
        assert all(0 < redis.pttl(name) <= 61_000 for name in names)


async def test_without_redis_it_does_not_start_and_says_why() -> None:
    gate = SharedGate(f"redis://127.0.0.1:{free_port()}/0", "nobody")
    with pytest.raises(GateUnreachableError, match="REDIS_URL names a Redis that does not answer"):
        await gate.start()


async def test_when_redis_goes_away_it_paces_by_itself(redis_url: str, redis_key: str) -> None:
    async with forwarded(redis_url) as (url, cut):
        gate = SharedGate(url, redis_key, FAST)
        await gate.start()
        await pass_all(gate, 1)
        await cut()
        began = time.monotonic()
        moments = await pass_all(gate, *range(2, 42))
        assert moments[-1] - began >= 38 / 200
        await gate.stop()


@asynccontextmanager
async def forwarded(redis_url: str) -> AsyncIterator[tuple[str, Callable[[], Awaitable[None]]]]:
    """A way to Redis that can be cut."""
    with Redis.from_url(redis_url) as redis:
        options = redis.connection_pool.connection_kwargs
    async with Wire.to(options["host"], options["port"]) as wire:
        yield f"redis://127.0.0.1:{wire.port}/{options.get('db', 0)}", wire.cut


def test_only_who_shares_a_gate_loads_redis() -> None:
    program = "import sys, delivery.shared_gate; sys.exit('redis' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
