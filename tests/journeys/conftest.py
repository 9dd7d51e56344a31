"""A sandbox and a bot, shared by the journeys of a module: people are many, bots are few."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from storage.store import Store
from tests.support.bot_process import RunningBot, running_bot
from tests.support.sandbox_server import running_sandbox
from tests.support.validated_calls import every_call_is_valid


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory) -> AsyncIterator[RunningBot]:
    """The bot on a SQLite database of its own, on a sandbox without limits."""
    folder: Path = tmp_path_factory.mktemp("bot")
    async with running_sandbox(
        folder / "sandbox.sqlite3", process=True, per_second=0, chat_burst=0
    ) as sandbox:
        database = f"sqlite:///{folder / 'bot.sqlite3'}"
        async with running_bot(sandbox, database, folder) as running:
            yield running
        await every_call_is_valid(sandbox.sim)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def memory(bot: RunningBot) -> AsyncIterator[Store]:
    """A look at what the bot remembers."""
    store = Store(bot.database_url)
    yield store
    await store.close()
