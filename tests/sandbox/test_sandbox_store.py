"""The sandbox's database: jobs share a commit, and fail alone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.store import Store, next_number, read_setting, write_setting


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store(tmp_path / "new" / "sandbox.sqlite3")
    await opened.open()
    yield opened
    await opened.close()


async def test_a_job_that_fails_is_undone_alone(store: Store) -> None:
    def fail(db: sqlite3.Connection) -> None:
        write_setting(db, "a", "lost")
        raise ValueError("no")

    async def read(name: str) -> str | None:
        return await store.run(lambda db: read_setting(db, name))

    jobs = [store.run(fail), store.run(lambda db: write_setting(db, "b", "kept"))]
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert isinstance(outcomes[0], ValueError)
    assert [await read("a"), await read("b")] == [None, "kept"]


async def test_numbers_are_given_once(store: Store) -> None:
    numbers = await asyncio.gather(
        *[store.run(lambda db: next_number(db, "message")) for _ in range(700)]
    )
    assert numbers == list(range(numbers[0], numbers[0] + 700))


async def test_no_cursor_leaves_its_thread(store: Store) -> None:
    with pytest.raises(TypeError, match="a cursor that dies in another thread"):
        await store.run(lambda db: db.execute("SELECT 1"))
