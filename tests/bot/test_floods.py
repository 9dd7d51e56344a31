"""Floods: one kind sentence, nothing before the limit lost, nobody else kept waiting."""

import asyncio
from typing import Any

import pytest

from bot.floods import Floods, Haste
from storage.store import Store
from tests.bot.hearing import by_webhook, hearing_bot
from tests.support.chat import Chat, says
from tests.support.sandbox_server import RunningSandbox

N, B, L = Haste.NONE, Haste.BEGINS, Haste.LASTS


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([0, 1, 2, 3], [N, N, N, N]),
        ([0, 0, 0, 0, 0], [N, N, N, N, B]),
        ([0, 0, 0, 0, 0, 0, 1], [N, N, N, N, B, L, L]),
        ([0, 3, 6, 9, 12, 15, 18], [N] * 7),
        ([0, 0, 0, 0, 0, 10], [N, N, N, N, B, N]),
        ([0, 0, 0, 0, 0, 5, 5, 10, 16], [N, N, N, N, B, L, L, L, N]),
        ([0, 0, 0, 0, 0, -50], [N, N, N, N, B, N]),
    ],
)
def test_how_fast_updates_come(moments: list[float], expected: list[Haste]) -> None:
    floods = Floods(most=4)
    assert [floods.haste(7, moment) for moment in moments] == expected
    assert floods.haste(8, moments[-1]) is N, "each person has a pace of their own"


def test_no_limit() -> None:
    floods = Floods(most=0)
    assert {floods.haste(7, 0) for _ in range(1000)} == {N}


async def told(chat: Chat) -> int:
    said = await chat.from_bot()
    return sum(says(chat.language, "too-fast", one.get("text", "")) for one in said)


@pytest.mark.parametrize("how", [dict, by_webhook], ids=["asks", "is-told"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_floods_is_asked_for_patience_once_and_nobody_else_waits(
    sandbox: RunningSandbox, database_url: str, store: Store, how: Any
) -> None:
    async with hearing_bot(sandbox, database_url, updates_per_person=10, **how()) as bot:
        here, other = await bot.chat(), await bot.chat()
        await here.say("/start")
        await here.tap("button-consent", await here.expect("welcome"))
        await here.expect("question-name")
        await here.say("Anna Vogt")
        await here.expect("question-function")
        flood = asyncio.gather(*(here.say(f"/help {n}") for n in range(60)))
        await other.say("/start")
        await other.expect("welcome", timeout=5)
        await flood
        await here.expect("too-fast", "question-function")
        newest = (await here.from_bot())[-1]["message_id"]
        storm = [sandbox.sim.tap(here.person, newest, callback_data="ls") for _ in range(40)]
        assert None not in [one["answer"] for one in await asyncio.gather(*storm)]
        assert await told(here) == 1

        await sandbox.sim.advance(60)
        await here.say("Leiterin")
        await here.expect("question-contact")
        assert await told(here) == 1
        person = await store.people.by_telegram(here.person)
        assert person is not None
        assert (person.name, person.function) == ("Anna Vogt", "Leiterin")
