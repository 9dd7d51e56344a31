"""Updates delivered to the bot's webhook: each chat's in order, several chats at once."""

import asyncio
import json
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sandbox.limits import Gate
from sandbox.messages import encode
from sandbox.store import read_setting, write_setting
from sandbox.updates import Update, Updates

if TYPE_CHECKING:
    import httpx

ANSWER_SECONDS = 60.0
Reply = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the bot wants its updates."""

    url: str
    secret: str | None
    max_connections: int


class Webhook:
    """Delivers until a 2xx answer, with growing pauses. `reply` does what an answer's body asks."""

    def __init__(self, updates: Updates, gate: Gate):
        self.hook: Hook | None = None
        self.reply: Reply | None = None
        self._updates = updates
        self._gate = gate
        # One client a line: httpx's pool searches all its lines whenever one changes, which with
        # forty at work costs more than the requests themselves.
        self._idle: list[httpx.AsyncClient] = []
        self._new_line: Callable[[], httpx.AsyncClient] | None = None
        self._slots = asyncio.Semaphore(1)
        self._waiting: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._replies: set[asyncio.Task[None]] = set()
        self._error: tuple[int, str] | None = None
        updates.on_arrival = self._arrived

    async def open(self, db_hook: str | None) -> None:
        """Take up the deliveries of before a restart."""
        await self.use(Hook(**json.loads(db_hook)) if db_hook else None)

    @staticmethod
    def load(db: sqlite3.Connection) -> str | None:
        return read_setting(db, "webhook") or None

    @staticmethod
    def save(db: sqlite3.Connection, hook: Hook | None) -> None:
        write_setting(db, "webhook", encode(asdict(hook)) if hook else "")

    async def use(self, hook: Hook | None) -> None:
        """Deliver there from now on, first of all what is pending."""
        await self.close()
        self.hook = hook
        self._error = None
        if hook is not None:
            import httpx  # here, because it costs more to import than all else, and few need it

            self._slots = asyncio.Semaphore(hook.max_connections)
            trusted = httpx.create_ssl_context(trust_env=False)
            self._new_line = partial(
                httpx.AsyncClient, timeout=ANSWER_SECONDS, verify=trusted, trust_env=False
            )
            for update in self._updates.pending():
                self._arrived(update)

    async def close(self) -> None:
        """Stop delivering; what is not answered stays pending."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._waiting.clear()
        while self._idle:
            await self._idle.pop().aclose()

    def info(self) -> dict[str, Any]:
        """As Telegram's WebhookInfo, but for what the queue knows."""
        info: dict[str, Any] = {
            "url": self.hook.url if self.hook else "",
            "has_custom_certificate": False,
        }
        if self.hook is not None:
            info["max_connections"] = self.hook.max_connections
        if self._error is not None:
            info["last_error_date"], info["last_error_message"] = self._error
        return info

    def _arrived(self, update: Update) -> None:
        if self.hook is None:
            return
        queue = self._waiting.get(update.chat_id)
        if queue is not None:
            queue.append(update)
            return
        self._waiting[update.chat_id] = deque([update])
        task = asyncio.create_task(self._deliver_chat(update.chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_chat(self, chat_id: int) -> None:
        """One chat's updates, each until it is taken, then the next."""
        queue = self._waiting[chat_id]
        while queue:
            await self._deliver(queue[0])
            await self._updates.confirm([queue[0].id])
            queue.popleft()
        del self._waiting[chat_id]

    async def _deliver(self, update: Update) -> None:
        pause = self._gate.limits.webhook_pause
        while (failure := await self._attempt(update)) is not None:
            self._error = (int(time.time()), failure)
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._gate.limits.webhook_pause_most)

    async def _attempt(self, update: Update) -> str | None:
        """Why it was not taken, or None. A method call in the answer's body is done."""
        import httpx

        assert self.hook is not None
        headers = {"Content-Type": "application/json"}
        if self.hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.hook.secret
        body = encode(update.body).encode()
        async with self._line() as line:
            try:
                answer = await line.post(self.hook.url, content=body, headers=headers)
            except httpx.TimeoutException:
                return "Read timeout expired"
            except httpx.HTTPError as error:
                return str(error) or "Connection closed"
        if not answer.is_success:
            return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        self._do_as_answered(answer)
        return None

    @asynccontextmanager
    async def _line(self) -> "AsyncIterator[httpx.AsyncClient]":
        """One of the hook's connections, for oneself alone."""
        assert self._new_line is not None
        async with self._slots:
            line = self._idle.pop() if self._idle else self._new_line()
            try:
                yield line
            except asyncio.CancelledError:
                await line.aclose()
                raise
            self._idle.append(line)

    def _do_as_answered(self, answer: "httpx.Response") -> None:
        """On its own: the call may be one that ends this very delivery."""
        try:
            call = answer.json() if answer.content else None
        except ValueError:
            return
        if isinstance(call, dict) and call.get("method") and self.reply is not None:
            task = asyncio.create_task(self.reply(call))
            self._replies.add(task)
            task.add_done_callback(self._replies.discard)
