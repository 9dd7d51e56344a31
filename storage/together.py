"""What is asked for while one asking is under way is asked for together with the next.

Nobody waits for company: the first goes alone and at once. Only where many ask at the same time
does one trip to the database serve several of them.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Together(Generic[Asked, Told]):
    """One `work` for all who ask while another is under way, `at_most` at a time.

    `work` is given what was asked and returns what each is told, in that order; an exception among
    that is raised where it was asked for, and one that `work` itself raises is raised everywhere.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Asked]], Awaitable[Sequence[Told | Exception]]],
        *,
        at_most: int,
    ) -> None:
        self._work = work
        self._at_most = at_most
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
        self._clerk: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Told:
        """What is told; several at once may ask."""
        told: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, told))
        if self._clerk is None:
            # Nobody's own circumstances, such as a transaction at hand, are those of the others.
            self._clerk = asyncio.create_task(self._serve(), name="together", context=Context())
        return await told

    async def _serve(self) -> None:
        try:
            while self._waiting:
                several = self._waiting[: self._at_most]
                del self._waiting[: self._at_most]
                await self._serve_several(several)
        finally:
            self._clerk = None

    async def _serve_several(self, several: "list[tuple[Asked, asyncio.Future[Told]]]") -> None:
        told: Sequence[Told | Exception]
        try:
            told = await self._work([asked for asked, _ in several])
        except Exception as error:  # noqa: BLE001, it is raised where it was asked for
            told = [error] * len(several)
        for (_, future), one in zip(several, told, strict=True):
            if future.done():
                continue  # whoever asked has gone
            if isinstance(one, Exception):
                future.set_exception(one)
            else:
                future.set_result(one)
