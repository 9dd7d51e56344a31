"""The control API: what people do and see."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.limits import Limits
from sandbox.methods import METHODS
from tests.support.pictures import png
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox

INLINE = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "yes"}, {"text": "Site", "url": "https://a.de"}]
    ]
}


async def test_people(sandbox: RunningSandbox) -> None:
    anna = await sandbox.sim.person("Anna", "de", "anna")
    assert await sandbox.sim.person("Other", "fr", "ANNA") == anna
    await sandbox.sim.person("Rania", "ar")
    assert [(p["first_name"], p["language_code"]) for p in await sandbox.sim.people()] == [
        ("Anna", "de"),
        ("Rania", "ar"),
    ]
    assert anna > 2**32, "ids are wider than 32 bits, as Telegram's"


async def test_both_directions_as_seen_now(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    first = await sandbox.sim.say(anna, "Привіт 😀")
    sent = await raw.ok("sendMessage", chat_id=anna, text="a", reply_markup=INLINE)
    await raw.ok("editMessageText", chat_id=anna, message_id=sent["message_id"], text="b")
    gone = await raw.ok("sendMessage", chat_id=anna, text="c", reply_markup={"keyboard": [["K"]]})
    seen = await sandbox.sim.messages(anna)
    assert [m["text"] for m in seen] == ["/start", "Привіт 😀", "b", "c"]
    assert [m["from"]["id"] for m in seen] == [anna, anna, 4242, 4242]
    assert "reply_markup" not in seen[2]
    assert seen[2]["edit_date"] >= seen[2]["date"]
    assert seen[3]["reply_markup"] == {"keyboard": [[{"text": "K"}]]}
    await raw.ok("deleteMessage", chat_id=anna, message_id=gone["message_id"])
    assert [m["text"] for m in await sandbox.sim.messages(anna, after=first)] == ["b"]


async def test_a_reply_shows_what_it_answers(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    said = await sandbox.sim.say(anna, "?")
    sent = await raw.ok(
        "sendMessage", chat_id=anna, text="!", reply_parameters={"message_id": said}
    )
    assert sent["reply_to_message"]["text"] == "?"


async def test_a_long_text_leaves_in_several_messages(sandbox: RunningSandbox, anna: int) -> None:
    last = await sandbox.sim.say(anna, "x" * 5000)
    lengths = [len(m["text"]) for m in (await sandbox.sim.messages(anna))[1:]]
    assert lengths == [4096, 904]
    assert (await sandbox.sim.messages(anna))[-1]["message_id"] == last


async def test_deep_links(sandbox: RunningSandbox, raw: Raw) -> None:
    person = await sandbox.sim.person("P")
    await sandbox.sim.start(person, "ref-7_x")
    assert (await raw.updates())[-1]["message"]["text"] == "/start ref-7_x"
    with pytest.raises(httpx.HTTPStatusError):
        await sandbox.sim.start(person, "x" * 65)


async def test_start_after_a_block_unblocks(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    await sandbox.sim.block(anna)
    await sandbox.sim.block(anna)
    with pytest.raises(httpx.HTTPStatusError):
        await sandbox.sim.say(anna, "hi")
    await sandbox.sim.start(anna)
    kinds = [next(iter(set(u) - {"update_id"})) for u in await raw.updates()]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


@pytest.mark.parametrize("field", ["photo", "file"])
async def test_a_photo(sandbox: RunningSandbox, raw: Raw, anna: int, field: str) -> None:
    await sandbox.sim.upload(anna, png(), "a.png", "image/png", field=field, caption="See")
    message = (await raw.updates())[-1]["message"]
    assert (message["caption"], message["photo"][0]["width"]) == ("See", 3)
    file_id = message["photo"][0]["file_id"]
    shown = await raw.http.get(f"{sandbox.url}/sim/files/{file_id}")
    assert shown.content == png()
    assert shown.headers["content-disposition"].startswith("inline")


async def test_a_document_is_never_shown_in_place(
    sandbox: RunningSandbox, raw: Raw, anna: int
) -> None:
    await sandbox.sim.upload(anna, b"<script>", "Übersicht.html", "text/html")
    document = (await raw.updates())[-1]["message"]["document"]
    assert document["file_name"] == "Übersicht.html"
    shown = await raw.http.get(f"{sandbox.url}/sim/files/{document['file_id']}")
    assert (
        shown.headers["content-disposition"] == "attachment; filename*=utf-8''%C3%9Cbersicht.html"
    )
    assert shown.headers["x-content-type-options"] == "nosniff"


async def test_taps(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    sent = await raw.ok("sendMessage", chat_id=anna, text="?", reply_markup=INLINE)
    after = (await raw.updates())[-1]["update_id"] + 1
    link = await sandbox.sim.tap(anna, sent["message_id"], text="Site")
    assert link == {"answer": None, "url": "https://a.de"}
    stale = asyncio.create_task(
        sandbox.sim.tap(anna, sent["message_id"], callback_data="long gone")
    )
    query = (await raw.updates(after, timeout=5))[0]["callback_query"]
    assert (query["data"], query["message"]) == ("long gone", sent)
    await raw.ok("answerCallbackQuery", callback_query_id=query["id"])
    assert (await stale)["answer"] == {"text": None, "show_alert": False, "url": None}


async def test_a_tap_in_a_group(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    await sandbox.sim.group(anna, -5)
    sent = await raw.ok("sendMessage", chat_id=-5, text="?", reply_markup=INLINE)
    after = (await raw.updates())[-1]["update_id"] + 1
    tap = asyncio.create_task(sandbox.sim.tap(anna, sent["message_id"], text="Yes", chat_id=-5))
    query = (await raw.updates(after, timeout=5))[0]["callback_query"]
    assert (query["from"]["id"], query["message"]) == (anna, sent)
    await raw.ok("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    assert (await tap)["answer"]["text"] == "Noted"
    for chat_id in (7, "x"):
        answer = await raw.http.post(
            f"{sandbox.url}/sim/people/{anna}/taps",
            json={"message_id": sent["message_id"], "text": "Yes", "chat_id": chat_id},
        )
        assert answer.status_code == 400


async def test_a_reply_keyboards_button_says_its_text(
    sandbox: RunningSandbox, raw: Raw, anna: int
) -> None:
    markup = {"keyboard": [[{"text": "Так"}]], "resize_keyboard": True}
    sent = await raw.ok("sendMessage", chat_id=anna, text="?", reply_markup=markup)
    await sandbox.sim.tap(anna, sent["message_id"], text="Так")
    assert (await raw.updates())[-1]["message"]["text"] == "Так"


async def test_taps_that_cannot_be(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    sent = await raw.ok("sendMessage", chat_id=anna, text="?", reply_markup=INLINE)
    path = f"{sandbox.url}/sim/people/{anna}/taps"

    async def error(**tap: Any) -> tuple[int, str]:
        answer = await raw.http.post(path, json=tap)
        return answer.status_code, answer.json()["error"]

    missing = await error(message_id=sent["message_id"], text="No")
    assert missing == (404, 'The message has no button \'No\'; it has ["Yes", "Site"].')
    gone = (404, "There is no message 7 in this chat.")
    assert await error(message_id=7, callback_data="yes") == gone
    assert await error(message_id=7) == (400, "A tap needs either text or callback_data.")
    nobody = await raw.http.get(f"{sandbox.url}/sim/people/7/messages")
    assert (nobody.status_code, nobody.json()) == (404, {"error": "There is no person 7."})


async def test_a_group(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    group = -1001
    await sandbox.sim.say(anna, "hello all", chat_id=group, chat_title="Exchange")
    await sandbox.sim.say(anna, "/help@sandbox_bot", chat_id=group)
    heard = (await raw.updates())[-1]["message"]
    assert heard["text"] == "/help@sandbox_bot"
    assert heard["chat"] == {"id": group, "type": "supergroup", "title": "Exchange"}
    await raw.ok("sendMessage", chat_id=group, text="Hi")
    texts = [m["text"] for m in await sandbox.sim.chat_messages(group)]
    assert texts == ["hello all", "/help@sandbox_bot", "Hi"]
    assert [m["text"] for m in await sandbox.sim.messages(anna)] == ["/start"]


async def test_the_bot_comes_into_a_group_is_spoken_to_and_removed(
    sandbox: RunningSandbox, raw: Raw, anna: int
) -> None:
    group = -1002
    for _ in range(2):
        await sandbox.sim.group(anna, group)
    joined = (await raw.updates())[-1]["my_chat_member"]
    assert joined["chat"] == {"id": group, "type": "supergroup", "title": "Städte & Partner"}
    assert joined["from"]["id"] == anna
    states = [joined[which]["status"] for which in ("old_chat_member", "new_chat_member")]
    assert states == ["left", "member"]
    said = await raw.ok("sendMessage", chat_id=group, text="Hi")
    await sandbox.sim.say(anna, "nobody in particular", chat_id=group)
    await sandbox.sim.say(anna, "thank you", chat_id=group, reply_to=said["message_id"])
    updates = [one.get("message") for one in await raw.updates()]
    heard = [one for one in updates if one and one["chat"]["id"] == group]
    assert [one["text"] for one in heard] == ["thank you"]
    assert heard[0]["reply_to_message"]["message_id"] == said["message_id"]

    await sandbox.sim.group(anna, group, present=False)
    gone = (await raw.updates())[-1]["my_chat_member"]
    assert gone["new_chat_member"]["status"] == "kicked"
    number = len(await raw.updates())
    await sandbox.sim.say(anna, "/help@sandbox_bot", chat_id=group)
    assert len(await raw.updates()) == number
    refused = await raw.call("sendMessage", chat_id=group, text="Hi?")
    assert refused["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_the_log_of_calls_holds_no_token(
    sandbox: RunningSandbox, raw: Raw, anna: int
) -> None:
    files = {"document": ("a.txt", b"secret content")}
    await raw.http.post("sendDocument", data={"chat_id": str(anna)}, files=files)
    await raw.call("sendMessage", chat_id=5, text="x")
    document, message = await sandbox.sim.calls()
    assert document["params"]["document"] == {"file_name": "a.txt", "file_size": 14}
    assert document["chat_id"] == anna
    assert (message["method"], message["status"]) == ("sendMessage", 400)
    assert message["answer"]["description"] == "Bad Request: chat not found"
    assert [c["id"] for c in await sandbox.sim.calls(after=document["id"])] == [message["id"]]
    assert await sandbox.sim.calls("getMe") == []
    assert sandbox.token not in json.dumps([document, message])


async def test_dates_follow_the_clock(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    before = await raw.ok("sendMessage", chat_id=anna, text="a")
    assert (await sandbox.sim.advance(86_400))["offset"] == 86_400
    after = await raw.ok("sendMessage", chat_id=anna, text="b")
    assert 86_400 <= after["date"] - before["date"] < 86_430


class Watched:
    """One person's server-sent events, read as they come."""

    def __init__(self, response: httpx.Response):
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[int, str, Any]:
        found: dict[str, str] = {}
        async for line in self._lines:
            name, _, value = line.partition(": ")
            found[name] = value
            if not line and "event" in found:
                return int(found["id"]), found["event"], json.loads(found["data"])
        raise AssertionError("the stream has ended")


