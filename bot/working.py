"""A worker's process: it delivers, and never imports aiogram."""

import asyncio

from bot.settings import Settings
from bot.wiring import delivering, parts


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Deliver until told to stop."""
    async with parts(settings, stop) as assembled, delivering(assembled) as worker:
        await worker.run(stop)
