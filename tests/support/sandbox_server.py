"""A sandbox for tests: `running_sandbox(database)`, and `Sim`, which speaks for its people."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import uvicorn

from sandbox.serve import Limits, SandboxSettings, server

Message = dict[str, Any]
ROOT = Path(__file__).parents[2]
TOKEN = "4242:sandbox"
START_SECONDS = 20.0


class Sim:
    """The control API, one method a call. Errors of the control API raise httpx.HTTPStatusError."""

    def __init__(self, url: str):
        self._client = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)

    async def close(self) -> None:
        await self._client.aclose()

    async def _get(self, path: str, **query: Any) -> Any:
        answer = await self._client.get(f"/sim/{path}", params=query)
        return answer.raise_for_status().json()

    async def _post(self, path: str, body: Any = None) -> Any:
        answer = await self._client.post(f"/sim/{path}", json={} if body is None else body)
        return answer.raise_for_status().json()

    async def person(
        self, first_name: str, language_code: str = "en", username: str | None = None
    ) -> int:
        """The new person's id, which is also their private chat's."""
        body = {"first_name": first_name, "language_code": language_code, "username": username}
        return int((await self._post("people", body))["id"])

    async def people(self) -> list[dict[str, Any]]:
        return list(await self._get("people"))

    async def say(
        self,
        person_id: int,
        text: str,
        chat_id: int | None = None,
        chat_title: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """The message's id (the last one's, where a long text left in several)."""
        body = {"text": text, "chat_id": chat_id, "chat_title": chat_title, "reply_to": reply_to}
        return int((await self._post(f"people/{person_id}/messages", body))["message_id"])

    async def file(self, file_id: str, token: str = TOKEN) -> bytes:
        """What is in a file that the bot has sent."""
        answer = await self._client.post(f"/bot{token}/getFile", json={"file_id": file_id})
        path = answer.raise_for_status().json()["result"]["file_path"]
        return (await self._client.get(f"/file/bot{token}/{path}")).raise_for_status().content

    async def group(self, person_id: int, chat_id: int, *, present: bool = True) -> None:
        """Bring the bot into a group, or remove it."""
        body = {"chat_id": chat_id, "title": "Städte & Partner", "present": present}
        await self._post(f"people/{person_id}/groups", body)

    async def start(self, person_id: int, payload: str = "") -> int:
        return int(
            (await self._post(f"people/{person_id}/start", {"payload": payload}))["message_id"]
        )

    async def upload(
        self,
        person_id: int,
        content: bytes,
        name: str = "file.bin",
        mime: str = "application/octet-stream",
        *,
        field: str = "document",
        caption: str = "",
    ) -> int:
        """`field` "photo" sends it as a photo, "document" as a file."""
        answer = await self._client.post(
            f"/sim/people/{person_id}/messages",
            data={"text": caption},
            files={field: (name, content, mime)},
        )
        return int(answer.raise_for_status().json()["message_id"])

    async def tap(
        self,
        person_id: int,
        message_id: int,
        *,
        text: str | None = None,
        callback_data: str | None = None,
        chat_id: int | None = None,
    ) -> dict[str, Any]:
        """{"answer": the bot's callback answer or None after 5 s}, or {"url"} of a link button.
        `chat_id` is a group's."""
        body = {"message_id": message_id, "text": text, "callback_data": callback_data}
        body |= {} if chat_id is None else {"chat_id": chat_id}
        return dict(await self._post(f"people/{person_id}/taps", body))

    async def messages(self, person_id: int, after: int = 0) -> list[Message]:
        return list(await self._get(f"people/{person_id}/messages", after=after))

    async def chat_messages(self, chat_id: int, after: int = 0) -> list[Message]:
        """Of a group."""
        return list(await self._get(f"chats/{chat_id}/messages", after=after))

    async def wait_for(
        self,
        person_id: int,
        predicate: Callable[[Message], bool],
        timeout: float = 10.0,
        after: int = 0,
    ) -> Message:
        """The first message (by id, after `after`) that fits, as soon as there is one.

        Raises AssertionError with what the person saw where none comes in `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while True:
            messages = await self.messages(person_id, after)
            for message in messages:
                if predicate(message):
                    return message
            if time.monotonic() > deadline:
                texts = [message.get("text", "(no text)") for message in messages]
                raise AssertionError(f"no such message in {timeout} s; there were {texts}")
            await asyncio.sleep(0.03)

    async def block(self, person_id: int) -> None:
        await self._post(f"people/{person_id}/block")

    async def unblock(self, person_id: int) -> None:
        await self._post(f"people/{person_id}/unblock")

    async def commands(self, person_id: int) -> list[dict[str, str]]:
        return list(await self._get(f"people/{person_id}/commands"))

    async def calls(self, method: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """What the bot asked, oldest first."""
        query: dict[str, Any] = {"after": after} | ({"method": method} if method else {})
        return list(await self._get("calls", **query))

    async def faults(self, *rules: dict[str, Any]) -> list[dict[str, Any]]:
        """Add rules; the answer is all that are in force."""
        return list(await self._post("faults", list(rules)))

    async def clear_faults(self) -> None:
        (await self._client.delete("/sim/faults")).raise_for_status()

    async def limits(self, **limits: Any) -> dict[str, Any]:
        """Set these; the answer is all limits as they are now."""
        return dict(await self._post("limits", limits))

    async def advance(self, seconds: float) -> dict[str, float]:
        return dict(await self._post("clock", {"advance": seconds}))

    async def clock(self) -> dict[str, float]:
        return dict(await self._get("clock"))

    async def bot(self, language: str = "") -> dict[str, Any]:
        return dict(await self._get("bot", language=language))

    async def reset(self) -> None:
        await self._post("reset")


@dataclass(slots=True)
class RunningSandbox:
    """`url` is also what TELEGRAM_API_URL takes."""

    url: str
    token: str
    sim: Sim
    settings: SandboxSettings
    process: subprocess.Popen[bytes] | None = None

    @property
    def bot_url(self) -> str:
        """What a method's name is appended to, after a slash."""
        return f"{self.url}/bot{self.token}"

    async def kill(self) -> None:
        """kill -9, where it runs in a process of its own."""
        assert self.process is not None, "start it with process=True"
        self.process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.process.wait)

    async def start_again(self) -> None:
        """On the same port and database."""
        self.process = _spawn(self.settings)
        await _answering(self.url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running_sandbox(
    database: Path, *, process: bool = False, port: int | None = None, **limits: Any
) -> AsyncIterator[RunningSandbox]:
    """A sandbox on a free port, in a thread (quick) or in a process of its own (can be killed).

    `limits` are fields of sandbox.limits.Limits, e.g. per_second=0 for no limit.
    """
    settings = SandboxSettings(
        token=TOKEN,
        port=port or free_port(),
        database=database,
        limits=replace(Limits(), **limits),
    )
    url = f"http://127.0.0.1:{settings.port}"
    running = RunningSandbox(url, TOKEN, Sim(url), settings)
    try:
        async with _in_process(running) if process else _in_thread(settings):
            yield running
    finally:
        await running.sim.close()


@asynccontextmanager
async def _in_thread(settings: SandboxSettings) -> AsyncIterator[None]:
    served: uvicorn.Server = server(settings)
    thread = Thread(target=served.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not served.started:
        assert thread.is_alive(), "the sandbox could not start"
        assert time.monotonic() < deadline, "the sandbox did not start in time"
        await asyncio.sleep(0.005)
    try:
        yield
    finally:
        served.should_exit = True
        await asyncio.to_thread(thread.join)


@asynccontextmanager
async def _in_process(running: RunningSandbox) -> AsyncIterator[None]:
    await running.start_again()
    try:
        yield
    finally:
        assert running.process is not None
        running.process.terminate()
        await asyncio.to_thread(running.process.wait)


_LAUNCHER = """
import sys
from pathlib import Path
from sandbox.serve import Limits, SandboxSettings, run
token, port, database, limits = sys.argv[1:]
run(SandboxSettings(token=token, port=int(port), database=Path(database),
                    limits=Limits(**eval(limits))))
"""


def _spawn(settings: SandboxSettings) -> subprocess.Popen[bytes]:
    limits = repr(settings.limits.public())
    arguments = [settings.token, str(settings.port), str(settings.database), limits]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", _LAUNCHER, *arguments], env=environment)


async def _answering(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            try:
                (await client.get(f"{url}/sim/clock")).raise_for_status()
            except httpx.TransportError:
                assert time.monotonic() < deadline, "the sandbox did not start"
                await asyncio.sleep(0.02)
            else:
                return
