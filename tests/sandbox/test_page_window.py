"""The chat page around the conversations: windows, languages, people, clock, colours."""

from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.sandbox.page_visitor import (
    CHROMIUM,
    KEYS,
    PHONE,
    Bot,
    Visit,
    about,
    address,
    bot,
    box,
    browser,
    bubbles,
    column,
    computed,
    sideways,
    visit,
)
from tests.support.sandbox_server import running_sandbox

__all__ = ["address", "bot", "browser", "visit"]  # fixtures: tests name them as arguments

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("page-window"),  # one browser and sandbox for all of them
]


async def test_an_arabic_column_is_mirrored_and_its_neighbour_is_not(
    bot: Bot, visit: Visit
) -> None:
    rania, anna = await bot.person("رانيا", "ar"), await bot.person("Anna")
    await bot("sendMessage", chat_id=rania, text="أهلاً وسهلاً")
    page = await visit()
    await expect(bubbles(page, rania)).to_have_text(["hello", "أهلاً وسهلاً"])
    assert await computed(column(page, rania), "direction") == "rtl"
    assert await computed(column(page, anna), "direction") == "ltr"
    assert await computed(bubbles(page, rania).nth(0), "direction") == "ltr"
    assert await computed(bubbles(page, rania).nth(1), "direction") == "rtl"
    own = await box(column(page, rania).locator(".own .balloon"))
    theirs = await box(column(page, rania).locator(".theirs .balloon"))
    assert own["x"] < theirs["x"]


@pytest.mark.parametrize(
    ("visitor", "language", "direction", "word"),
    [
        ("de-AT", "de-AT", "ltr", "Personen"),
        ("en-GB", "en-GB", "ltr", "People"),
        ("fr-FR", "fr-FR", "ltr", "Personnes"),
        ("es-MX", "es-MX", "ltr", "Personas"),
        ("pt-BR", "pt-BR", "ltr", "Pessoas"),
        ("uk-UA", "uk-UA", "ltr", "Учасники"),
        ("ar-JO", "ar-JO", "rtl", "الأشخاص"),
        ("ja-JP", "en", "ltr", "People"),
    ],
)
async def test_the_page_speaks_its_visitors_language(
    bot: Bot, visit: Visit, visitor: str, language: str, direction: str, word: str
) -> None:
    page = await visit(locale=visitor)
    await expect(page.locator("#open-picker")).to_contain_text(word)
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await expect(page.locator("html")).to_have_attribute("dir", direction)


async def test_every_language_has_every_word(visit: Visit) -> None:
    page = await visit()
    tables = await page.evaluate(
        """async () => {
          const { LANGUAGES, TEXTS } = await import(new URL("page/texts.js", document.baseURI));
          const places = (text) => (text.match(/\\{\\w+\\}/g) ?? []).join();
          const shape = ([key, text]) => [key, places(text), text !== ""];
          return Object.keys(LANGUAGES).map((code) => Object.entries(TEXTS[code] ?? {}).map(shape));
        }"""
    )
    assert len(tables) == 7
    assert all(table == tables[0] for table in tables)
    assert all(filled for _, _, filled in tables[0])


@pytest.mark.parametrize("visitor", ["de-DE", "uk-UA", "ar-JO"])
async def test_a_narrow_window_shows_one_person_and_never_scrolls_sideways(
    bot: Bot, visit: Visit, visitor: str
) -> None:
    anna, olena = await bot.person("Anna-Magdalena von Rautenberg"), await bot.person("Олена", "uk")
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    keys = {
        "inline_keyboard": [
            [{"text": word, "callback_data": "x"}, {"text": "Nein", "callback_data": "n"}]
        ]
    }
    await bot("sendMessage", chat_id=anna, text=word * 3, reply_markup=keys)
    page = await visit(PHONE, locale=visitor)
    await expect(column(page, anna)).to_be_visible()
    await expect(column(page, olena)).to_be_hidden()
    assert await sideways(page) <= 0
    log = column(page, anna).get_by_role("log")
    assert await log.evaluate("node => node.scrollWidth <= node.clientWidth")
    await page.get_by_role("tab", name="Олена").click()
    await expect(column(page, olena)).to_be_visible()
    await expect(column(page, anna)).to_be_hidden()
    assert await sideways(page) <= 0


async def test_a_tab_tells_of_news_until_it_is_looked_at(bot: Bot, visit: Visit) -> None:
    await bot.person("Anna")
    olena = await bot.person("Олена", "uk")
    page = await visit(PHONE)
    tab = page.get_by_role("tab", name="Олена")
    await expect(column(page, olena).locator(".message")).to_have_count(1)
    await bot("sendMessage", chat_id=olena, text="Новини")
    await expect(tab.locator(".dot")).to_be_visible()
    await tab.click()
    await expect(tab.locator(".dot")).to_have_count(0)


