"""The example exchanges: something to find and to answer, and none without anybody."""

from bot.demo.exchanges import close_exchanges, settle_exchanges
from domain.languages import LANGUAGES
from domain.roles import Role
from domain.texts import language_for
from domain.topics import load_topics
from storage.store import Store
from tests.support.partners import SetClock, amman, dresden, lviv

COORDINATOR = 4_000_001


async def test_somebody_who_tries_the_bot_finds_exchanges(store: Store) -> None:
    clock = SetClock()
    sides = (await dresden(store, clock), await lviv(store, clock), await amman(store, clock))
    names = ("example_dresden", "example_lviv", "example_hamburg")
    ids = {name: side.person.telegram_id for name, side in zip(names, sides, strict=True)}
    settled = [await settle_exchanges(store, clock, COORDINATOR, ids) for _ in range(2)]
    assert settled == [True, False]
    by = await store.people.by_telegram(COORDINATOR)
    assert by is not None
    assert by.example
    assert Role.COORDINATOR in await store.roles.of(by.id)
    there = await store.exchanges.running()
    assert {one.id for one in there} == {one.id for one in await store.exchanges.run_by(by.id)}
    assert {topic for one in there for topic in one.topics} <= load_topics().keys()
    for one in there:
        assert {language_for(one.title, language) for language in LANGUAGES} == set(LANGUAGES)
    numbers = {one.id: await store.memberships.number(one.id) for one in there}
    waiting = [each for one in there for each in await store.memberships.asked(one.id)]
    assert sorted(numbers.values()) == [1, 2]
    assert [one.person for one in waiting] == [sides[2].person.id]
    await close_exchanges(store, clock, by)
    assert await store.exchanges.running() == ()
