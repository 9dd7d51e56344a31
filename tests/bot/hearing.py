"""The bot in the test's own process, as `python -m bot run` assembles it, on a sandbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.listening import listen
from bot.settings import Settings
from handlers.routers import ROUTERS
from tests.support.chat import Chat
from tests.support.gazetteer import gazetteer_folder
from tests.support.sandbox_server import RunningSandbox, free_port, running_sandbox
from tests.support.workers import eventually

SECRET = "a-long-random-word"


@dataclass(slots=True)
class Hearing:
    """A bot that listens; `stop` ends it in order."""

    sandbox: RunningSandbox
    settings: Settings
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def hook(self) -> str:
        """Where its webhook listens."""
        return f"{self.settings.webhook_url}/telegram"

    async def chat(self, language: str = "en") -> Chat:
        """A newcomer's chat with it."""
        sim = self.sandbox.sim
        return Chat(sim, await sim.person(f"Newcomer {language}", language), language)

    async def calls(self, method: str, chat: Chat | None = None) -> list[dict[str, Any]]:
        """What it has asked and been answered, to this chat if one is named."""
        made = await self.sandbox.sim.calls(method)
        return [one for one in made if chat is None or one["chat_id"] == chat.person]


def settings_for(sandbox: RunningSandbox, database_url: str, **changed: Any) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        **{
            "bot_token": None,
            "telegram_api_url": sandbox.url,
            "sandbox_token": sandbox.token,
            "database_url": database_url,
            "gazetteer_dir": gazetteer_folder(),
            "redis_url": None,
            "webhook_url": None,
            "tick_seconds": 0.2,
            "lease_seconds": 2,
            "sends_per_second": 0,
            "updates_per_person": 0,
        }
        | changed,
    )


def by_webhook() -> dict[str, Any]:
    """Settings of a bot that is brought its updates."""
    port = free_port()
    return {
        "webhook_url": f"http://127.0.0.1:{port}",
        "webhook_port": port,
        "webhook_secret": SECRET,
    }


@asynccontextmanager
async def hearing_bot(
    sandbox: RunningSandbox, database_url: str, **changed: Any
) -> AsyncIterator[Hearing]:
    """The bot, listening; ended in order afterwards, within ten seconds."""
    bot = Hearing(sandbox, settings_for(sandbox, database_url, **changed))
    method = "setWebhook" if bot.settings.webhook_url else "deleteWebhook"
    before = len(await bot.calls(method))
    task = asyncio.create_task(listen(bot.settings, bot.stop))

    async def ready() -> bool:
        assert not task.done(), task.result()
        return len(await bot.calls(method)) > before

    try:
        await eventually(ready, 60)
        yield bot
    finally:
        bot.stop.set()
        try:
            async with asyncio.timeout(10):
                await task
        finally:
            _detach_routers()


def _detach_routers() -> None:
    """A process has one dispatcher, whose aiogram's routers are for good; a test's has many."""
    for router in ROUTERS:
        router._parent_router = None


@asynccontextmanager
async def unlimited_sandbox(folder: Path) -> AsyncIterator[RunningSandbox]:
    """A Telegram without limits, which tries a webhook again soon."""
    async with running_sandbox(
        folder / "sandbox.sqlite3",
        per_second=0,
        chat_burst=0,
        webhook_pause=0.1,
        webhook_pause_most=0.5,
    ) as sandbox:
        yield sandbox
