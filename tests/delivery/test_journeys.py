"""Journeys: however long each takes, no more arrive within a second than Telegram allows."""

import asyncio

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
    """A line on which each request is held up for a while before it arrives."""

    def __init__(self, held_up: list[float], pace: Pace | None = None) -> None:
        self.time = VirtualTime()
        self.gate = Gate(pace, monotonic=self.time.monotonic, sleep=self.time.sleep)
        self.arrived: list[float] = []
        self._held_up = held_up

    async def go(self, number: int) -> None:
        journey = await self.gate.setting_out(number + 1, Priority.ANNOUNCEMENT)
        await self.time.sleep(self._held_up[number] + QUICKEST / 2)
        self.arrived.append(self.time.monotonic())
        await self.time.sleep(QUICKEST / 2)
        journey.answered()

    def all_of_them(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.go(one)) for one in range(len(self._held_up))]


@settings(max_examples=25)
@given(HELD_UP)
async def test_however_requests_are_held_up_no_more_than_thirty_arrive_in_a_second(
    held_up: list[float],
) -> None:
    line = Line(held_up)
    await line.time.until_done(*line.all_of_them())
    assert most_within_a_second(line.arrived) <= 30


async def test_the_pace_is_whole_where_nothing_is_held_up() -> None:
    line = Line([0.0] * 120)
    await line.time.until_done(*line.all_of_them())
    assert line.arrived[-1] - line.arrived[0] < 119 / 29.4


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
