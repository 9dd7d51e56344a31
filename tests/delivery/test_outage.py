"""The database is out of use in the middle of an announcement, and it goes on by itself.

For two seconds in `make test`, which is twice a lease; `make soak` sets SOAK_OUTAGE to thirty.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.notices import IntroductionReminder, Notice
from domain.outbox import DeliveryState
from storage.store import Store
from tests.support.announced import Announced
from tests.support.crowds import crowd, settle_crowd, told
from tests.support.outages import out_of_use
from tests.support.outboxes import people, queue
from tests.support.sandbox_server import RunningSandbox, running_sandbox
from tests.support.workers import at_work, eventually

PEOPLE = 200
OUTAGE = float(os.environ.get("SOAK_OUTAGE", "2"))

pytestmark = pytest.mark.usefixtures("announced")


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox without limits, where many have started the bot."""
    database = tmp_path / "sandbox.db"
    settle_crowd(database, PEOPLE)
    limits = {"per_second": 0, "chat_burst": 0, "group_per_minute": 0}
    async with running_sandbox(database, process=True, **limits) as running:
        yield running


# Of reminders what is unknown is queued once more: here nothing is, however long it takes.
@pytest.mark.parametrize("notice", [Announced(1), IntroductionReminder(1)], ids=str)
async def test_after_an_outage_everybody_has_been_told_once(
    database_url: str, store: Store, sandbox: RunningSandbox, notice: Notice
) -> None:
    ids = await people(store, PEOPLE, telegram_ids=crowd(PEOPLE))
    await queue(store, notice, *ids)

    async def under_way() -> bool:
        return (await store.outbox.totals()).get(DeliveryState.SENT, 0) > PEOPLE // 4

    async def over() -> bool:
        return await store.outbox.totals() == {DeliveryState.SENT: PEOPLE}

    async with at_work(store, sandbox.url) as running:
        await eventually(under_way)
        async with out_of_use(database_url):
            # How long it lasts is what is tested.
            await asyncio.sleep(OUTAGE)
            assert not running.task.done()
            made = len(await sandbox.sim.calls("sendMessage"))
        assert made < PEOPLE
        await eventually(over, 30)
    seen = await asyncio.to_thread(told, sandbox.settings.database, notice.subject)
    assert {chat: len(messages) for chat, messages in seen.items()} == dict.fromkeys(
        crowd(PEOPLE), 1
    )
