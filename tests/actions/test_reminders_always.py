"""Whatever happens between two ticks: nobody is reminded twice, nor before its time, nor of two
distances at once, nor after a session has begun."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions import reminders
from domain.exchanges import DAY
from domain.notices import SessionReminder, notice
from domain.rules.reminders import CHOICES, due_at
from domain.sessions import Reply, Session
from storage.store import Store
from tests.actions.test_reminders import follow, move
from tests.support.exchanges import Setting, exchange, session
from tests.support.outboxes import rows
from tests.support.partners import SetClock

MEMBERS = 3
WHO = st.integers(0, MEMBERS - 1)
WISHES = st.none() | st.sets(st.sampled_from(CHOICES)).map(tuple)
ZONES = st.sampled_from(("Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Amman"))
# Some days before a change of clocks in Morocco, in New York and in Berlin.
BEGINNINGS = st.sampled_from(
    [datetime(2026, month, day, 9, tzinfo=UTC) for month, day in ((2, 10), (3, 1), (3, 24))]
)


@dataclass(slots=True)
class World:
    """A session of an exchange."""

    store: Store
    clock: SetClock
    there: Setting
    session: Session

    async def wait(self, minutes: int) -> None:
        """Time passes."""
        self.clock.move(minutes=minutes)

    async def approach(self, minutes: int) -> None:
        """Nothing is done until so long before the session."""
        self.clock.now = max(self.clock(), self.session.starts_at - timedelta(minutes=minutes))

    async def reschedule(self, minutes: int) -> None:
        """It takes place so long from now, or began so long ago."""
        begins = self.clock() + timedelta(minutes=minutes)
        self.session = await move(self.store, self.clock, self.session, begins)

    async def choose(self, who: int, wished: tuple[int, ...] | None) -> None:
        """A member chooses."""
        await reminders.remind_me(
            self.store, self.clock, by=self.there.people[who], exchange=self.there.exchange.id,
            minutes=wished,
        )  # fmt: skip

    async def reply(self, who: int, said: Reply) -> None:
        """A member replies."""
        async with self.store.transaction():
            await self.store.rsvps.put(
                self.session.id, self.there.members[who].id, said, since=self.clock()
            )

    async def reminded(self) -> list[tuple[int, SessionReminder, datetime]]:
        """Who has been reminded of this session, of what, and when."""
        return [
            (row.recipient, said, row.created_at)
            for row in await rows(self.store)
            if isinstance(said := notice(row.kind, row.payload), SessionReminder)
            and said.session == self.session.id
        ]


Step = Callable[[World], Awaitable[None]]


def step(name: str, *values: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    """One of these, with any values."""
    return st.tuples(*values).map(lambda given: lambda world: getattr(world, name)(*given))


STEPS = st.lists(
    st.one_of(
        step("wait", st.integers(1, 3 * DAY)),
        step("wait", st.sampled_from((1, 15, 60, DAY))),
        step("approach", st.sampled_from((3 * DAY, DAY + 60, DAY - 60, 100, 30, 10, 0))),
        step("reschedule", st.integers(-DAY, 20 * DAY)),
        step("choose", WHO, WISHES),
        step("reply", WHO, st.sampled_from(Reply)),
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# What fails is not made smaller: each try fills a database.
@settings(
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(begins=BEGINNINGS, zone=ZONES, steps=STEPS)
async def test_never_twice_and_never_before_its_time(
    store: Store, begins: datetime, zone: str, steps: list[Step]
) -> None:
    clock = SetClock(begins)
    there = await exchange(store, clock, languages=("de",) * MEMBERS)
    made = await session(store, clock, there.exchange, zone=zone)
    await follow(store, clock, made)
    world = World(store, clock, there, made)
    before: list[tuple[int, SessionReminder, datetime]] = []
    for one in steps:
        await one(world)
        await reminders.enqueue_due(store, clock)
        now = await world.reminded()
        new = now[len(before) :]
        assert len({who for who, _, _ in new}) == len(new), "one at most of what is due together"
        for _, said, at in new:
            assert said.starts_at == int(world.session.starts_at.timestamp())
            assert due_at(world.session, said.minutes) <= at < world.session.starts_at
        before = now
    said = [(who, one.minutes, one.starts_at) for who, one, _ in before]
    assert len(set(said)) == len(said)
