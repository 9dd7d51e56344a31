"""A webhook of the bot's, for tests: keeps what arrives, answers as it is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.sandbox_server import free_port

Answer = Callable[[dict[str, Any]], web.Response]


@dataclass(slots=True)
class HookServer:
    """`answer` decides on each update; `arrived` has them all, in order, with their headers."""

    url: str
    answer: Answer = lambda update: web.Response()
    pause: float = 0.0
    arrived: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await asyncio.sleep(self.pause)
        async with self._news:
            self.arrived.append(update)
            self._news.notify_all()
        self.at_once -= 1
        return self.answer(update)

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        """What has arrived, once it is this many."""
        async with self._news:
            enough = self._news.wait_for(lambda: len(self.arrived) >= count)
            await asyncio.wait_for(enough, 30)
        return self.arrived


@asynccontextmanager
async def running_hook() -> AsyncIterator[HookServer]:
    port = free_port()
    hook = HookServer(f"http://127.0.0.1:{port}/hook")
    application = web.Application()
    application.router.add_post("/hook", hook.handle)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield hook
    finally:
        await runner.cleanup()
