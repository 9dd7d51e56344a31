"""Telling an organisation something: all of its people, once each, and nobody else."""

import pytest

from actions import representing, telling
from domain.notices import IntroductionWithdrawn, Priority
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import SetClock, dresden, lviv, somebody

NOTICE = IntroductionWithdrawn(7)


async def test_everybody_who_speaks_for_it_is_told_once(store: Store) -> None:
    clock = SetClock()
    here, _ = await dresden(store, clock), await lviv(store, clock)
    colleague = await somebody(store, clock)
    code = await representing.invite(store, clock, by=here.person)
    async with store.transaction():
        assert await telling.tell(store, clock, NOTICE, here.id) == 1
    await representing.redeem(store, clock, by=colleague, code=code)
    for new in (1, 0):
        async with store.transaction():
            assert await telling.tell(store, clock, NOTICE, here.id) == new
    told = [row.recipient for row in await rows(store) if row.kind == NOTICE.kind]
    assert told == [here.person.id, colleague.id]


async def test_who_waits_for_it_is_told_first(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    async with store.transaction():
        await telling.tell(store, clock, NOTICE, here.id, answering=here.person)
    (row,) = await rows(store)
    assert row.priority == Priority.CONVERSATION


async def test_what_is_undone_is_not_told(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)

    async def breaks() -> None:
        async with store.transaction():
            await telling.tell(store, clock, NOTICE, here.id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    assert await rows(store) == []
