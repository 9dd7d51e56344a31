"""The Telegram group of an exchange: linked by a code, unlinked, moved and forgotten."""

from datetime import timedelta

import pytest

from actions import groups
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange
from domain.group_codes import LASTS
from domain.notices import SessionAnnounced
from domain.people import Person
from domain.roles import Role
from storage.store import Store
from tests.support.exchanges import exchange
from tests.support.outboxes import rows
from tests.support.partners import SetClock
from tests.support.roles import holding

HERE, THERE = -1001, -1002


async def linked(store: Store, clock: SetClock, by: Person, of: Exchange, chat: int) -> Exchange:
    """With a new code."""
    code = await groups.invite(store, clock, by=by, exchange=of.id)
    return await groups.link(store, clock, by=by, chat_id=chat, code=code)


async def chat_of(store: Store, of: Exchange) -> int | None:
    found = await store.groups.of_exchange(of.id)
    return found.chat_id if found else None


async def test_a_code_links_one_group_once(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock)
    by = set_up.coordinator
    code = await groups.invite(store, clock, by=by, exchange=set_up.exchange.id)
    for _ in range(2):
        made = await groups.link(store, clock, by=by, chat_id=HERE, code=code)
    group = await store.exchanges.group_in(HERE)
    assert group is not None
    assert (made.group, group.language) == (group.id, "de")
    with pytest.raises(Refusal, match="refusal-group-code"):
        await groups.link(store, clock, by=by, chat_id=THERE, code=code)
    assert await store.exchanges.group_in(THERE) is None, "nothing of the attempt is left"


async def test_a_code_serves_only_who_made_it_for_a_day(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock)
    by, chief = set_up.coordinator, await holding(store, clock, Role.ADMINISTRATOR)
    first = await groups.invite(store, clock, by=by, exchange=set_up.exchange.id)
    code = await groups.invite(store, clock, by=by, exchange=set_up.exchange.id)
    for who, tried, later in (
        (by, first, timedelta()),
        (by, "wrong", timedelta()),
        (chief, code, timedelta()),
        (by, code, LASTS),
    ):
        now = SetClock(clock() + later)
        with pytest.raises(Refusal, match="refusal-group-code"):
            await groups.link(store, now, by=who, chat_id=HERE, code=tried)
    async with store.transaction():
        await store.exchanges.relieve(set_up.exchange.id, by.id)
    with pytest.raises(Refusal, match="refusal-group-code"):
        await groups.link(store, clock, by=by, chat_id=HERE, code=code)
    with pytest.raises(NotYours):
        await groups.invite(store, clock, by=by, exchange=set_up.exchange.id)


async def test_an_exchange_that_moves_leaves_no_group_behind_but_one_that_is_shared(
    store: Store,
) -> None:
    clock = SetClock()
    one, other = await exchange(store, clock), await exchange(store, clock)
    for each in (one, other):
        await linked(store, clock, each.coordinator, each.exchange, HERE)
    await linked(store, clock, one.coordinator, one.exchange, THERE)
    assert await chat_of(store, other.exchange) == HERE
    for unlinks in (True, False):
        gone = await groups.unlink(store, by=one.coordinator, exchange=one.exchange.id)
        assert gone is unlinks
    assert await store.exchanges.group_in(THERE) is None
    assert await chat_of(store, one.exchange) is None
    assert await chat_of(store, other.exchange) == HERE


async def test_nothing_waits_for_a_group_from_which_the_bot_was_sent_away(store: Store) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock)
    made = await linked(store, clock, set_up.coordinator, set_up.exchange, HERE)
    assert made.group is not None
    async with store.transaction():
        await store.outbox.add_to_group(SessionAnnounced(1, 0), made.group, at=clock())
    for _ in range(2):
        await groups.forget(store, HERE)
    assert await rows(store) == []
    assert await chat_of(store, set_up.exchange) is None
    await linked(store, clock, set_up.coordinator, set_up.exchange, HERE)
    assert await chat_of(store, set_up.exchange) == HERE


@pytest.mark.parametrize("known", [False, True])
async def test_a_group_that_becomes_a_supergroup_is_followed(store: Store, known: bool) -> None:
    clock = SetClock()
    set_up = await exchange(store, clock)
    made = await linked(store, clock, set_up.coordinator, set_up.exchange, HERE)
    assert made.group is not None
    if known:
        async with store.transaction():
            await store.exchanges.add_group(THERE, "de", at=clock())
    for _ in range(2):
        await groups.follow(store, HERE, THERE)
    assert await chat_of(store, set_up.exchange) == THERE
    assert await store.exchanges.group_in(HERE) is None
