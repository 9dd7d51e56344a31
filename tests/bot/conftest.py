"""A sandbox of each test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.hearing import unlimited_sandbox
from tests.support.sandbox_server import RunningSandbox


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A Telegram without limits."""
    async with unlimited_sandbox(tmp_path) as running:
        yield running
