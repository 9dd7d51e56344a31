"""A calendar's private address over HTTP: who has it sees their sessions, and nobody else."""

import asyncio

import pytest
import vobject
from aiohttp import ClientSession, web

from actions import calendars
from bot.calendars import Calendars
from domain.sessions import Reply
from storage.store import Store
from tests.support import exchanges
from tests.support.partners import SetClock


@pytest.fixture
async def address(store: Store, clock: SetClock):
    """Where calendars are served."""
    application = web.Application()
    Calendars(store, clock).register(application)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}/calendar"
    await runner.cleanup()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


async def test_an_address_shows_its_persons_sessions_until_it_ends(
    store: Store, clock: SetClock, address: str
) -> None:
    at = await exchanges.exchange(store, clock, languages=("de", "uk"))
    coming = await exchanges.session(store, clock, at.exchange)
    declined = await exchanges.session(store, clock, at.exchange)
    await exchanges.session(store, clock, at.exchange, cancelled_at=clock())
    await exchanges.session(store, clock, at.exchange, announced_at=None)
    async with store.transaction():
        await store.rsvps.put(declined.id, at.members[0].id, Reply.NO, since=clock())
    first = await calendars.subscribe(store, clock, by=at.people[0])
    token = await calendars.subscribe(store, clock, by=at.people[0])
    async with ClientSession() as http:
        answer = await http.get(f"{address}/{token}.ics")
        found = vobject.readOne(await answer.text())
        assert answer.status == 200
        assert answer.content_type == "text/calendar"
        assert "private" in answer.headers["Cache-Control"]
        assert [one.uid.value for one in found.vevent_list] == [coming.uid]
        assert found.vevent.summary.value == "Wasserverluste senken"
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert (await http.get(f"{address}/{token}.ics", headers=tag)).status == 304
        await calendars.end(store, clock, by=at.people[0])
        gone = [first, token, "", "x", "x" * 5_000, "..%2f..%2fx"]
        seen = await asyncio.gather(*(http.get(f"{address}/{one}.ics") for one in gone))
        assert [one.status for one in seen[:4]] == [404] * 4
        assert all(one.status in (400, 404, 414) for one in seen)
