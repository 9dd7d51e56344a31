"""Every answer and every update of the sandbox against Telegram's own types (BOT_API_SPEC)."""

import asyncio
from typing import Any

import pytest

from tests.support.official_types import complaints, official
from tests.support.pictures import png
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox

INLINE = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


@pytest.fixture(autouse=True)
def specification() -> dict[str, Any]:
    return official()


def returned(method: str) -> str:
    """The type of a method's result; the first one, of those that may also return True."""
    return str(official()["methods"][method]["returns"][0])


async def test_every_answer(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    reply = {"message_id": (await sandbox.sim.messages(anna))[-1]["message_id"]}
    rich = '<b>a</b> <a href="tg://user?id=1">x</a> <pre><code class="language-c">c</code></pre> /a'
    text = {"chat_id": anna, "text": "a", "reply_markup": INLINE, "reply_parameters": reply}
    sent = await raw.ok("sendMessage", **text)
    place = {"chat_id": anna, "message_id": sent["message_id"]}
    command = {"command": "a", "description": "b"}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("getMe", {}),
        ("sendMessage", text | {"text": rich, "parse_mode": "HTML", "protect_content": True}),
        ("sendMessage", text | {"reply_markup": {"keyboard": [["A"]]}}),
        ("editMessageText", place | {"text": "b", "reply_markup": INLINE}),
        ("editMessageReplyMarkup", place),
        ("deleteMessage", place),
        ("sendChatAction", {"chat_id": anna, "action": "typing"}),
        ("getChat", {"chat_id": anna}),
        ("setMyCommands", {"commands": [command]}),
        ("getMyCommands", {}),
        ("deleteMyCommands", {}),
        ("setMyName", {"name": "N"}),
        ("getMyName", {}),
        ("setMyDescription", {"description": "D"}),
        ("getMyDescription", {}),
        ("setMyShortDescription", {"short_description": "S"}),
        ("getMyShortDescription", {}),
        ("getUpdates", {}),
        ("setWebhook", {"url": "http://127.0.0.1:9/", "allowed_updates": ["message"]}),
        ("getWebhookInfo", {}),
        ("deleteWebhook", {}),
        ("getWebhookInfo", {}),
    ]
    for method, params in calls:
        result = await raw.ok(method, **params)
        assert complaints(result, returned(method), method) == []


async def test_files(raw: Raw, anna: int) -> None:
    chat = {"chat_id": str(anna), "caption": "<i>x</i>", "parse_mode": "HTML"}
    for method, name in (("sendPhoto", "photo"), ("sendDocument", "document")):
        answer = await raw.http.post(method, data=chat, files={name: ("a.png", png())})
        message = answer.json()["result"]
        assert complaints(message, "Message") == []
        kept = message[name][-1] if name == "photo" else message[name]
        file = await raw.ok("getFile", file_id=kept["file_id"])
        assert complaints(file, "File") == []


async def test_a_groups_chat(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    await sandbox.sim.say(anna, "/a", chat_id=-5)
    assert complaints(await raw.ok("getChat", chat_id=-5), "ChatFullInfo") == []


async def test_every_kind_of_update(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    await sandbox.sim.say(anna, "see https://a.de and /help")
    await sandbox.sim.upload(anna, png(), "a.png", "image/png", field="photo", caption="x")
    await sandbox.sim.upload(anna, b"x", "a.txt", "text/plain")
    await sandbox.sim.say(anna, "/help", chat_id=-5)
    sent = await raw.ok("sendMessage", chat_id=anna, text="?", reply_markup=INLINE)
    tap = asyncio.create_task(sandbox.sim.tap(anna, sent["message_id"], text="Yes"))
    after = (await raw.updates())[-1]["update_id"]
    updates = await raw.updates()
    while "callback_query" not in updates[-1]:
        updates = await raw.updates()
        await asyncio.sleep(0.01)
    query_id = updates[-1]["callback_query"]["id"]
    await raw.ok("answerCallbackQuery", callback_query_id=query_id)
    await tap
    await sandbox.sim.block(anna)
    await sandbox.sim.unblock(anna)
    updates = await raw.updates()
    assert updates[-1]["update_id"] > after
    assert complaints(updates, "Array of Update") == []
    kinds = {kind for update in updates for kind in update} - {"update_id"}
    assert kinds == {"message", "callback_query", "my_chat_member"}


def test_the_judge_sees_what_is_wrong() -> None:
    user = {"id": 1, "is_bot": False, "first_name": "A"}
    assert complaints(user, "User") == []
    assert complaints(user | {"id": "1"}, "User") == ["User.id: '1' is no Integer"]
    assert complaints({"id": 1, "is_bot": True}, "User") == ["User.first_name: missing"]
    assert complaints(user | {"age": 3}, "User") == ["User.age: no such field"]
