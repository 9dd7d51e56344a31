"""The webhook: who may bring updates, in which order they are done, and when they are answered."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import httpx
import pytest

from storage.store import Store
from tests.bot.hearing import SECRET, Hearing, by_webhook, hearing_bot
from tests.journeys.walking import agree
from tests.support.chat import Chat
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox
from tests.support.workers import eventually

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NUMBERS = count(5_000_000)
"""Of updates that no sandbox numbered."""


@pytest.fixture
async def bot(sandbox: RunningSandbox, database_url: str) -> AsyncIterator[Hearing]:
    async with hearing_bot(sandbox, database_url, **by_webhook()) as running:
        yield running


@pytest.fixture
async def telegram(bot: Hearing) -> AsyncIterator[httpx.AsyncClient]:
    """Telegram's servers, which know the secret."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx.AsyncClient(headers=headers, timeout=20, trust_env=False) as client:
        yield client


def update_saying(chat: Chat, text: str) -> dict[str, Any]:
    """An update as Telegram would bring it."""
    number = next(NUMBERS)
    person = {"id": chat.person, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_700_000_000,
            "from": person,
            "chat": {"id": chat.person, "type": "private", "first_name": "Anna"},
            "text": text,
        },
    }


async def name_and_step(store: Store, chat: Chat) -> tuple[str | None, str | None, int]:
    person = await store.people.by_telegram(chat.person)
    assert person is not None
    conversation = await store.conversations.of(person.id)
    return person.name, conversation.step, conversation.turn


@pytest.mark.parametrize("secret", [None, "", "wrong", f"{SECRET}x"])
async def test_without_the_secret_nothing_is_heard(
    bot: Hearing, store: Store, secret: str | None
) -> None:
    here = await bot.chat()
    await agree(here)
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with httpx.AsyncClient(headers=headers, trust_env=False) as stranger:
        answer = await stranger.post(bot.hook, json=update_saying(here, "Mallory"))
    assert answer.status_code == 401
    assert await name_and_step(store, here) == (None, "name", 1)


async def test_what_is_no_update_is_refused(telegram: httpx.AsyncClient, bot: Hearing) -> None:
    for content in (b"", b"{", b"[]", b'{"update_id": "none"}'):
        assert (await telegram.post(bot.hook, content=content)).status_code == 400


async def test_a_kind_of_update_that_nobody_asked_for_is_taken_and_left(
    telegram: httpx.AsyncClient, bot: Hearing
) -> None:
    poll = {"update_id": next(NUMBERS), "poll_of_tomorrow": {"id": 1}}
    assert (await telegram.post(bot.hook, json=poll)).status_code == 200


async def test_an_update_is_answered_when_its_work_is_committed_and_said(
    telegram: httpx.AsyncClient, bot: Hearing, store: Store
) -> None:
    here = await bot.chat()
    await agree(here)
    await bot.sandbox.sim.faults(
        {"method": "sendMessage", "chat_id": here.person, "delay": 1.0, "times": 1}
    )
    posting = asyncio.create_task(telegram.post(bot.hook, json=update_saying(here, "Grace Mwila")))

    async def committed() -> bool:
        return await name_and_step(store, here) == ("Grace Mwila", "function", 2)

    await eventually(committed)
    assert not posting.done()
    assert (await posting).status_code == 200
    await here.expect("question-function", timeout=0)


async def test_a_repeated_update_is_done_once_and_passed_over_when_answered(
    telegram: httpx.AsyncClient, bot: Hearing, store: Store
) -> None:
    here = await bot.chat()
    await agree(here)
    update = update_saying(here, "Grace Mwila")
    answers = await asyncio.gather(*[telegram.post(bot.hook, json=update) for _ in range(5)])
    assert {one.status_code for one in answers} == {200}
    assert await name_and_step(store, here) == ("Grace Mwila", "function", 2)

    async def recorded() -> bool:
        opening = await store.conversations.opening(
            bot_id=bot.settings.bot_id,
            update_id=update["update_id"],
            telegram_id=here.person,
        )
        return opening.answered is True

    await eventually(recorded)
    said = len(await bot.calls("sendMessage", here))
    assert (await telegram.post(bot.hook, json=update)).status_code == 200
    assert len(await bot.calls("sendMessage", here)) == said
    assert await name_and_step(store, here) == ("Grace Mwila", "function", 2)


async def test_two_updates_of_one_person_at_once_keep_their_order(
    telegram: httpx.AsyncClient, bot: Hearing, store: Store
) -> None:
    here = await bot.chat()
    await agree(here)
    await bot.sandbox.sim.faults(
        {"method": "sendMessage", "chat_id": here.person, "delay": 0.5, "times": 1}
    )
    first = asyncio.create_task(telegram.post(bot.hook, json=update_saying(here, "Grace Mwila")))

    async def first_is_in_hand() -> bool:
        return (await name_and_step(store, here))[1] == "function"

    await eventually(first_is_in_hand)
    second = await telegram.post(bot.hook, json=update_saying(here, "Manager"))
    assert first.done()
    assert ((await first).status_code, second.status_code) == (200, 200)
    person = await store.people.by_telegram(here.person)
    assert person is not None
    assert (person.name, person.function) == ("Grace Mwila", "Manager")
    texts = [call["params"]["text"] for call in await bot.calls("sendMessage", here)]
    assert len(texts) == len(set(texts)) == 4


async def test_another_person_is_not_held_up(telegram: httpx.AsyncClient, bot: Hearing) -> None:
    here, there = await bot.chat(), await bot.chat("de")
    await agree(here)
    await bot.sandbox.sim.faults(
        {"method": "sendMessage", "chat_id": here.person, "delay": 3.0, "times": 1}
    )
    slow = asyncio.create_task(telegram.post(bot.hook, json=update_saying(here, "Grace Mwila")))
    await agree(there)
    assert not slow.done()
    assert (await slow).status_code == 200


async def test_what_is_being_answered_as_the_bot_is_told_to_stop_is_still_said(
    telegram: httpx.AsyncClient, bot: Hearing, store: Store
) -> None:
    here = await bot.chat()
    await agree(here)
    await bot.sandbox.sim.faults(
        {"method": "sendMessage", "chat_id": here.person, "delay": 1.0, "times": 1}
    )
    posting = asyncio.create_task(telegram.post(bot.hook, json=update_saying(here, "Grace Mwila")))

    async def committed() -> bool:
        return (await name_and_step(store, here))[1] == "function"

    await eventually(committed)
    bot.stop.set()
    assert (await posting).status_code == 200
    await here.expect("question-function", timeout=0)


async def test_everything_that_was_brought_is_confirmed(bot: Hearing) -> None:
    here = await bot.chat()
    await agree(here)
    raw = Raw(bot.sandbox)

    async def nothing_waits() -> bool:
        return bool((await raw.ok("getWebhookInfo"))["pending_update_count"] == 0)

    await eventually(nothing_waits)
    await raw.http.aclose()
