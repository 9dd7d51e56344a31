"""What is over is forgotten when its time has come, and nothing that is still open."""

from datetime import timedelta

from sqlalchemy import func, select

from actions import introductions, keeping, reports
from domain.introductions import Patience
from domain.keeping import Keeping
from domain.outbox import DeliveryState, Outcome
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from storage.store import Store
from storage.tables import metadata
from tests.support.partners import SetClock, amman, dresden, introduced, lviv

PERIODS = Keeping()
DAY = timedelta(days=1)


async def numbers(store: Store) -> dict[str, int]:
    counted = {}
    async with store.reading.connect() as connection:
        for name in ("handled_updates", "outbox", "trail", "showings", "concerns", "introductions"):
            table = metadata.tables[name]
            counted[name] = (
                await connection.execute(select(func.count()).select_from(table))
            ).scalar()
    return counted


async def test_each_thing_goes_in_its_own_time_and_what_is_open_stays(store: Store) -> None:
    clock = SetClock()
    here, there, third = (await dresden(store, clock), await lviv(store, clock),
                          await amman(store, clock))  # fmt: skip
    made = await introduced(store, clock, here, there)
    asked = await introductions.ask(store, clock, by=here.person, organisation=third.id)
    about = {"about": AboutWhat.ORGANISATION, "cause": Cause.WRONG}
    report = await reports.report(store, clock, by=here.person, subject=there.id, **about)
    other = await reports.report(store, clock, by=there.person, subject=here.id, **about)
    async with store.transaction():
        await store.roles.grant(third.person.id, Role.COORDINATOR, by=None, at=clock())
        await store.organisations.record_showing([there.id], to=here.id, at=clock())
        await store.conversations.record_update(bot_id=1, update_id=1, at=clock())
        sent = (await store.outbox.claim(owner="w", due=clock(), until=clock() + DAY, limit=1))[0]
        await store.outbox.start(sent.id, owner="w", until=clock() + DAY)
        await store.outbox.settle(sent.id, Outcome(DeliveryState.SENT), owner="w", at=clock())
    await reports.settle(store, clock, by=third.person, report=report.id)
    clock.move(seconds=Patience().expire_after.total_seconds())
    await introductions.expire_due(store, clock, Patience())
    before = await numbers(store)

    assert await keeping.forget_old(store, clock, PERIODS) == {"updates": 1}
    clock.move(days=170)
    assert await keeping.forget_old(store, clock, PERIODS) == {"notices": 1}
    clock.move(days=182)
    gone = await keeping.forget_old(store, clock, PERIODS)
    assert gone.keys() == {"trail", "showings", "concerns"}
    clock.move(days=14)
    assert await keeping.forget_old(store, clock, PERIODS) == {"introductions": 1}
    assert await keeping.forget_old(store, clock, PERIODS) == {}

    assert (await store.introductions.by_id(made)) is not None, "introduced is for good"
    assert (await store.introductions.by_id(asked.id)) is None
    assert (await store.reports.by_id(other.id)) is not None, "nobody has settled it"
    assert (await numbers(store))["outbox"] == before["outbox"] - 1, "what waits, waits"