async def test_events_live_and_after_a_break(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    path = f"{sandbox.url}/sim/people/{anna}/events"
    other = await sandbox.sim.person("Other")
    async with raw.http.stream("GET", path) as response:
        watched = Watched(response)
        await sandbox.sim.start(other)
        sent = await raw.ok("sendMessage", chat_id=anna, text="a", reply_markup=INLINE)
        first, kind, data = await watched.next()
        assert (kind, data) == ("message", sent)
        await raw.ok("editMessageText", chat_id=anna, message_id=sent["message_id"], text="b")
        assert (await watched.next())[1] == "edit"
        await raw.ok("sendChatAction", chat_id=anna, action="typing")
        assert (await watched.next())[1:] == ("chat_action", {"action": "typing"})
        await raw.ok("deleteMessage", chat_id=anna, message_id=sent["message_id"])
        deleted = ("delete", {"message_id": sent["message_id"]})
        assert (await watched.next())[1:] == deleted
        await raw.ok("setMyCommands", commands=[])
        assert (await watched.next())[1] == "commands"
        await sandbox.sim.advance(1)
        assert (await watched.next())[1] == "clock"
    async with raw.http.stream("GET", path, headers={"Last-Event-ID": str(first)}) as response:
        watched = Watched(response)
        kinds = [(await watched.next())[1] for _ in range(5)]
        assert kinds == ["edit", "chat_action", "delete", "commands", "clock"]


FOREIGN = [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_a_foreign_page_cannot_drive_it(
    sandbox: RunningSandbox, headers: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url, headers=headers) as client:
        assert (await client.post("/sim/reset")).status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:8081", "http://127.0.0.1", "http://[::1]:1"])
async def test_its_own_page_can(sandbox: RunningSandbox, origin: str) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url, headers={"Origin": origin}) as client:
        assert (await client.post("/sim/reset")).status_code == 200


@pytest.mark.parametrize("path", ["/page/../serve.py", "/page/%2e%2e/serve.py", "/page/nothing.js"])
async def test_only_the_pages_files_are_served(sandbox: RunningSandbox, path: str) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as client:
        assert (await client.get(path)).status_code == 404


def test_every_limit_and_method_is_documented() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text("utf-8")
    limits = [name for name in Limits().public() if f"`{name}`" not in guide]
    assert limits == []
    written = guide.lower().replace("`set…`/`get…`", "")
    told_together = ("myname", "mydescription", "myshortdescription")
    methods = [m for m in METHODS if f"`{m}`" not in written and not m.endswith(told_together)]
    assert methods == []
