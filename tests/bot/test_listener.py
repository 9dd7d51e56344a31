"""The listener: each person's updates in order, nobody held up by another, nothing lost."""

import asyncio
import time
from typing import Any

import pytest

from storage.store import Store
from tests.bot.hearing import Hearing, hearing_bot
from tests.journeys.walking import agree
from tests.support.chat import Chat, buttons, data_of
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox
from tests.support.workers import eventually

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def slow_answer(bot: Hearing, chat: Chat, seconds: float) -> None:
    """The next message to this person takes so long, and is on its way."""
    fault = {"method": "sendMessage", "chat_id": chat.person, "delay": seconds, "times": 1}
    await bot.sandbox.sim.faults(fault)
    await chat.say("/help")

    async def under_way() -> bool:
        return not await bot.sandbox.sim.faults()

    await eventually(under_way)


async def seconds_to_agree(chat: Chat) -> float:
    began = time.monotonic()
    await agree(chat)
    return time.monotonic() - began


async def test_another_person_is_not_held_up_by_a_slow_answer(
    sandbox: RunningSandbox, database_url: str
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here, there, unhindered = await bot.chat(), await bot.chat("de"), await bot.chat("fr")
        usual = await seconds_to_agree(unhindered)
        await slow_answer(bot, here, 4.0)
        assert await seconds_to_agree(there) < usual + 1.5
        assert await here.from_bot() == []
        await here.expect("help")


async def test_another_person_is_not_held_up_by_somebody_who_writes_very_much(
    sandbox: RunningSandbox, database_url: str
) -> None:
    """More updates than Telegram hands out at once, and than a chat may be answered at once."""
    async with hearing_bot(sandbox, database_url, sends_per_second=29.5) as bot:
        here, there = await bot.chat(), await bot.chat("de")
        for number in range(120):
            await here.say(f"forwarded {number}")
        await agree(there)
        await here.say("/help")
        await here.expect("help", timeout=60)


async def test_one_persons_updates_are_done_in_order(
    sandbox: RunningSandbox, database_url: str, store: Store
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await agree(here)
        for words in ("Grace Mwila", "Manager", "grace@example.org"):
            await here.say(words)
        await here.expect("question-shares")
    person = await store.people.by_telegram(here.person)
    assert person is not None
    assert (person.name, person.function, person.email) == (
        "Grace Mwila",
        "Manager",
        "grace@example.org",
    )


FAILURES: list[dict[str, Any]] = [
    {"method": "getUpdates", "status": 502, "times": 2},
    {"method": "getUpdates", "status": 409, "times": 2},
    {"method": "getUpdates", "status": 429, "retry_after": 1, "times": 1},
    {"method": "getUpdates", "cut": "before", "times": 2},
    {"method": "getUpdates", "cut": "after", "times": 2},
    {"method": "sendMessage", "status": 502, "times": 4},
    {"method": "editMessageText", "status": 500, "times": 2},
    {"method": "editMessageText", "cut": "after", "times": 2},
    {"method": "editMessageText", "cut": "before", "times": 2},
    {"method": "answerCallbackQuery", "cut": "before", "times": 1},
]


@pytest.mark.parametrize("fault", FAILURES, ids=lambda one: "-".join(map(str, one.values())))
async def test_what_fails_for_a_while_comes_all_the_same(
    sandbox: RunningSandbox, database_url: str, store: Store, fault: dict[str, Any]
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await here.say("/start")
        welcome = await here.expect("welcome")
        await sandbox.sim.faults(fault)
        await here.tap("button-consent", welcome)
        await here.expect("question-name", timeout=20)
        await here.say("Grace Mwila")
        await here.expect("question-function", timeout=20)
        person = await store.people.by_telegram(here.person)
        assert person is not None
        assert (await store.conversations.of(person.id)).turn == 2
        assert len(await here.from_bot()) == 3


@pytest.mark.parametrize("status", [500, 502])
async def test_it_starts_although_telegram_is_away_at_first(
    sandbox: RunningSandbox, database_url: str, status: int
) -> None:
    await sandbox.sim.faults({"method": "deleteWebhook", "status": status, "times": 2})
    async with hearing_bot(sandbox, database_url) as bot:
        await agree(await bot.chat())


async def test_whoever_blocks_the_bot_is_unreachable_until_they_come_back(
    sandbox: RunningSandbox, database_url: str, store: Store
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await agree(here)

        async def reachable() -> bool:
            person = await store.people.by_telegram(here.person)
            assert person is not None
            return person.reachable

        async def unreachable() -> bool:
            return not await reachable()

        assert await reachable()
        await sandbox.sim.block(here.person)
        await eventually(unreachable)
        await sandbox.sim.unblock(here.person)
        await eventually(reachable)
        await here.say("Grace Mwila")
        await here.expect("question-function")


async def test_a_refused_answer_marks_a_person_as_unreachable(
    sandbox: RunningSandbox, database_url: str, store: Store
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await agree(here)
        await sandbox.sim.faults(
            {"method": "sendMessage", "chat_id": here.person, "status": 403, "times": 1}
        )
        await here.say("Grace Mwila")

        async def unreachable() -> bool:
            person = await store.people.by_telegram(here.person)
            return person is not None and not person.reachable

        await eventually(unreachable)


async def test_told_to_stop_it_finishes_what_it_says_and_confirms_it(
    sandbox: RunningSandbox, database_url: str
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await slow_answer(bot, here, 1.0)
    await here.expect("help", timeout=0)
    raw = Raw(sandbox)
    assert await raw.updates() == []
    await raw.http.aclose()


async def test_told_to_stop_it_does_not_wait_for_ever(
    sandbox: RunningSandbox, database_url: str
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await slow_answer(bot, here, 9.0)
        bot.stop.set()
        began = time.monotonic()
    assert time.monotonic() - began < 8
    raw = Raw(sandbox)
    assert [one["message"]["text"] for one in await raw.updates()] == ["/help"]
    await raw.http.aclose()
    # It comes again, and is answered.
    async with hearing_bot(sandbox, database_url):
        await here.expect("help")


async def test_told_to_stop_while_telegram_is_away_it_stops(
    sandbox: RunningSandbox, database_url: str
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        await sandbox.sim.faults({"status": 502})
        asked = len(await bot.calls("getUpdates"))

        async def asks_in_vain() -> bool:
            return len(await bot.calls("getUpdates")) > asked

        await asyncio.wait_for(sandbox.sim.say((await bot.chat()).person, "hello"), 5)
        await eventually(asks_in_vain, 40)


async def test_a_question_answered_by_an_older_button_stands_at_the_end(
    sandbox: RunningSandbox, database_url: str
) -> None:
    """After a crash the same question may stand in a chat twice."""
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat()
        await agree(here)
        for words in ("Grace Mwila", "Manager", "grace@example.org"):
            await here.say(words)
        older = await here.expect("question-shares")
        await here.say("qqqq")
        newer = await here.expect("misheard-shares")
        await sandbox.sim.tap(here.person, older["message_id"], callback_data=data_of(older, "o:"))
        await here.until(
            lambda one: one["message_id"] > newer["message_id"] and "✅" in buttons(one)[0],
            "the question with the choice",
        )
