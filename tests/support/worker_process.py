"""A worker in a process of its own, to be killed: `python -m tests.support.worker_process`."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass, field

import structlog

from storage.store import Store
from tests.support.announced import known_to_the_outbox
from tests.support.sandbox_server import ROOT
from tests.support.workers import at_work


async def main(database: str, base_url: str, at_once: str = "1") -> None:
    """Deliver from a database to a server, so many rows at a time, until killed."""
    known_to_the_outbox()
    # Nobody reads what it would say, and a full pipe would hold it up.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    store = Store(database)
    async with at_work(store, base_url, at_once=int(at_once)) as running:
        print("at work", flush=True)
        await running.task


@dataclass(slots=True)
class Crew:
    """Several such processes on one database, of which any may be killed."""

    database_url: str
    base_url: str
    at_once: int
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    async def add(self) -> None:
        """One more, at work."""
        arguments = [self.database_url, self.base_url, str(self.at_once)]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.worker_process", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        assert process.stdout is not None
        said = await asyncio.to_thread(process.stdout.readline)
        assert said == b"at work\n", said

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """kill -9; it is one less."""
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        self.processes.remove(process)

    def go_home(self) -> None:
        """All of them, as they are."""
        for process in tuple(self.processes):
            self.kill(process)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
