"""A server that says exactly these bytes, for what no proper server says."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

SILENCE = b"silence"
"""The request is read and never answered."""


def answer(status: int, body: str, kind: str = "text/html") -> bytes:
    """An HTTP answer."""
    return (
        f"HTTP/1.1 {status} Whatever\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
    ).encode()


def telegram(status: int, description: str = "", **more: Any) -> bytes:
    """An answer in the Bot API's form."""
    body = {"ok": status == 200, "error_code": status, "description": description} | more
    return answer(status, json.dumps(body), "application/json")


def sent(message_id: int = 7) -> bytes:
    """Telegram's answer to a message that it took."""
    chat = {"id": 5, "type": "private", "first_name": "Ada"}
    return telegram(200, result={"message_id": message_id, "date": 1, "chat": chat, "text": "…"})


@dataclass(slots=True)
class RawServer:
    """What was asked (path and form of each request), and what will be said, one after the other;
    the last is said again and again. Empty bytes break the line."""

    says: list[bytes]
    port: int = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    happened: asyncio.Condition = field(default_factory=asyncio.Condition)
    spoken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def speak(self, saying: bytes) -> None:
        """Say this from now on, also to whoever was met with silence."""
        self.says = [saying]
        self.spoken.set()

    async def until(self, true: Callable[[], bool]) -> None:
        """Until something is true after a request; 10 s at most."""
        async with asyncio.timeout(10), self.happened:
            await self.happened.wait_for(true)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if not await self._answer(head.decode(), reader, writer):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _answer(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        form = await reader.readexactly(_length(head))
        saying = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        async with self.happened:
            self.asked.append((head.split()[1], dict(parse_qsl(form.decode()))))
            self.happened.notify_all()
        if saying is SILENCE:
            await self.spoken.wait()
            saying = self.says[0]
        if saying:
            writer.write(saying)
            await writer.drain()
        return bool(saying)


def _length(head: str) -> int:
    lines = (line.partition(":") for line in head.lower().splitlines())
    return next((int(value) for name, _, value in lines if name == "content-length"), 0)


@asynccontextmanager
async def raw_server(*says: bytes, port: int = 0) -> AsyncIterator[RawServer]:
    """A server, on a free port unless one is named."""
    running = RawServer(list(says))
    listening = await asyncio.start_server(running.talk, "127.0.0.1", port)
    running.port = listening.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        listening.close()
        running.speak(b"")
