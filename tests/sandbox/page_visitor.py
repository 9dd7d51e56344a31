"""A visitor to the chat page with a real browser, and a bot that is a few lines of raw HTTP."""

import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, FloatRect, Locator, Page, async_playwright, expect

from tests.support.sandbox_server import TOKEN, running_sandbox

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds: a busy machine is no failure
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}

expect.set_options(timeout=PATIENCE)


class Bot:
    """A bot and its people, over raw HTTP: the Bot API and the control API."""

    def __init__(self, http: httpx.AsyncClient):
        self._http = http
        self._offset = 0

    async def __call__(self, method: str, **params: Any) -> Any:
        """A Bot API call; its result."""
        answer = await self._http.post(f"/bot{TOKEN}/{method}", json=params)
        assert answer.json()["ok"], answer.text
        return answer.json()["result"]

    async def send_document(self, chat_id: int, name: str, content: bytes) -> None:
        answer = await self._http.post(
            f"/bot{TOKEN}/sendDocument",
            data={"chat_id": str(chat_id)},
            files={"document": (name, content)},
        )
        assert answer.json()["ok"], answer.text

    async def next(self, kind: str) -> Any:
        """The next update of a kind; others before it are acknowledged unread."""
        for _ in range(20):
            for update in await self("getUpdates", offset=self._offset, timeout=1):
                self._offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]
        raise AssertionError(f"the bot got no {kind}")

    async def sim(self, path: str, **body: Any) -> Any:
        answer = await self._http.post(f"/sim/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def person(self, name: str, language: str = "de") -> int:
        """Someone new, to whom the bot may write."""
        person: int = (await self.sim("people", first_name=name, language_code=language))["id"]
        await self.sim(f"people/{person}/messages", text="hello")
        return person

    async def clock(self) -> float:
        return float((await self._http.get("/sim/clock")).json()["now"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with running_sandbox(
        tmp_path_factory.mktemp("sandbox") / "sandbox.db", per_second=0, chat_burst=0
    ) as sandbox:
        yield sandbox.url


@pytest_asyncio.fixture(loop_scope="module")
async def bot(address: str) -> AsyncIterator[Bot]:
    async with httpx.AsyncClient(base_url=address, timeout=20, trust_env=False) as http:
        await http.post("/sim/reset")
        yield Bot(http)


class Visit:
    """Opens the page as some visitor, and fails if it complains."""

    def __init__(self, browser: Browser, address: str):
        self._browser = browser
        self._address = address
        self.complaints: list[str] = []

    async def __call__(self, size: dict[str, int] | None = None, **options: Any) -> Page:
        settings = {"locale": "de-DE", "viewport": size or WIDE, **options}
        self.context = await self._browser.new_context(**settings)
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._note)
        await page.goto(self._address)
        return page

    def _note(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, address: str) -> AsyncIterator[Visit]:
    visit = Visit(browser, address)
    yield visit
    await visit.context.close()
    assert visit.complaints == []


def column(page: Page, person: int) -> Locator:
    return page.locator(f"#person-{person}")


def bubbles(page: Page, person: int) -> Locator:
    return column(page, person).locator(".message .text")


async def box(locator: Locator) -> FloatRect:
    """Where it stands on the screen, in pixels."""
    found = await locator.bounding_box()
    assert found is not None
    return found


async def computed(locator: Locator, name: str) -> str:
    return str(await locator.evaluate("(node, name) => getComputedStyle(node)[name]", name))


async def sideways(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def about(moment: float) -> re.Pattern[str]:
    """ISO times of this Unix time's minute and the one after."""
    minutes = (datetime.fromtimestamp(moment + late, UTC).strftime("%FT%H:%M") for late in (0, 60))
    return re.compile("|".join(minutes))


KEYS = {
    "inline_keyboard": [
        [{"text": "Ja", "callback_data": "yes"}, {"text": "Nein", "callback_data": "no"}]
    ]
}
