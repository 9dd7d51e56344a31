"""The Bot API by plain HTTP: a client that is neither aiogram nor python-telegram-bot."""

from typing import Any

import httpx

from tests.support.sandbox_server import RunningSandbox


class Raw:
    """The Bot API over plain HTTP."""

    def __init__(self, sandbox: RunningSandbox):
        self.http = httpx.AsyncClient(base_url=f"{sandbox.bot_url}/", timeout=30, trust_env=False)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The whole answer."""
        return dict((await self.http.post(method, json=params)).json())

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        """Code and description of a call that must be refused."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    async def updates(self, offset: int = 0, timeout: int = 0) -> list[dict[str, Any]]:
        return list(await self.ok("getUpdates", offset=offset, timeout=timeout))
