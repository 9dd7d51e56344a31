"""One Telegram: all its parts, and what crosses between bot and people."""

import asyncio
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.clock import Clock
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.limits import Gate, Limits
from sandbox.menus import find_words
from sandbox.people import BotIdentity
from sandbox.store import Store
from sandbox.updates import Updates
from sandbox.webhook import Webhook

Answer = dict[str, Any]
_FORGOTTEN_ON_RESET = (
    "people",
    "groups",
    "memberships",
    "messages",
    "updates",
    "queries",
    "files",
    "faults",
)


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """How a sandbox is started. The bot's id is the number before the token's colon."""

    token: str = "4242:sandbox"  # noqa: S105, because it opens nothing but this sandbox
    host: str = "127.0.0.1"
    port: int = 8081
    database: Path = Path("var/sandbox.sqlite3")
    limits: Limits = Limits()  # noqa: RUF009, because it is frozen
    bot_name: str = "Sandbox bot"
    bot_username: str = "sandbox_bot"

    @property
    def bot_id(self) -> int:
        number = self.token.partition(":")[0]
        return int(number) if number.isdecimal() else 4242


class Telegram:
    """The state of one sandbox; `open` it before use, `close` it after."""

    def __init__(self, settings: SandboxSettings):
        self.settings = settings
        self.store = Store(settings.database)
        self.clock = Clock()
        self.gate = Gate(settings.limits)
        self.faults = Faults()
        self.events = Events()
        self.updates = Updates(self.store)
        self.webhook = Webhook(self.updates, self.gate)
        self.bot = BotIdentity(settings.bot_id, settings.bot_name, settings.bot_username)
        self._taps: dict[str, asyncio.Future[Answer]] = {}

    async def open(self) -> None:
        await self.store.open()
        await self.webhook.open(await self.store.run(self._load))

    def hang_up(self) -> None:
        """End every watcher's stream and every waiting poll, so that the server can stop."""
        self.events.end()
        self.updates.wake()

    async def close(self) -> None:
        await self.webhook.close()
        await self.store.close()

    def _load(self, db: sqlite3.Connection) -> str | None:
        self.clock.load(db)
        self.faults.load(db)
        self.updates.load(db)
        return self.webhook.load(db)

    def expect_answer(self, query_id: str) -> "asyncio.Future[Answer]":
        """The bot's answer to this tap, once it comes."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._taps[query_id] = answer
        return answer

    def forget_tap(self, query_id: str) -> None:
        self._taps.pop(query_id, None)

    def answer_tap(self, query_id: str, answer: Answer) -> None:
        waiting = self._taps.pop(query_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)

    def query_is_fresh(self, asked: float) -> bool:
        """Whether a tap of this real Unix time can still be answered."""
        most = self.gate.limits.callback_seconds
        return not most or time.time() - asked <= most

    def named_bot(self, db: sqlite3.Connection, language: str = "") -> BotIdentity:
        name = find_words(db, "name", language) or self.settings.bot_name
        return BotIdentity(self.bot.id, name, self.bot.username)

    async def reset(self) -> None:
        """Forget people and all they did. Ids go on; menus, descriptions and webhook stay."""
        await self.updates.clear()
        await self.webhook.use(self.webhook.hook)
        await self.store.run(self._forget)
        self.gate.set(self.settings.limits)
        self.events.publish(None, "reset", {})

    def _forget(self, db: sqlite3.Connection) -> None:
        for table in _FORGOTTEN_ON_RESET:
            db.execute(f"DELETE FROM {table}")  # noqa: S608, because the names are ours
        db.execute("DELETE FROM calls")
        self.faults.clear()
        self.clock.advance(db, -self.clock.offset)
