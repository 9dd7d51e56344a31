"""Time that passes only when everybody waits for it: exact, and at once."""

import asyncio
import heapq
from collections.abc import Awaitable
from itertools import count

_TURNS_OF_THE_LOOP = 20


class VirtualTime:
    """`monotonic` and `sleep` for what takes both as parameters. Seconds, from 1,000 on."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._sleeping: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleeping, (self._now + seconds, next(self._numbers), woken))
        await woken

    async def settle(self) -> None:
        """Let everybody go as far as they get at this moment."""
        for _ in range(_TURNS_OF_THE_LOOP):
            await asyncio.sleep(0)

    async def pass_by(self, seconds: float) -> None:
        """Let so much time pass."""
        end = self._now + seconds
        await self.settle()
        while self._sleeping and self._sleeping[0][0] <= end:
            await self._wake_next()
        self._now = end
        await self.settle()

    async def until_done(self, *doing: Awaitable[object]) -> None:
        """Let as much time pass as these need."""
        everything = asyncio.gather(*doing)
        await self.settle()
        while not everything.done():
            assert self._sleeping, "somebody waits for something that no time brings"
            await self._wake_next()
        await everything

    async def _wake_next(self) -> None:
        moment, _, woken = heapq.heappop(self._sleeping)
        if not woken.done():
            self._now = max(self._now, moment)
            woken.set_result(None)
        await self.settle()
