"""What Telegram refuses, word for word."""

import asyncio
from typing import Any

import pytest

from tests.support.pictures import png
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox

BUTTON = {"text": "Yes", "callback_data": "yes"}


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[BUTTON | button]]}


REFUSED_TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t\u200b "}, "message text is empty"),
    ({"text": "\u202e\u2066\u2069"}, "message text is empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "😀" * 4097}, "message is too long"),
    (
        {"text": "<b>Hi", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ({"text": "hi", "parse_mode": "Word"}, "unsupported parse_mode"),
    ({"reply_markup": keyboard(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard(callback_data="ї" * 33)}, "BUTTON_DATA_INVALID"),
    ({"reply_markup": keyboard(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        {"reply_markup": {"inline_keyboard": [[{"text": "Yes"}]]}},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"reply_markup": {"inline_keyboard": [[BUTTON] * 8] * 13}},
        "REPLY_MARKUP_TOO_LONG",
    ),
    ({"reply_markup": "{no json"}, "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": "[1]"}, "object expected as reply markup"),
    ({"chat_id": 1}, "chat not found"),
    ({"chat_id": -1}, "chat not found"),
    ({"chat_id": "@anna"}, "chat not found"),
    ({"chat_id": ""}, "chat_id is empty"),
    ({"reply_parameters": {"message_id": 1}}, "message to be replied not found"),
]


@pytest.mark.parametrize(("params", "words"), REFUSED_TEXTS)
async def test_a_refused_message(raw: Raw, anna: int, params: dict[str, Any], words: str) -> None:
    refusal = await raw.refused("sendMessage", **({"chat_id": anna, "text": "hi"} | params))
    assert refusal == (400, f"Bad Request: {words}")


async def test_the_longest_text_and_button_that_pass(raw: Raw, anna: int) -> None:
    text = "<b>" + "😀" * 4096 + "</b>"
    markup = keyboard(callback_data="x" * 64)
    sent = await raw.ok(
        "sendMessage", chat_id=anna, text=text, parse_mode="html", reply_markup=markup
    )
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]
    assert sent["reply_markup"] == markup


async def test_who_cannot_be_written_to(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    silent = await sandbox.sim.person("Silent")
    never = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await raw.refused("sendMessage", chat_id=silent, text="hi") == never
    await sandbox.sim.block(anna)
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await raw.refused("sendMessage", chat_id=anna, text="hi") == blocked
    assert await raw.refused("sendChatAction", chat_id=anna, action="typing") == blocked
    await sandbox.sim.unblock(anna)
    await raw.ok("sendMessage", chat_id=anna, text="hi")


async def test_refused_edits(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    said = (await sandbox.sim.messages(anna))[-1]["message_id"]
    sent = await raw.ok("sendMessage", chat_id=anna, text="<b>hi</b>", parse_mode="HTML")
    place = {"chat_id": anna, "message_id": sent["message_id"]}
    same = (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
    )
    assert (
        await raw.refused("editMessageText", **place, text=" <b>hi</b> ", parse_mode="HTML") == same
    )
    assert await raw.refused("editMessageReplyMarkup", **place) == same
    await raw.ok("editMessageText", **place, text="hi")
    missing = (400, "Bad Request: message to edit not found")
    assert await raw.refused("editMessageText", chat_id=anna, message_id=9, text="x") == missing
    theirs = (400, "Bad Request: message can't be edited")
    assert await raw.refused("editMessageText", chat_id=anna, message_id=said, text="x") == theirs
    nameless = (400, "Bad Request: message identifier is not specified")
    assert await raw.refused("editMessageText", chat_id=anna, text="x") == nameless


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(raw: Raw, anna: int) -> None:
    markup = {"keyboard": [["A"]]}
    sent = await raw.ok("sendMessage", chat_id=anna, text="hi", reply_markup=markup)
    assert "reply_markup" not in sent
    place = {"chat_id": anna, "message_id": sent["message_id"]}
    refusal = await raw.refused("editMessageText", **place, text="x")
    assert refusal == (400, "Bad Request: message can't be edited")


async def test_deleting_ends_after_48_hours(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    first, second = [await raw.ok("sendMessage", chat_id=anna, text=text) for text in "ab"]
    await sandbox.sim.advance(47 * 3600)
    await raw.ok("deleteMessage", chat_id=anna, message_id=first["message_id"])
    gone = await raw.refused("deleteMessage", chat_id=anna, message_id=first["message_id"])
    assert gone == (400, "Bad Request: message to delete not found")
    await sandbox.sim.advance(2 * 3600)
    late = await raw.refused("deleteMessage", chat_id=anna, message_id=second["message_id"])
    assert late == (400, "Bad Request: message can't be deleted for everyone")


OLD_QUERY = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


async def test_a_tap_answered_too_late(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    assert await raw.refused("answerCallbackQuery", callback_query_id="1") == OLD_QUERY
    await sandbox.sim.limits(callback_seconds=0.05)
    sent = await raw.ok("sendMessage", chat_id=anna, text="?", reply_markup=keyboard())
    tap = asyncio.create_task(sandbox.sim.tap(anna, sent["message_id"], text="Yes"))
    started = (await raw.updates())[-1]["update_id"]
    update = (await raw.updates(started + 1, timeout=5))[0]
    await asyncio.sleep(0.06)
    query_id = update["callback_query"]["id"]
    assert await raw.refused("answerCallbackQuery", callback_query_id=query_id) == OLD_QUERY
    assert (await tap)["answer"] is None


async def test_refused_files(raw: Raw, anna: int) -> None:
    async def refusal(method: str, data: dict[str, Any], **files: bytes) -> tuple[int, str]:
        answer = (await raw.http.post(method, data=data, files=files)).json()
        return answer["error_code"], answer["description"]

    chat = {"chat_id": str(anna)}
    no_picture = (400, "Bad Request: IMAGE_PROCESS_FAILED")
    assert await refusal("sendPhoto", chat, photo=b"text") == no_picture
    long = (400, "Bad Request: message caption is too long")
    assert await refusal("sendPhoto", chat | {"caption": "x" * 1025}, photo=png()) == long
    nothing = (400, "Bad Request: there is no document in the request")
    assert await refusal("sendDocument", chat) == nothing
    unknown = (400, "Bad Request: wrong file identifier/HTTP URL specified")
    assert await refusal("sendDocument", chat | {"document": "BQAC1"}) == unknown
    invalid = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert await refusal("getFile", {"file_id": "x"}) == invalid


async def test_polling_and_a_webhook_exclude_each_other(raw: Raw) -> None:
    await raw.ok("setWebhook", url="http://127.0.0.1:9/")
    assert await raw.refused("getUpdates") == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )
    await raw.ok("deleteWebhook")
    assert await raw.updates() == []


async def test_the_newer_of_two_polls_ends_the_older(raw: Raw) -> None:
    older = asyncio.create_task(raw.call("getUpdates", timeout=20))
    while not (newer := await raw.call("getUpdates", timeout=0))["ok"] or not older.done():
        await asyncio.sleep(0.01)
    assert newer == {"ok": True, "result": []}
    assert (await older)["error_code"] == 409
    assert (await older)["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
