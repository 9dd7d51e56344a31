"""A worker in a process of its own, to be killed: `python -m tests.support.worker_process`."""

import asyncio
import sys

from storage.store import Store
from tests.support.workers import at_work


async def main(database: str, base_url: str) -> None:
    """Deliver from a database to a server, one row at a time, until killed."""
    store = Store(database)
    async with at_work(store, base_url, at_once=1) as running:
        await running.task


asyncio.run(main(*sys.argv[1:]))
