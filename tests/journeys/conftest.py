"""A sandbox and a bot, shared by the journeys of a module: people are many, bots are few.

A journey runs on SQLite; one marked with ON_BOTH runs on PostgreSQL too. Each module gives one
journey of each promise that mark: what differs between the databases is proved there.
"""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.store import Store
from tests.journeys.walking import NEWCOMERS
from tests.support import databases
from tests.support.bot_process import RunningBot, running_bot
from tests.support.sandbox_server import running_sandbox
from tests.support.validated_calls import every_call_is_valid

ON_BOTH = pytest.mark.parametrize("bot_database", databases.BACKENDS, indirect=True, scope="module")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Always name the database, so that journeys on one and on both share a module's bot."""
    marked = ON_BOTH.mark in metafunc.definition.iter_markers("parametrize")
    if "bot_database" in metafunc.fixturenames and not marked:
        metafunc.parametrize("bot_database", ["sqlite"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def bot_database(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a database that a module's journeys share; the bot migrates it."""
    with databases.for_a_bot(request, request.param, tmp_path_factory.mktemp("database")) as url:
        yield url


@pytest.fixture(scope="module")
def bot_settings() -> dict[str, str]:
    """What a module sets for its bot; by name, as in the environment."""
    return {}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(
    tmp_path_factory: pytest.TempPathFactory, bot_database: str, bot_settings: dict[str, str]
) -> AsyncIterator[RunningBot]:
    """The bot on a database of its own, on a sandbox without limits."""
    folder: Path = tmp_path_factory.mktemp("bot")
    async with running_sandbox(
        folder / "sandbox.sqlite3", process=True, per_second=0, chat_burst=0
    ) as sandbox:
        async with running_bot(sandbox, bot_database, folder, **bot_settings) as running:
            yield running
        await every_call_is_valid(sandbox.sim)
        nothing_personal_in(running)


def nothing_personal_in(bot: RunningBot) -> None:
    """The journal of everything that a module's journeys did."""
    said = bot.journal.read_text("utf-8")
    assert "event=listening" in said
    words = {word for who in NEWCOMERS.values() for word in (who.name, who.organisation, who.email)}
    words |= {"@example.org", bot.sandbox.token, "telegram_id"}
    assert sorted(one for one in words if one in said) == []
    assert re.findall(r"\b70000000\d\d\b", said) == [], "Telegram's ids of the sandbox's people"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def memory(bot: RunningBot) -> AsyncIterator[Store]:
    """A look at what the bot remembers."""
    store = Store(bot.database_url)
    yield store
    await store.close()
