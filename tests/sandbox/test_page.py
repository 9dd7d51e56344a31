"""Conversations on the chat page, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.sandbox.page_visitor import (
    CHROMIUM,
    KEYS,
    Bot,
    Visit,
    address,
    bot,
    box,
    browser,
    bubbles,
    column,
    computed,
    visit,
)

__all__ = ["address", "bot", "browser", "visit"]  # fixtures: tests name them as arguments

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("page"),  # one browser and sandbox for all of them
]


async def test_two_people_side_by_side_each_see_their_own_conversation(
    bot: Bot, visit: Visit
) -> None:
    anna, olena = await bot.person("Anna"), await bot.person("Олена", "uk")
    page = await visit()
    await bot("sendMessage", chat_id=anna, text="Guten Tag")
    await bot("sendMessage", chat_id=olena, text="Добрий день")
    await expect(bubbles(page, anna)).to_have_text(["hello", "Guten Tag"])
    await expect(bubbles(page, olena)).to_have_text(["hello", "Добрий день"])
    left, right = await box(column(page, anna)), await box(column(page, olena))
    assert left["x"] + left["width"] <= right["x"]


async def test_own_bubbles_stand_opposite_the_bots(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("sendMessage", chat_id=anna, text="Hi")
    page = await visit()
    own = await box(column(page, anna).locator(".own .balloon"))
    theirs = await box(column(page, anna).locator(".theirs .balloon"))
    assert theirs["x"] < own["x"]


async def test_what_a_person_writes_reaches_the_bot_with_its_line_breaks(
    bot: Bot, visit: Visit
) -> None:
    anna = await bot.person("Anna")
    page = await visit()
    field = column(page, anna).get_by_role("textbox")
    await field.type("Stadtwerke")
    await field.press("Shift+Enter")
    await field.type("Dresden")
    await field.press("Enter")
    await expect(bubbles(page, anna)).to_have_text(["hello", "Stadtwerke\nDresden"])
    await expect(field).to_have_value("")
    assert (await bot.next("message"))["text"] == "hello"
    assert (await bot.next("message"))["text"] == "Stadtwerke\nDresden"


async def test_a_tap_reaches_the_bot_and_its_answer_is_a_toast(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("sendMessage", chat_id=anna, text="Einverstanden?", reply_markup=KEYS)
    page = await visit()
    yes = column(page, anna).get_by_role("button", name="Ja")
    await yes.click()
    await expect(yes).to_have_attribute("aria-busy", "true")
    query = await bot.next("callback_query")
    assert (query["data"], query["from"]["id"]) == ("yes", anna)
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Danke!")
    await expect(column(page, anna).locator(".toast")).to_have_text(["Danke!"])
    await expect(yes).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_to_be_confirmed(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("sendMessage", chat_id=anna, text="Einverstanden?", reply_markup=KEYS)
    page = await visit()
    await column(page, anna).get_by_role("button", name="Ja").click()
    query = await bot.next("callback_query")
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Halt!", show_alert=True)
    alert = page.locator("dialog#alert")
    await expect(alert).to_be_visible()
    await expect(alert.locator("p")).to_have_text("Halt!")
    await page.keyboard.press("Enter")
    await expect(alert).to_be_hidden()


async def test_an_edit_changes_the_bubble_in_its_place_and_keeps_the_focus(
    bot: Bot, visit: Visit
) -> None:
    anna = await bot.person("Anna")
    sent = await bot("sendMessage", chat_id=anna, text="Frage 1", reply_markup=KEYS)
    await bot("sendMessage", chat_id=anna, text="danach")
    page = await visit()
    no = column(page, anna).get_by_role("button", name="Nein")
    await no.focus()
    keys = {
        "inline_keyboard": [
            [{"text": "Doch", "callback_data": "1"}, {"text": "Niemals", "callback_data": "2"}]
        ]
    }
    await bot(
        "editMessageText",
        chat_id=anna,
        message_id=sent["message_id"],
        text="Frage 2",
        reply_markup=keys,
    )
    await expect(bubbles(page, anna)).to_have_text(["hello", "Frage 2", "danach"])
    await expect(column(page, anna).get_by_role("button", name="Niemals")).to_be_focused()


async def test_a_deleted_message_vanishes(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    sent = await bot("sendMessage", chat_id=anna, text="gleich weg")
    page = await visit()
    await expect(bubbles(page, anna)).to_have_text(["hello", "gleich weg"])
    await bot("deleteMessage", chat_id=anna, message_id=sent["message_id"])
    await expect(bubbles(page, anna)).to_have_text(["hello"])


async def test_markup_in_names_texts_and_buttons_stays_text(bot: Bot, visit: Visit) -> None:
    evil = "<img src=x onerror=alert(1)>"
    mallory = await bot.person(evil)
    keys = {"inline_keyboard": [[{"text": evil, "callback_data": "x"}]]}
    await bot("sendMessage", chat_id=mallory, text=evil, reply_markup=keys)
    await bot.send_document(mallory, "<b>x.txt", b"x")
    page = await visit()
    await expect(bubbles(page, mallory)).to_have_text(["hello", evil])
    await expect(column(page, mallory).get_by_role("heading", level=2)).to_have_text(evil)
    await expect(column(page, mallory).get_by_role("button", name=evil, exact=True)).to_be_visible()
    await expect(page.locator("img, main b")).to_have_count(0)


async def test_entities_are_shown_and_unsafe_links_are_not_links(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    text = (
        "😀 <b>fett <i>und schräg</i></b> <code>x</code> <tg-spoiler>geheim</tg-spoiler>"
        ' <a href="https://example.org/">Seite</a> /hilfe'
    )
    await bot("sendMessage", chat_id=anna, text=text, parse_mode="HTML")
    page = await visit()
    said = column(page, anna).locator(".theirs .text").first
    await expect(said.locator("strong")).to_have_text("fett und schräg")
    await expect(said.locator("strong em")).to_have_text("und schräg")
    await expect(said.locator("code")).to_have_text("x")
    await expect(said.locator("a")).to_have_attribute("rel", re.compile("noopener"))
    assert await computed(said.locator(".covered"), "visibility") == "hidden"
    await said.locator(".spoiler").click()
    assert await computed(said.locator(".covered"), "visibility") == "visible"
    safe = await page.evaluate(
        """async () => {
          const { safeAddress } = await import(new URL("page/entities.js", document.baseURI));
          const given = ["https://a.b/", "tg://user", "javascript:alert(1)", "data:,x", "//"];
          return given.map(safeAddress);
        }"""
    )
    assert safe == ["https://a.b/", "tg://user", None, None, None]


async def test_a_command_in_a_text_can_be_tapped(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("sendMessage", chat_id=anna, text="Weiter mit /profile bitte")
    page = await visit()
    await column(page, anna).get_by_role("button", name="/profile").click()
    await expect(bubbles(page, anna)).to_have_text(
        ["hello", "Weiter mit /profile bitte", "/profile"]
    )


async def test_the_command_menu_is_asked_anew_whenever_it_is_opened(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("setMyCommands", commands=[])
    page = await visit()
    slash = column(page, anna).get_by_role("button", name="Befehle")
    entries = column(page, anna).get_by_role("menuitem")
    await slash.click()
    await expect(column(page, anna).get_by_role("menu")).to_contain_text("keine Befehle")
    await page.keyboard.press("Escape")
    await slash.click()
    commands = [
        {"command": "start", "description": "Beginnen"},
        {"command": "help", "description": "Hilfe"},
    ]
    await column(page, anna).get_by_role("heading", level=2).click()
    await bot("setMyCommands", commands=commands)
    await slash.click()
    await expect(entries).to_have_text(["/startBeginnen", "/helpHilfe"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, anna)).to_have_text(["hello", "/help"])
    await expect(entries.first).to_be_hidden()


async def test_an_empty_conversation_offers_start_and_says_what_the_bot_does(
    bot: Bot, visit: Visit
) -> None:
    await bot("setMyDescription", description="Bringt Städte zusammen.")
    anna = (await bot.sim("people", first_name="Anna", language_code="de"))["id"]
    page = await visit()
    await expect(column(page, anna)).to_contain_text("Bringt Städte zusammen.")
    start = column(page, anna).get_by_role("button", name="Starten", exact=True)
    await start.click()
    await expect(bubbles(page, anna)).to_have_text(["/start"])
    await expect(start).to_be_hidden()


async def test_a_document_is_downloaded_whole_and_under_its_name(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    content = "BEGIN:VCALENDAR\r\nä\r\n".encode()
    await bot.send_document(anna, "sitzung.ics", content)
    page = await visit()
    async with page.expect_download() as coming:
        await column(page, anna).get_by_role("link", name="sitzung.ics").click()
    download = await coming.value
    assert download.suggested_filename == "sitzung.ics"
    assert Path(await download.path()).read_bytes() == content


async def test_a_person_attaches_a_file_with_a_caption(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    page = await visit()
    chooser = column(page, anna).locator("input[type=file]")
    await chooser.set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Plan"})
    await column(page, anna).get_by_role("textbox").fill("Unser Plan")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, anna)).to_have_text(["hello", "Unser Plan"])
    await bot.next("message")
    message = await bot.next("message")
    assert (message["document"]["file_name"], message["caption"]) == ("plan.txt", "Unser Plan")


async def test_a_reply_keyboard_stands_above_the_input_and_goes_again(
    bot: Bot, visit: Visit
) -> None:
    anna = await bot.person("Anna")
    page = await visit()
    await bot(
        "sendMessage",
        chat_id=anna,
        text="Welche?",
        reply_markup={"keyboard": [["Deutsch", "English"]]},
    )
    await column(page, anna).get_by_role("button", name="English").click()
    await expect(bubbles(page, anna)).to_have_text(["hello", "Welche?", "English"])
    await bot("sendMessage", chat_id=anna, text="Gut", reply_markup={"remove_keyboard": True})
    await expect(column(page, anna).get_by_role("button", name="English")).to_have_count(0)


async def test_a_new_day_is_named_between_the_messages(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    page = await visit(timezone_id="Europe/Berlin")
    await expect(column(page, anna).locator(".day-name")).to_have_count(1)
    await bot.sim("clock", advance=86400)
    await bot("sendMessage", chat_id=anna, text="Am nächsten Tag")
    await expect(column(page, anna).locator(".day-name")).to_have_count(2)


async def test_blocking_takes_the_input_away_until_unblocked(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    page = await visit()
    await column(page, anna).get_by_role("switch", name="Bot blockieren").click()
    member = await bot.next("my_chat_member")
    assert member["new_chat_member"]["status"] == "kicked"
    await expect(column(page, anna).get_by_role("textbox")).to_be_hidden()
    await column(page, anna).get_by_role("button", name="Blockierung aufheben").click()
    await expect(column(page, anna).get_by_role("textbox")).to_be_visible()


async def test_a_deep_link_to_the_bot_itself_starts_it(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    name = (await bot("getMe"))["username"]
    await bot("sendMessage", chat_id=anna, text=f"https://t.me/{name}?start=abc")
    page = await visit()
    await bubbles(page, anna).get_by_role("link").click()
    await expect(bubbles(page, anna).last).to_have_text("/start abc")


async def test_a_reader_who_scrolled_up_stays_and_is_told_of_news(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    for number in range(30):
        await bot("sendMessage", chat_id=anna, text=f"Nachricht {number}\n\n")
    page = await visit()
    log = column(page, anna).get_by_role("log")
    await expect(bubbles(page, anna)).to_have_count(31)
    await expect(bubbles(page, anna).last).to_be_in_viewport()
    await log.evaluate("node => node.scrollTo(0, 0)")
    await bot("sendMessage", chat_id=anna, text="ganz neu")
    newest = column(page, anna).get_by_role("button", name="Neue Nachrichten")
    await expect(newest).to_be_visible()
    await expect(bubbles(page, anna).first).to_be_in_viewport()
    await newest.click()
    await expect(bubbles(page, anna).last).to_be_in_viewport()
    await expect(newest).to_be_hidden()
