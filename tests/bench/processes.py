"""Processes of a bench: started, waited for, ended; how much memory they take."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
GAZETTEER = Path(os.environ.get("GAZETTEER_DIR", ROOT / "var" / "gazetteer"))
START_SECONDS = 90.0
_OURS = ("BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "WEBHOOK_URL", "REDIS_URL")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *arguments: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m …` in a process of its own, ended afterwards."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS}
    with log.open("ab") as journal:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=kept | {"GAZETTEER_DIR": str(GAZETTEER)} | dict(environment or {}),
            cwd=ROOT,
            stdout=journal,
            stderr=journal,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def logged(words: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the process has written this."""
    deadline = time.monotonic() + START_SECONDS
    while words not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"No start:\n{log.read_text()}")
        await asyncio.sleep(0.02)
