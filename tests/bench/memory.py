"""Memory after start: the bot with its sandbox and page, and a worker beside them.

    python -m tests.bench.memory

RSS counts everything that a process touches; PSS shares out what several processes have in common,
and files mapped into memory (the gazetteer), by how many use them. The sum of RSS is what is
claimed, since it is the larger one.
"""

import asyncio
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psutil

from tests.bench.processes import free_port, logged, running

MEBIBYTE = 2**20
BOT_AND_PAGE_AIM = 400
WORKER_AIM = 120
SETTLING = 3.0
"""Seconds after the start, in which menus are published and examples settled."""


def _say(name: str, processes: Iterable[psutil.Process], aim: int) -> None:
    """A line a process, and their sum beside the aim, in MB."""
    rss = pss = 0.0
    for process in processes:
        taken = process.memory_full_info()
        rss += taken.rss / MEBIBYTE
        pss += taken.pss / MEBIBYTE
        command = " ".join(process.cmdline()[1:])
        print(f"  {command:<20} RSS {taken.rss / MEBIBYTE:4.0f}  PSS {taken.pss / MEBIBYTE:4.0f}")
    print(f"{name}: RSS {rss:.0f} MB, PSS {pss:.0f} MB (aim {aim} MB)\n")


async def main() -> None:
    """Start, wait, measure, say."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {"VAR_DIR": str(folder), "SANDBOX_PORT": str(port)}
        log = folder / "run.log"
        with running("bot", "run", log=log, environment=environment) as bot:
            await logged("event=listening", bot, log)
            await asyncio.sleep(SETTLING)
            process = psutil.Process(bot.pid)
            _say("bot, sandbox and page", [process, *process.children()], BOT_AND_PAGE_AIM)
            beside = environment | {"TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
            log = folder / "worker.log"
            with running("bot", "worker", log=log, environment=beside) as worker:
                await logged("event=worker-started", worker, log)
                await asyncio.sleep(SETTLING)
                _say("worker", [psutil.Process(worker.pid)], WORKER_AIM)


if __name__ == "__main__":
    asyncio.run(main())
