"""Workers are killed, any time, in the middle of an announcement to a thousand people.

Five kills in `make test`; `make soak` sets SOAK_KILLS to a hundred, five an announcement.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.outbox import DeliveryState
from storage.store import Store
from tests.support.announced import Announced
from tests.support.crowds import crowd, settle_crowd, told
from tests.support.outboxes import people, queue, rows
from tests.support.sandbox_server import RunningSandbox, running_sandbox
from tests.support.worker_process import Crew
from tests.support.workers import eventually

PEOPLE = 1_000
AT_ONCE = 8
KILLS_AN_ANNOUNCEMENT = 5
KILLS = int(os.environ.get("SOAK_KILLS", KILLS_AN_ANNOUNCEMENT))
OPEN = {DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING}

pytestmark = pytest.mark.usefixtures("announced")


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox without limits, where a thousand have started the bot."""
    database = tmp_path / "sandbox.db"
    settle_crowd(database, PEOPLE)
    limits = {"per_second": 0, "chat_burst": 0, "group_per_minute": 0}
    async with running_sandbox(database, process=True, **limits) as running:
        yield running


async def left(store: Store) -> int:
    """How many rows are not over."""
    totals = await store.outbox.totals()
    return sum(number for state, number in totals.items() if state in OPEN)


async def lose_some(crew: Crew, store: Store, chance: random.Random) -> None:
    """Kill one, five times, each spread over the announcement and at any moment of its work."""
    moments = sorted(chance.sample(range(PEOPLE // 10, PEOPLE), KILLS_AN_ANNOUNCEMENT))
    for moment in reversed(moments):

        async def is_near(moment: int = moment) -> bool:
            return await left(store) <= moment

        await eventually(is_near, 30)
        # Not a wait for anything: what is killed is in whatever it then happens to be doing.
        await asyncio.sleep(chance.uniform(0, 0.02))
        crew.kill(chance.choice(crew.processes))
        await crew.add()


async def announce(
    number: int, crew: Crew, store: Store, sandbox: RunningSandbox, recipients: dict[int, int]
) -> None:
    """Tell everybody, while workers die; then compare what is recorded with what was seen."""
    notice = Announced(number)
    await queue(store, notice, *recipients)
    await lose_some(crew, store, random.Random())

    async def over() -> bool:
        return not await left(store)

    await eventually(over, 60)
    seen = await asyncio.to_thread(told, sandbox.settings.database, notice.subject)
    settled = [row for row in await rows(store) if row.subject == notice.subject]
    recorded = {recipients[row.recipient]: row for row in settled}
    assert set(recorded) == set(recipients.values())
    assert {row.state for row in settled} <= {"sent", "unknown"}
    twice = {chat: messages for chat, messages in seen.items() if len(messages) > 1}
    assert twice == {}
    assert seen.keys() <= recorded.keys()
    unknown = {chat for chat, row in recorded.items() if row.state == "unknown"}
    assert len(unknown) <= AT_ONCE * KILLS_AN_ANNOUNCEMENT
    assert {chat: [row.message_id] for chat, row in recorded.items() if chat not in unknown} == {
        chat: messages for chat, messages in seen.items() if chat not in unknown
    }


@pytest.mark.parametrize(
    ("database_url", "workers"), [("sqlite", 1), ("postgresql", 3)], indirect=["database_url"]
)
async def test_whoever_is_killed_nobody_is_told_twice_and_nobody_is_lost(
    database_url: str, store: Store, sandbox: RunningSandbox, workers: int
) -> None:
    chats = crowd(PEOPLE)
    ids = await people(store, PEOPLE, telegram_ids=chats)
    recipients = dict(zip(ids, chats, strict=True))
    crew = Crew(database_url, sandbox.url, AT_ONCE)
    try:
        for _ in range(workers):
            await crew.add()
        for number in range(1, KILLS // KILLS_AN_ANNOUNCEMENT + 1):
            await announce(number, crew, store, sandbox, recipients)
    finally:
        crew.go_home()
