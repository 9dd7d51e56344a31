"""While the database is away the bot waits, and then does everything it was asked, once."""

import asyncio
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.store import Store
from tests.bot.hearing import by_webhook, hearing_bot
from tests.journeys.walking import agree
from tests.support.databases import postgres_server
from tests.support.outages import away, held, throw_out
from tests.support.sandbox_server import RunningSandbox
from tests.support.workers import eventually

ON_POSTGRES = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAYS = pytest.mark.parametrize("way", ["polling", "webhook"])


@ON_POSTGRES
@WAYS
async def test_what_was_said_while_the_database_was_away_is_answered_once(
    sandbox: RunningSandbox, database_url: str, store: Store, way: str
) -> None:
    settings = by_webhook() if way == "webhook" else {}
    async with hearing_bot(sandbox, database_url, **settings) as bot:
        here, newcomer = await bot.chat("de"), await bot.chat("en")
        await agree(here)
        async with away(database_url):
            await here.say("Anna Vogt")
            await newcomer.say("/start")
            # Both have been tried, more than once, and neither of them answered.
            await asyncio.sleep(2)
            assert len(await bot.calls("sendMessage", newcomer)) == 0
        await here.expect("question-function")
        await newcomer.expect("welcome")
        assert len(await bot.calls("sendMessage", newcomer)) == 1
        # The welcome, the question for the name, and the one for the function.
        assert len(await bot.calls("sendMessage", here)) == 3
        await here.say("Leiterin")
        await here.expect("question-contact")
    person = await store.people.by_telegram(here.person)
    assert person is not None
    assert (person.name, person.function) == ("Anna Vogt", "Leiterin")


@ON_POSTGRES
async def test_connections_that_break_all_the_time_lose_nothing(
    sandbox: RunningSandbox, database_url: str, store: Store
) -> None:
    """Each connection dies wherever it happens to be: reading, writing or committing."""
    server = await asyncpg.connect(postgres_server().render_as_string(hide_password=False))
    name = str(make_url(database_url).database)
    over = asyncio.Event()

    async def break_them() -> None:
        # Ever more seldom: on a slow machine nothing would be done within the shortest of them.
        pause = 0.03
        while not over.is_set():
            await throw_out(server, name)
            await asyncio.sleep(pause)
            pause = min(1.2 * pause, 1.0)

    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat("de")
        breaking = asyncio.create_task(break_them())
        await agree(here)
        await here.say("Anna Vogt")
        await here.expect("question-function")
        await here.say("Leiterin")
        await here.expect("question-contact")
        over.set()
        await breaking
        texts = [call["params"]["text"] for call in await bot.calls("sendMessage", here)]
    await server.close()
    assert len(texts) == len(set(texts)) == 4
    person = await store.people.by_telegram(here.person)
    assert person is not None
    assert (person.name, person.function) == ("Anna Vogt", "Leiterin")


@ON_SQLITE
async def test_a_database_that_another_holds_is_waited_for(
    sandbox: RunningSandbox, database_url: str, tmp_path: Path
) -> None:
    async with hearing_bot(sandbox, database_url) as bot:
        here = await bot.chat("de")
        await agree(here)
        async with held(tmp_path / "bot.db"):
            await here.say("Anna Vogt")
            asked = len(await bot.calls("getUpdates"))

            async def listens_on() -> bool:
                return len(await bot.calls("getUpdates")) > asked + 3

            await eventually(listens_on)
            assert len(await bot.calls("sendMessage", here)) == 2
        await here.expect("question-function")
        assert len(await bot.calls("sendMessage", here)) == 3
