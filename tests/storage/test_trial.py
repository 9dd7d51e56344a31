"""A part of a transaction that is undone alone."""

import pytest

from actions import people
from domain.clock import wall_clock
from storage.store import Store


async def test_what_fails_is_undone_and_what_came_before_and_after_stays(store: Store) -> None:
    async with store.unit():
        await _add(store, 1)
        with pytest.raises(ValueError, match="broken"):
            await _add_and_fail(store, 2)
        async with store.trial():
            await _add(store, 3)
    there = [await store.people.by_telegram(one) for one in (1, 2, 3)]
    assert [one is not None for one in there] == [True, False, True]


async def test_a_failure_after_a_trial_undoes_it_too(store: Store) -> None:
    with pytest.raises(ValueError, match="broken"):
        await _try_and_fail(store, 1)
    assert await store.people.by_telegram(1) is None


async def _add_and_fail(store: Store, number: int) -> None:
    async with store.trial():
        await _add(store, number)
        raise ValueError("broken")


async def _try_and_fail(store: Store, number: int) -> None:
    async with store.unit():
        async with store.trial():
            await _add(store, number)
        raise ValueError("broken")


async def _add(store: Store, number: int) -> None:
    await people.consent(store, wall_clock, telegram_id=number, language="de")
