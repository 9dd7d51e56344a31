"""The bot as a process of its own, as people run it, on a sandbox and a database of a test's."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.support import warm_bot
from tests.support.sandbox_server import ROOT, RunningSandbox

START_SECONDS = 90.0


@dataclass(slots=True)
class RunningBot:
    """`journal` is what it wrote to standard error, over all its starts."""

    sandbox: RunningSandbox
    database_url: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    command: str = "run"
    process: ForkServerProcess | None = None
    starts: int = 0

    @property
    def journal(self) -> Path:
        return self.folder / f"{self.command}.log"

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"BOT_TOKEN", "WEBHOOK_URL", "REDIS_URL"}
        }
        return kept | {
            "TELEGRAM_API_URL": self.sandbox.url,
            "SANDBOX_TOKEN": self.sandbox.token,
            "DATABASE_URL": self.database_url,
            "VAR_DIR": str(self.folder),
            "GAZETTEER_DIR": os.environ.get("GAZETTEER_DIR", str(ROOT / "var" / "gazetteer")),
            "TOPICS_DIR": os.environ.get("TOPICS_DIR", str(ROOT / "var" / "topics")),
            "TICK_SECONDS": "0.2",
            "LEASE_SECONDS": "2",
            "SENDS_PER_SECOND": "0",
            "UPDATES_PER_PERSON": "0",
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        before = self.starts
        self.starts += 1
        self.journal.touch()
        self.process = await asyncio.to_thread(
            warm_bot.start, self.command, self._environment(), self.journal, ROOT
        )
        await self._listening(before)

    async def _listening(self, before: int) -> None:
        ready = "event=worker-started" if self.command == "worker" else "event=listening"
        deadline = time.monotonic() + START_SECONDS
        while self.journal.read_text().count(ready) <= before:
            assert self.process is not None
            assert self.process.is_alive(), f"the bot ended:\n{self.journal.read_text()}"
            assert time.monotonic() < deadline, f"no start:\n{self.journal.read_text()}"
            await asyncio.sleep(0.05)

    async def command_line(self, *command: str) -> str:
        """What a command of the command line prints, run beside the bot."""
        ran = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", *command],
            env=self._environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout

    async def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        await asyncio.to_thread(self.process.join)

    async def stop(self) -> None:
        """End it in order; it must not take long."""
        if self.process is not None and self.process.is_alive():
            self.process.terminate()
            await asyncio.to_thread(self.process.join, 20)
            assert not self.process.is_alive(), "the bot did not end when it was told to"


@asynccontextmanager
async def running_bot(
    sandbox: RunningSandbox,
    database_url: str,
    folder: Path,
    *,
    command: str = "run",
    **environment: str,
) -> AsyncIterator[RunningBot]:
    """The bot, listening; ended in order afterwards."""
    bot = RunningBot(sandbox, database_url, folder, environment, command)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()
