"""Unchanged clients against the sandbox: aiogram, python-telegram-bot, and plain HTTP."""

import asyncio
from datetime import timedelta
from io import BytesIO

import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram import Bot as PtbBot
from telegram import InlineKeyboardButton as PtbButton
from telegram import InlineKeyboardMarkup as PtbKeyboard
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter
from telegram.ext import ExtBot

from tests.support.pictures import png
from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox


def aiogram_bot(sandbox: RunningSandbox) -> AiogramBot:
    server = TelegramAPIServer.from_base(sandbox.url)
    return AiogramBot(sandbox.token, session=AiohttpSession(api=server))


@pytest.mark.parametrize("text", ["Guten Tag, Łódź 😀", "مرحبًا"])
async def test_aiogram_sends_edits_and_deletes(
    sandbox: RunningSandbox, anna: int, text: str
) -> None:
    async with aiogram_bot(sandbox) as bot:
        sent = await bot.send_message(anna, f"<b>{text}</b>", parse_mode=ParseMode.HTML)
        assert sent.text == text
        edited = await bot.edit_message_text("new", chat_id=anna, message_id=sent.message_id)
        assert not isinstance(edited, bool)
        assert edited.edit_date is not None
        assert (await sandbox.sim.messages(anna))[-1]["text"] == "new"
        assert await bot.delete_message(anna, sent.message_id)
    assert [m["text"] for m in await sandbox.sim.messages(anna)] == ["/start"]


async def test_aiogram_hears_a_tap_and_answers_it(sandbox: RunningSandbox, anna: int) -> None:
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Yes", callback_data="yes")]]
    )
    async with aiogram_bot(sandbox) as bot:
        sent = await bot.send_message(anna, "?", reply_markup=keyboard)
        first = await bot.get_updates()
        tap = asyncio.create_task(sandbox.sim.tap(anna, sent.message_id, text="Yes"))
        updates = await bot.get_updates(offset=first[-1].update_id + 1, timeout=5)
        query = updates[0].callback_query
        assert query is not None
        assert query.data == "yes"
        assert await bot.answer_callback_query(query.id, "Thanks", show_alert=True)
        assert (await tap)["answer"] == {"text": "Thanks", "show_alert": True, "url": None}


async def test_aiogram_uploads_and_downloads(sandbox: RunningSandbox, anna: int) -> None:
    async with aiogram_bot(sandbox) as bot:
        document = await bot.send_document(
            anna, BufferedInputFile(b"BEGIN:VCALENDAR", "Treffen.ics"), caption="<i>ics</i>"
        )
        assert document.document is not None
        assert document.document.file_name == "Treffen.ics"
        photo = await bot.send_photo(anna, BufferedInputFile(png(7, 5), "a.png"))
        assert photo.photo is not None
        assert (photo.photo[-1].width, photo.photo[-1].height) == (7, 5)
        again = await bot.send_document(anna, document.document.file_id)
        assert again.document == document.document
        content = await bot.download(document.document)
        assert content is not None
        assert content.read() == b"BEGIN:VCALENDAR"


async def test_aiogram_sets_up_menus_and_webhook(sandbox: RunningSandbox, anna: int) -> None:
    everyone, ukrainian, own = (BotCommand(command=c, description=c) for c in ("a", "b", "c"))
    async with aiogram_bot(sandbox) as bot:
        await bot.set_my_commands([everyone])
        assert await sandbox.sim.commands(anna) == [{"command": "a", "description": "a"}]
        await bot.set_my_commands([ukrainian], language_code="uk")
        assert [c["command"] for c in await sandbox.sim.commands(anna)] == ["b"]
        await bot.set_my_commands([own], scope=BotCommandScopeChat(chat_id=anna))
        assert [c["command"] for c in await sandbox.sim.commands(anna)] == ["c"]
        assert [c.command for c in await bot.get_my_commands(language_code="uk")] == ["b"]
        await bot.set_my_description("Hallo", language_code="de")
        await bot.set_my_short_description("Hi")
        assert (await sandbox.sim.bot("de"))["description"] == "Hallo"
        assert (await sandbox.sim.bot("fr"))["short_description"] == "Hi"
        assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s")
        assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/hook"
        assert await bot.delete_webhook(drop_pending_updates=True)
        chat = await bot.get_chat(anna)
        assert (chat.username, chat.type) == ("anna", "private")


