"""The gate: pace, order, chats, flood waits, in virtual time; its cost in real time."""

import asyncio
import time

import pytest

from delivery.gate import NO_CHAT, REMEMBERED_CHATS, Gate, Pace
from domain.notices import Priority
from tests.support.virtual_time import VirtualTime

CONVERSATION, INTRODUCTION = Priority.CONVERSATION, Priority.INTRODUCTION
REMINDER, ANNOUNCEMENT = Priority.REMINDER, Priority.ANNOUNCEMENT
NO_FAIRNESS = 10**9


class Road:
    """What lies beyond the gate: who passed when."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.time = VirtualTime()
        self.gate = Gate(pace, monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.passed: list[tuple[float, int]] = []
        self._began = self.time.monotonic()

    async def go(self, chat_id: int, priority: Priority = INTRODUCTION) -> None:
        await self.gate.passing(chat_id, priority)
        self.passed.append((round(self.time.monotonic() - self._began, 6), chat_id))

    def send(self, chat_id: int, priority: Priority = INTRODUCTION) -> "asyncio.Task[None]":
        return asyncio.create_task(self.go(chat_id, priority))

    @property
    def chats(self) -> list[int]:
        return [chat_id for _, chat_id in self.passed]

    def moments(self, *chats: int) -> list[float]:
        return [moment for moment, chat_id in self.passed if not chats or chat_id in chats]


def most_within(moments: list[float], seconds: float) -> int:
    """The most that passed in any window of so many seconds."""
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


async def test_the_pace_is_kept_evenly() -> None:
    road = Road()
    await road.time.until_done(*(road.go(chat) for chat in range(1, 119)))
    assert most_within(road.moments(), 1.0) <= 30
    assert most_within(road.moments(), 0.1) <= 4
    assert 3.9 < road.moments()[-1] <= 117 / 29.5 + 0.001


async def test_late_wake_ups_do_not_lower_the_pace_nor_make_bursts() -> None:
    road = Road()
    in_time = road.time.sleep

    async def late(seconds: float) -> None:
        await in_time(seconds + 0.005)

    road.gate = Gate(monotonic=road.time.monotonic, sleep=late)
    await road.time.until_done(*(road.go(chat) for chat in range(1, 296)))
    assert road.moments()[-1] == pytest.approx(294 / 29.5, abs=0.05)
    assert most_within(road.moments(), 1.0) <= 30


async def test_after_a_rest_nothing_is_made_up_for() -> None:
    road = Road()
    await road.go(1)
    await road.time.pass_by(3600)
    await road.time.until_done(*(road.go(chat) for chat in range(2, 62)))
    assert most_within(road.moments(), 1.0) <= 30


async def test_another_pace_can_be_set_and_none() -> None:
    slow = Road(Pace(per_second=2))
    await slow.time.until_done(*(slow.go(chat) for chat in range(1, 12)))
    assert slow.moments()[-1] == pytest.approx(5.0, abs=0.2)
    free = Road(Pace(per_second=None))
    await free.time.until_done(*(free.go(chat) for chat in range(1, 500)))
    assert free.moments()[-1] == 0.0


async def test_the_most_urgent_goes_first_and_first_come_first_served_within() -> None:
    road = Road(Pace(fair_turn=NO_FAIRNESS))
    await road.go(99)
    tasks = [road.send(chat, ANNOUNCEMENT) for chat in (1, 2)]
    tasks += [road.send(chat, REMINDER) for chat in (3, 4)]
    tasks += [road.send(chat, CONVERSATION) for chat in (5, 6)]
    await road.time.until_done(*tasks)
    assert road.chats == [99, 5, 6, 3, 4, 1, 2]


async def test_now_and_then_it_is_the_turn_of_who_has_waited_longest() -> None:
    road = Road(Pace(fair_turn=4))
    await road.go(99)
    announced = [road.send(chat, ANNOUNCEMENT) for chat in (1, 2, 3)]
    await road.time.settle()
    urgent = [road.send(chat, INTRODUCTION) for chat in range(10, 30)]
    await road.time.until_done(*announced, *urgent)
    assert [road.chats.index(chat) for chat in (1, 2, 3)] == [4, 8, 12]


async def test_a_private_chat_may_have_a_burst_and_then_one_a_second() -> None:
    road = Road(Pace(per_second=None, chat_burst=3))
    await road.time.until_done(*(road.go(1) for _ in range(6)))
    assert road.moments() == [0, 0, 0, 1, 2, 3]


async def test_answers_in_a_conversation_may_have_a_longer_burst() -> None:
    road = Road(Pace(per_second=None, chat_burst=3, conversation_extra=2))
    await road.time.until_done(*(road.go(1, CONVERSATION) for _ in range(7)))
    assert road.moments() == [0, 0, 0, 0, 0, 1, 2]


async def test_edits_count_for_no_chat_and_keep_the_common_pace() -> None:
    road = Road()
    await road.time.until_done(*(road.go(NO_CHAT) for _ in range(59)))
    assert 1.9 < road.moments()[-1] <= 58 / 29.5 + 0.001


async def test_a_group_has_no_more_than_its_share_in_any_minute() -> None:
    road = Road(Pace(per_second=None))
    await road.time.until_done(*(road.go(-100) for _ in range(65)))
    assert most_within(road.moments(), 60.0) == 20
    assert road.moments()[-1] == pytest.approx(3 * 60.5)


async def test_a_chat_that_must_wait_holds_up_no_other() -> None:
    road = Road(Pace(chat_burst=1))
    crowd = [road.send(1, CONVERSATION) for _ in range(20)]
    await road.time.settle()
    others = [road.send(chat, ANNOUNCEMENT) for chat in range(2, 22)]
    await road.time.until_done(*others)
    assert road.moments(*range(2, 22))[-1] < 1.5
    await road.time.until_done(*crowd)
    assert len(road.passed) == 40


async def test_who_comes_while_the_gate_rests_for_a_chat_passes_at_once() -> None:
    road = Road(Pace(chat_burst=1, chat_refill=0.01))
    await road.go(1)
    waiting = road.send(1)
    await road.time.pass_by(5)
    passing = road.send(2)
    await road.time.settle()
    assert (passing.done(), waiting.done()) == (True, False)
    await road.time.until_done(waiting)


async def test_how_long_a_chat_must_wait_is_told() -> None:
    road = Road(Pace(per_second=None, chat_burst=1, conversation_extra=1))
    assert road.gate.chat_wait(1, INTRODUCTION) == 0
    await road.go(1)
    assert road.gate.chat_wait(1, INTRODUCTION) == pytest.approx(1)
    assert road.gate.chat_wait(1, CONVERSATION) == 0
    assert road.gate.chat_wait(2, INTRODUCTION) == 0


async def test_one_flood_wait_holds_for_all() -> None:
    road = Road()
    await road.go(1)
    waiting = [road.send(chat) for chat in (2, 3)]
    await road.time.settle()
    road.gate.flooded(3)
    newcomer = road.send(4, CONVERSATION)
    await road.time.pass_by(2.999)
    assert road.chats == [1]
    await road.time.until_done(*waiting, newcomer)
    assert road.moments()[1:] == pytest.approx([3, 3.034, 3.068], abs=0.02)


async def test_a_shorter_flood_wait_does_not_end_a_longer_one() -> None:
    road = Road()
    road.gate.flooded(10)
    road.gate.flooded(1)
    await road.time.until_done(road.go(1))
    assert road.moments() == [10]


async def test_who_gives_up_waiting_takes_no_turn() -> None:
    road = Road(Pace(per_second=1, fair_turn=NO_FAIRNESS))
    await road.go(1)
    gone, there = road.send(2), road.send(3)
    await road.time.settle()
    gone.cancel()
    await road.time.until_done(there)
    assert road.chats == [1, 3]
    assert road.moments()[-1] <= 1.01


async def test_a_closed_gate_lets_go_of_who_waits() -> None:
    road = Road(Pace(per_second=0.001))
    await road.go(1)
    waiting = road.send(2)
    await road.time.settle()
    await road.gate.stop()
    await road.time.settle()
    assert waiting.cancelled()


async def test_a_clock_that_breaks_breaks_the_waiting_too() -> None:
    road = Road()

    async def broken(_: float) -> None:
        raise OSError("no time")

    gate = Gate(monotonic=road.time.monotonic, sleep=broken)
    await gate.passing(1, INTRODUCTION)
    with pytest.raises(OSError, match="no time"):
        await gate.passing(2, INTRODUCTION)


async def test_chats_that_have_rested_are_forgotten() -> None:
    road = Road(Pace(per_second=None))
    for chat in range(1, REMEMBERED_CHATS + 1):
        await road.go(chat)
    await road.time.pass_by(60)
    for chat in range(10_000_001, 10_000_001 + REMEMBERED_CHATS):
        await road.go(chat)
    assert len(road.gate._chats._chats) == REMEMBERED_CHATS


async def test_an_idle_gate_adds_practically_nothing() -> None:
    gate = Gate(Pace(per_second=None))
    times = []
    for chat in range(1, 2_001):
        began = time.perf_counter()
        await gate.passing(chat, CONVERSATION)
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 50e-6
