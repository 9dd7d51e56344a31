"""How the bot hears: long polls and webhooks."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.support.hook import HookServer, running_hook
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox

QUICK = {"webhook_pause": 0.02, "webhook_pause_most": 0.05}


@pytest.fixture
async def hook() -> AsyncIterator[HookServer]:
    async with running_hook() as server:
        yield server


async def test_updates_stay_until_they_are_confirmed(
    sandbox: RunningSandbox, raw: Raw, anna: int
) -> None:
    for text in ("a", "b", "c"):
        await sandbox.sim.say(anna, text)
    ids = [update["update_id"] for update in await raw.updates()]
    assert ids == list(range(ids[0], ids[0] + 4))
    assert [u["update_id"] for u in await raw.updates(ids[2])] == ids[2:]
    assert [u["update_id"] for u in await raw.updates()] == ids[2:]
    assert len(await raw.ok("getUpdates", limit=1)) == 1
    assert [u["update_id"] for u in await raw.updates(-1)] == ids[3:]
    assert await raw.updates(ids[3] + 1) == []


async def test_a_long_poll_wakes_at_once(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    after = (await raw.updates())[-1]["update_id"] + 1
    poll = asyncio.create_task(raw.updates(after, timeout=20))
    began = time.monotonic()
    await sandbox.sim.say(anna, "now")
    assert [u["message"]["text"] for u in await poll] == ["now"]
    assert time.monotonic() - began < 5


async def test_a_long_poll_ends_empty(raw: Raw) -> None:
    began = time.monotonic()
    assert await raw.updates(timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


async def test_only_allowed_kinds_are_queued(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    after = (await raw.updates())[-1]["update_id"] + 1
    await raw.ok("getUpdates", offset=after, allowed_updates=["my_chat_member"])
    await sandbox.sim.say(anna, "unheard")
    await sandbox.sim.block(anna)
    kinds = [set(update) - {"update_id"} for update in await raw.updates()]
    assert kinds == [{"my_chat_member"}]
    await raw.ok("getUpdates", offset=-1, allowed_updates=[])
    await sandbox.sim.start(anna)
    kinds = [set(update) - {"update_id"} for update in await raw.updates()]
    assert kinds == [{"my_chat_member"}, {"my_chat_member"}, {"message"}]


async def test_a_webhook_gets_what_was_pending_with_its_secret(
    sandbox: RunningSandbox, raw: Raw, anna: int, hook: HookServer
) -> None:
    await raw.ok("setWebhook", url=hook.url, secret_token="S-1", max_connections=3)
    await sandbox.sim.say(anna, "next")
    arrived = await hook.wait_for(2)
    assert [update["message"]["text"] for update in arrived] == ["/start", "next"]
    assert hook.secrets == ["S-1", "S-1"]
    info = await info_when_all_is_delivered(raw)
    assert (info["url"], info["max_connections"]) == (hook.url, 3)


async def info_when_all_is_delivered(raw: Raw) -> dict[str, object]:
    deadline = time.monotonic() + 10
    while (info := await raw.ok("getWebhookInfo"))["pending_update_count"]:
        assert time.monotonic() < deadline, info
        await asyncio.sleep(0.02)
    return dict(info)


async def test_a_failing_webhook_is_tried_again_in_order(
    sandbox: RunningSandbox, raw: Raw, anna: int, hook: HookServer
) -> None:
    await sandbox.sim.limits(**QUICK)
    hook.answer = lambda update: web.Response(status=200 if len(hook.arrived) > 3 else 500)
    await raw.ok("setWebhook", url=hook.url)
    await sandbox.sim.say(anna, "next")
    texts = [update["message"]["text"] for update in await hook.wait_for(5)]
    assert texts == ["/start"] * 4 + ["next"]
    info = await info_when_all_is_delivered(raw)
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_several_chats_at_once_each_in_order(
    sandbox: RunningSandbox, raw: Raw, hook: HookServer
) -> None:
    await raw.ok("setWebhook", url=hook.url, max_connections=2)
    hook.pause = 0.02
    people = [await sandbox.sim.person(name) for name in "abcd"]
    for text in ("1", "2", "3"):
        await asyncio.gather(*[sandbox.sim.say(person, text) for person in people])
    arrived = [update["message"] for update in await hook.wait_for(12)]
    for person in people:
        assert [m["text"] for m in arrived if m["chat"]["id"] == person] == ["1", "2", "3"]
    assert hook.most_at_once == 2


async def test_a_method_in_the_webhooks_answer_is_done(
    sandbox: RunningSandbox, raw: Raw, anna: int, hook: HookServer
) -> None:
    reply = {"method": "sendMessage", "chat_id": anna, "text": "by the way"}
    hook.answer = lambda update: web.json_response(reply)
    await raw.ok("setWebhook", url=hook.url)
    message = await sandbox.sim.wait_for(anna, lambda m: m["from"]["is_bot"])
    assert message["text"] == "by the way"


async def test_dropping_what_is_pending(raw: Raw, anna: int) -> None:
    assert len(await raw.updates()) == 1
    answer = await raw.call("deleteWebhook", drop_pending_updates=True)
    assert answer == {"ok": True, "result": True, "description": "Webhook is already deleted"}
    assert await raw.updates() == []


WRONG_HOOKS = [
    ({"url": "ftp://x.de"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    ({"url": "http://x.de", "secret_token": "ü"}, "secret token contains unallowed characters"),
    ({"url": "http://x.de", "secret_token": "x" * 257}, "secret token is too long"),
]


@pytest.mark.parametrize(("params", "words"), WRONG_HOOKS)
async def test_webhooks_that_telegram_refuses(raw: Raw, params: dict[str, str], words: str) -> None:
    assert await raw.refused("setWebhook", **params) == (400, f"Bad Request: {words}")