async def test_aiogram_learns_that_it_is_blocked(sandbox: RunningSandbox, anna: int) -> None:
    await sandbox.sim.block(anna)
    async with aiogram_bot(sandbox) as bot:
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(anna, "?")
        updates = await bot.get_updates()
    change = updates[-1].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"


def ptb_bot(sandbox: RunningSandbox, kind: type[PtbBot] = ExtBot) -> PtbBot:
    return kind(
        sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot"
    )


@pytest.mark.parametrize("kind", [PtbBot, ExtBot])
async def test_python_telegram_bot_does_all_that_a_courier_does(
    sandbox: RunningSandbox, anna: int, kind: type[PtbBot]
) -> None:
    keyboard = PtbKeyboard([[PtbButton("Yes", callback_data="yes")]])
    async with ptb_bot(sandbox, kind) as bot:
        sent = await bot.send_message(
            anna, "<b>Hi</b> 😀", parse_mode="HTML", reply_markup=keyboard
        )
        assert (sent.text, sent.entities[0].type) == ("Hi 😀", "bold")
        edited = await bot.edit_message_reply_markup(anna, sent.message_id)
        assert edited is not True
        assert edited.reply_markup is None
        document = await bot.send_document(anna, BytesIO(b"a,b\n"), filename="Liste:1.csv")
        file = await document.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"a,b\n"
        photo = await bot.send_photo(anna, png())
        assert photo.photo[-1].width == 3
        assert [u.message.text for u in await bot.get_updates()] == ["/start"]


async def test_python_telegram_bot_is_told_why(sandbox: RunningSandbox, anna: int) -> None:
    async with ptb_bot(sandbox) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(1, "?")
        await sandbox.sim.faults(
            {"method": "sendMessage", "times": 1, "status": 429, "retry_after": 7}
        )
        with pytest.raises(RetryAfter) as flood:
            await bot.send_message(anna, "?")
        # Seconds, or a timedelta where the process has asked for those (PTB_TIMEDELTA).
        assert flood.value.retry_after in (7, timedelta(seconds=7))
        await sandbox.sim.block(anna)
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(anna, "?")


async def test_python_telegram_bot_with_a_wrong_token(sandbox: RunningSandbox) -> None:
    stranger = ExtBot("4242:other", base_url=f"{sandbox.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart", "upper"])
async def test_plain_http_in_every_way_that_telegram_takes(raw: Raw, anna: int, way: str) -> None:
    params = {"chat_id": str(anna), "text": "a+b & c", "reply_markup": '{"force_reply":true}'}
    match way:
        case "query":
            answer = await raw.http.get("sendMessage", params=params)
        case "form":
            answer = await raw.http.post("sendMessage", data=params)
        case "json":
            structured = params | {"chat_id": anna, "reply_markup": {"force_reply": True}}
            answer = await raw.http.post("sendMessage", json=structured)
        case "multipart":
            parts = {name: (None, value) for name, value in params.items()}
            answer = await raw.http.post("sendMessage", files=parts)
        case _:
            answer = await raw.http.post("SENDMESSAGE", data=params)
    assert answer.json()["result"]["text"] == "a+b & c"


async def test_the_token_may_be_percent_encoded_and_no_other_opens(
    sandbox: RunningSandbox, raw: Raw
) -> None:
    encoded = sandbox.url + "/bot" + sandbox.token.replace(":", "%3A") + "/getMe"
    assert (await raw.http.get(encoded)).json()["result"]["is_bot"] is True
    stranger = await raw.http.get(f"{sandbox.url}/bot4242:other/getMe")
    assert stranger.status_code == 401
    assert stranger.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    unknown = await raw.http.get("getNothing")
    assert unknown.status_code == 404
    assert unknown.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
