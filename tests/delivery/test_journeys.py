"""Journeys: however long each takes, no more arrive within a second than Telegram allows."""

import asyncio
import statistics
from collections.abc import Collection

from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.gate import Gate, Pace
from delivery.journeys import GIVEN_UP
from domain.notices import Priority
from tests.support.moments import most_within_a_second
from tests.support.virtual_time import VirtualTime

QUICKEST = 0.01
# Seconds by which a request comes late to where it is counted; most do not.
HELD_UP = st.lists(
    st.sampled_from([0.0, 0.0, 0.0, 0.0, 0.0, 0.005, 0.03, 0.2, 0.7]), min_size=90, max_size=90
)


class Line:
    """A line on which each request is held up for a while before it arrives. `answers` are
    conversations' and come one by one, the others are announcements and wait from the start."""

    def __init__(self, held_up: list[float], answers: Collection[int] = ()) -> None:
        self.time = VirtualTime()
        self.gate = Gate(monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.arrived: list[float] = []
        self.waited: dict[int, float] = {}
        self._held_up = held_up
        self._answers = answers

    async def go(self, number: int) -> None:
        urgent = number in self._answers
        await self.time.sleep(number / 40 if urgent else 0.0)
        priority = Priority.CONVERSATION if urgent else Priority.ANNOUNCEMENT
        asked = self.time.monotonic()
        journey = await self.gate.setting_out(number + 1, priority)
        self.waited[number] = self.time.monotonic() - asked
        await self.time.sleep(self._held_up[number] + QUICKEST / 2)
        self.arrived.append(self.time.monotonic())
        await self.time.sleep(QUICKEST / 2)
        journey.answered()

    def all_of_them(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.go(one)) for one in range(len(self._held_up))]


@settings(max_examples=25)
@given(HELD_UP, st.sets(st.integers(0, 89)))
async def test_however_requests_are_held_up_no_more_than_thirty_arrive_in_a_second(
    held_up: list[float], answers: set[int]
) -> None:
    line = Line(held_up, answers)
    await line.time.until_done(*line.all_of_them())
    assert most_within_a_second(line.arrived) <= 30


async def test_the_pace_is_whole_where_nothing_is_held_up() -> None:
    line = Line([0.0] * 120)
    await line.time.until_done(*line.all_of_them())
    assert line.arrived[-1] - line.arrived[0] < 119 / 29.4


async def test_an_answer_waits_for_less_than_half_a_beat_and_the_pace_stays_whole() -> None:
    answers = range(5, 150, 10)
    line = Line([0.0] * 150, answers)
    await line.time.until_done(*line.all_of_them())
    waited = [line.waited[one] for one in answers]
    assert statistics.mean(waited) < Pace().beat / 2
    assert max(waited) <= 1.1 * Pace().beat
    assert line.arrived[-1] - line.arrived[0] < 149 / 29.4
    assert most_within_a_second(line.arrived) <= 30


async def test_one_that_hangs_holds_up_the_others_for_a_little_while_only() -> None:
    line = Line([*[0.0] * 10, 1_000.0, *[0.0] * 79])
    tasks = line.all_of_them()
    await line.time.until_done(*(one for number, one in enumerate(tasks) if number != 10))
    assert line.arrived[-1] - line.arrived[0] < 90 / 29.4 + GIVEN_UP + 1
    tasks[10].cancel()


async def test_what_makes_no_request_is_not_waited_for() -> None:
    line = Line([])
    for number in range(60):
        journey = await asyncio.wait_for(
            _with(line.time, line.gate.setting_out(number + 1, Priority.REMINDER)), 5
        )
        journey.dropped()
    assert line.time.monotonic() < 60 / 29.4 + 1_000


async def _with(time: VirtualTime, passing):  # type: ignore[no-untyped-def]
    task = asyncio.create_task(passing)
    await time.until_done(task)
    return task.result()
