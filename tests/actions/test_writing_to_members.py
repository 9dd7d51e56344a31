"""An announcement that is begun for all members of an exchange; on both databases."""

import pytest

from actions import announcing
from domain.announcements import AnnouncementState
from domain.audiences import Audience, Trait
from domain.errors import NotYours
from domain.roles import Role
from storage.store import Store
from tests.support.exchanges import Setting, exchange
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding


async def begun(store: Store, clock: SetClock, there: Setting, of: Setting | None = None) -> int:
    one = await announcing.begin_for_members(
        store, clock, by=there.coordinator, exchange=(of or there).exchange.id
    )
    return one.id


async def test_it_is_a_draft_for_all_members_and_nobody_else(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de", "ar"))
    one = await announcing.begin_for_members(
        store, clock, by=there.coordinator, exchange=there.exchange.id
    )
    assert (one.state, one.texts) == (AnnouncementState.DRAFT, {})
    assert one.audience == Audience(exchange=there.exchange.id)
    found = await announcing.counted(store, by=there.coordinator, announcement=one.id)
    assert found.readers == {"de": 1, "ar": 1}


async def test_one_in_which_nothing_is_written_is_gone_on_with(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock)
    by = there.coordinator
    empty = await announcing.begin(store, clock, by=by)
    first = await begun(store, clock, there)
    assert first == empty.id, "a draft with nothing in it is taken"
    assert await begun(store, clock, there) == first
    await announcing.write(store, by=by, announcement=first, language="de", html="Hallo")
    second = await begun(store, clock, there)
    assert second != first, "what has been written stays as it is"
    narrowed = Audience(exchange=there.exchange.id).having(Trait.LANGUAGES, {"de"})
    await announcing.aim(store, by=by, announcement=second, audience=narrowed)
    assert await begun(store, clock, there) not in (first, second)


async def test_that_of_another_exchange_or_of_a_colleague_is_not_taken(store: Store) -> None:
    clock = SetClock()
    there, other = await exchange(store, clock), await exchange(store, clock)
    async with store.transaction():
        await store.exchanges.entrust(other.exchange.id, there.coordinator.id, at=clock())
    first = await begun(store, clock, there)
    second = await begun(store, clock, there, other)
    assert second != first
    assert await begun(store, clock, other) not in (first, second), "it is a colleague's"
    assert (await announcing.begin(store, clock, by=there.coordinator)).id not in (first, second)


async def test_only_who_runs_the_exchange_begins_one_for_its_members(store: Store) -> None:
    clock = SetClock()
    there, other = await exchange(store, clock, languages=("de",)), await exchange(store, clock)
    chief = await holding(store, clock, Role.ADMINISTRATOR)
    for who in (there.people[0], await somebody(store, clock), other.coordinator):
        with pytest.raises(NotYours):
            await announcing.begin_for_members(store, clock, by=who, exchange=there.exchange.id)
        drafts = await store.announcements.page(who.id, (), every=False, offset=0, limit=5)
        assert drafts == ((), 0), "nothing is left behind"
    with pytest.raises(NotYours):
        await announcing.begin_for_members(store, clock, by=chief, exchange=987_654)
    one = await announcing.begin_for_members(store, clock, by=chief, exchange=there.exchange.id)
    assert one.audience == Audience(exchange=there.exchange.id)
