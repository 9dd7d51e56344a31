"""A sandbox without limits, and someone on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox, running_sandbox


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """Without limits; tests of limits set their own."""
    limits = {"per_second": 0, "chat_burst": 0, "group_per_minute": 0}
    async with running_sandbox(tmp_path / "sandbox.sqlite3", **limits) as running:
        yield running


@pytest.fixture
async def raw(sandbox: RunningSandbox) -> AsyncIterator[Raw]:
    client = Raw(sandbox)
    yield client
    await client.http.aclose()


@pytest.fixture
async def anna(sandbox: RunningSandbox) -> int:
    """Someone who has started the bot."""
    person_id = await sandbox.sim.person("Анна", "uk", "anna")
    await sandbox.sim.start(person_id)
    return person_id
