"""Three hundred are told something while Telegram fails in every way it can, at random."""

from pathlib import Path

import pytest

from domain.notices import IntroductionReminder, Notice
from domain.outbox import DeliveryState
from storage.store import Store
from tests.support.announced import Announced
from tests.support.crowds import crowd, settle_crowd, told
from tests.support.outboxes import people, queue, rows
from tests.support.sandbox_server import running_sandbox
from tests.support.workers import at_work, eventually

PEOPLE = 300
PATIENCE = 0.4
# Each call meets the first of these that chance lets meet it.
FAULTS = [
    {"status": 429, "retry_after": 1, "probability": 0.02, "times": 3},
    {"status": 403, "probability": 0.05},
    {"status": 400, "probability": 0.05},
    {"status": 500, "probability": 0.1},
    {"delay": 2 * PATIENCE, "probability": 0.03},
    {"cut": "before", "probability": 0.05},
    {"cut": "after", "probability": 0.05},
]
OVER = {
    DeliveryState.SENT,
    DeliveryState.BLOCKED,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
}

pytestmark = pytest.mark.usefixtures("announced")


@pytest.mark.parametrize(
    ("database_url", "notice", "at_most"),
    [
        ("sqlite", Announced(1), 1),
        ("postgresql", Announced(1), 1),
        # What is unknown of these is queued once more.
        ("sqlite", IntroductionReminder(1), 2),
    ],
    indirect=["database_url"],
    ids=str,
)
async def test_the_totals_add_up_whatever_fails(
    store: Store, tmp_path: Path, notice: Notice, at_most: int
) -> None:
    database = tmp_path / "sandbox.db"
    settle_crowd(database, PEOPLE)
    ids = await people(store, PEOPLE, telegram_ids=crowd(PEOPLE))
    chats = dict(zip(ids, crowd(PEOPLE), strict=True))
    limits = {"per_second": 0, "chat_burst": 0, "group_per_minute": 0}

    async def over() -> bool:
        return set(await store.outbox.totals()) <= OVER

    async with running_sandbox(database, process=True, **limits) as sandbox:
        await sandbox.sim.faults(*({"method": "sendMessage"} | fault for fault in FAULTS))
        await queue(store, notice, *ids)
        async with at_work(store, sandbox.url, answer_timeout=PATIENCE):
            await eventually(over, 60)
    # The sandbox has ended, and so has what it was slow to do.
    seen = told(database, notice.subject)
    ends: dict[str, set[int]] = {state.value: set() for state in OVER}
    for row in await rows(store):
        ends[row.state].add(chats[row.recipient])
    assert sum(len(ended) for ended in ends.values()) == PEOPLE
    assert max(map(len, seen.values())) <= at_most
    message_ids = {chats[row.recipient]: row.message_id for row in await rows(store)}
    for chat in ends["sent"]:
        assert message_ids[chat] in seen[chat]
    if at_most == 1:
        assert all(ends.values()), "every kind of end has been met"
        assert seen.keys() - ends["unknown"] == ends["sent"]