async def test_the_keyboard_alone_is_enough(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    await bot("sendMessage", chat_id=anna, text="Einverstanden?", reply_markup=KEYS)
    page = await visit()
    yes = column(page, anna).get_by_role("button", name="Ja")
    await expect(yes).to_be_visible()
    for _ in range(25):
        await page.keyboard.press("Tab")
        if await yes.evaluate("node => node === document.activeElement"):
            break
    await expect(yes).to_be_focused()
    assert await computed(yes, "outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    assert (await bot.next("callback_query"))["data"] == "yes"


async def test_one_hour_on_moves_the_clock_for_all(bot: Bot, visit: Visit) -> None:
    await bot.person("Anna")  # her conversation hears of the clock in the other window
    page = await visit()
    other = await page.context.new_page()
    await other.goto(page.url)
    await expect(page.locator("#now")).not_to_be_empty()
    before = await bot.clock()
    await page.get_by_role("button", name="+1 Stunde").click()
    for face in (page.locator("#now"), other.locator("#now")):
        await expect(face).to_have_attribute("datetime", about(before + 3600))
    await page.get_by_role("button", name="+1 Tag").click()
    for face in (page.locator("#now"), other.locator("#now")):
        await expect(face).to_have_attribute("datetime", about(before + 90000))


async def test_a_new_person_comes_by_the_form(bot: Bot, visit: Visit) -> None:
    page = await visit()
    await expect(page.locator(".nobody")).to_be_visible()
    await page.get_by_role("button", name="Neue Person").click()
    form = page.locator("dialog#newcomer")
    await form.get_by_label("Name", exact=True).fill("Olena")
    await form.get_by_label("Sprache").select_option(label="Українська")
    await form.get_by_role("button", name="Hinzufügen").click()
    header = page.locator(".column header")
    await expect(header).to_contain_text("Olena")
    await expect(header).to_contain_text("Українська")


async def test_people_appear_by_themselves_and_stay_hidden_when_hidden(
    bot: Bot, visit: Visit
) -> None:
    page = await visit()
    await expect(page.locator(".nobody")).to_be_visible()
    anna, olena = await bot.person("Anna"), await bot.person("Олена", "uk")
    await expect(column(page, olena)).to_be_visible()
    await page.locator("#open-picker").click()
    await page.get_by_role("checkbox", name="Anna").uncheck()
    await expect(column(page, anna)).to_have_count(0)
    await page.reload()
    await expect(column(page, olena)).to_be_visible()
    await expect(column(page, anna)).to_have_count(0)


async def test_without_a_memory_the_page_works_all_the_same(bot: Bot, visit: Visit) -> None:
    anna = await bot.person("Anna")
    page = await visit()
    await page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    await page.reload()
    await expect(bubbles(page, anna)).to_have_text(["hello"])


async def test_more_people_than_a_browser_has_connections_still_hear_everything(
    bot: Bot, visit: Visit
) -> None:
    people = [await bot.person(f"Person {number}") for number in range(8)]
    page = await visit()
    await page.locator("#open-picker").click()
    choices = page.locator("#roster input")
    await expect(choices).to_have_count(len(people))
    for choice in await choices.all():
        await choice.check()
    await bot("sendMessage", chat_id=people[-1], text="Einverstanden?", reply_markup=KEYS)
    last = column(page, people[-1])
    await expect(bubbles(page, people[-1])).to_have_text(["hello", "Einverstanden?"])
    await last.get_by_role("button", name="Ja").click()
    query = await bot.next("callback_query")
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Danke!")
    await expect(last.locator(".toast")).to_have_text(["Danke!"])


async def test_after_a_break_the_page_says_so_and_catches_up(
    browser: Browser, tmp_path: Path
) -> None:
    async with (
        running_sandbox(tmp_path / "sandbox.db", process=True) as sandbox,
        httpx.AsyncClient(base_url=sandbox.url, timeout=20, trust_env=False) as http,
    ):
        bot, visit = Bot(http), Visit(browser, sandbox.url)
        anna = await bot.person("Anna")
        gone = await bot("sendMessage", chat_id=anna, text="gleich weg")
        page = await visit()
        await expect(bubbles(page, anna)).to_have_text(["hello", "gleich weg"])
        await sandbox.kill()
        await expect(page.locator("#offline")).to_contain_text("Keine Verbindung")
        await sandbox.start_again()
        await bot("deleteMessage", chat_id=anna, message_id=gone["message_id"])
        await bot("sendMessage", chat_id=anna, text="verpasst")
        await expect(bubbles(page, anna)).to_have_text(["hello", "verpasst"])
        await expect(page.locator("#offline")).to_be_empty()
        await visit.context.close()


async def test_a_conversation_that_was_out_of_sight_shows_its_newest_message(
    bot: Bot, visit: Visit
) -> None:
    anna, olena = await bot.person("Anna"), await bot.person("Олена", "uk")
    for number in range(20):
        await bot("sendMessage", chat_id=anna, text=f"Nachricht {number}\n\n")
    page = await visit(PHONE)
    await expect(bubbles(page, anna).last).to_be_in_viewport()
    await page.get_by_role("tab", name="Олена").click()
    await expect(column(page, olena)).to_be_visible()
    await bot("sendMessage", chat_id=anna, text="ganz neu")
    await expect(bubbles(page, anna)).to_have_count(22)
    await page.get_by_role("tab", name="Anna").click()
    await expect(bubbles(page, anna).last).to_be_in_viewport()


async def test_colours_follow_the_system_until_someone_chooses(bot: Bot, visit: Visit) -> None:
    page = await visit(color_scheme="dark")
    body = page.locator("body")
    dark = await computed(body, "backgroundColor")
    switch = page.get_by_role("switch", name="Dunkle Farben")
    await expect(switch).to_be_checked()
    await page.emulate_media(color_scheme="light")
    light = await computed(body, "backgroundColor")
    await expect(switch).not_to_be_checked()
    assert dark != light
    await switch.click()
    assert await computed(body, "backgroundColor") == dark
    await page.reload()
    assert await computed(body, "backgroundColor") == dark
