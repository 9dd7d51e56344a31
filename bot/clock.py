"""The clock of the product: the machine's own, or in the sandbox the sandbox's."""

import asyncio
from datetime import datetime, timedelta

import httpx
import structlog

from domain.clock import wall_clock

log = structlog.get_logger()


class SandboxClock:
    """The sandbox's clock, which people set forward to see reminders; it is asked regularly."""

    def __init__(self, url: str, *, every: float = 0.3) -> None:
        self._url = f"{url}/sim/clock"
        self._every = every
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Now, in UTC."""
        return wall_clock() + self._ahead

    async def follow(self, stop: asyncio.Event) -> None:
        """Ask the sandbox for its time until told to stop; a server without a clock is left."""
        async with httpx.AsyncClient(timeout=5) as client:
            while not stop.is_set():
                if not await self._ask(client):
                    return
                await _wait(stop, self._every)

    async def look(self) -> None:
        """Ask the sandbox for its time once."""
        async with httpx.AsyncClient(timeout=5) as client:
            await self._ask(client)

    async def _ask(self, client: httpx.AsyncClient) -> bool:
        try:
            answer = await client.get(self._url)
        except httpx.HTTPError as error:
            log.warning("sandbox-clock-silent", error=error)
            return True
        if answer.status_code != httpx.codes.OK:
            return False
        self._ahead = timedelta(seconds=float(answer.json()["offset"]))
        return True


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
