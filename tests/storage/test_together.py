"""What waits at the same time is read and written at the same time, and nobody notices."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from actions import people
from domain.conversations import Conversation
from storage.jottings import Jotting, merged
from storage.store import Store
from storage.tables import conversations, handled_updates
from storage.together import Together

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEEP, RECORD = conversations.insert(), handled_updates.insert()


def jotting(statement, name: str) -> Jotting:
    return Jotting(statement, {"name": name})


def names(groups: list[list[Jotting]]) -> list[list[str]]:
    return [[row.values["name"] for row in rows] for rows in groups]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([], []),
        ([[(KEEP, "a"), (RECORD, "b")]], [["a"], ["b"]]),
        ([[(KEEP, "a"), (RECORD, "b")], [(KEEP, "c"), (RECORD, "d")]], [["a", "c"], ["b", "d"]]),
        ([[(KEEP, "a"), (RECORD, "b")], [(RECORD, "c"), (KEEP, "d")]], [["a"], ["b", "c"], ["d"]]),
        ([[(KEEP, "a"), (RECORD, "b"), (KEEP, "c")]], [["a"], ["b"], ["c"]]),
    ],
)
def test_rows_of_a_unit_stay_in_their_order(units, expected):
    made = [[jotting(*row) for row in unit] for unit in units]
    assert names(merged(made)) == expected


async def test_who_asks_meanwhile_is_served_together() -> None:
    batches: list[list[int]] = []
    first_began, go_on = asyncio.Event(), asyncio.Event()

    async def double(asked: Sequence[int]) -> list[int | Exception]:
        batches.append(list(asked))
        first_began.set()
        await go_on.wait()
        return [ValueError(one) if one == 3 else 2 * one for one in asked]

    together = Together(double, at_most=3)
    first = asyncio.create_task(together.ask(1))
    await first_began.wait()
    others = [asyncio.create_task(together.ask(number)) for number in (2, 3, 4, 5)]
    await asyncio.sleep(0)
    go_on.set()
    answers = await asyncio.gather(first, *others, return_exceptions=True)
    assert batches == [[1], [2, 3, 4], [5]]
    assert [answer for answer in answers if not isinstance(answer, ValueError)] == [2, 4, 8, 10]
    assert isinstance(answers[2], ValueError)


async def keep(store: Store, person: int, step: str, update: int) -> None:
    async with store.unit(), store.transaction(reading=False):
        await store.conversations.keep(person, Conversation(step=step), at=NOW)
        await store.conversations.record_update(bot_id=1, update_id=update, at=NOW)


async def settled(store: Store, count: int) -> list[int]:
    return [
        (await people.consent(store, lambda: NOW, telegram_id=7_000 + number, language="en")).id
        for number in range(count)
    ]


async def test_one_that_cannot_be_written_takes_nobody_with_it(store: Store) -> None:
    several = await settled(store, 5)
    await keep(store, several[0], "name", update=1)
    # The third has the update of the first once more: it alone fails, and wholly.
    updates = [11, 12, 1, 14, 15]
    outcomes = await asyncio.gather(
        *(keep(store, one, "kind", number) for one, number in zip(several, updates, strict=True)),
        return_exceptions=True,
    )
    steps = [(await store.conversations.of(one)).step for one in several]
    assert [type(one) for one in outcomes if one is not None] == [IntegrityError]
    assert steps == ["kind", "kind", None, "kind", "kind"]


async def test_each_update_is_told_of_its_own_person(store: Store) -> None:
    several = await settled(store, 40)
    for number, one in enumerate(several[:20]):
        await keep(store, one, f"step-{number}", update=number)
    openings = await asyncio.gather(
        *(
            store.conversations.opening(bot_id=1, update_id=number, telegram_id=7_000 + number)
            for number in range(45)
        )
    )
    known = [opening.person.telegram_id if opening.person else None for opening in openings]
    assert known == [*range(7_000, 7_040), *[None] * 5]
    assert [opening.conversation.step for opening in openings[:20]] == [
        f"step-{number}" for number in range(20)
    ]
    assert [opening.answered for opening in openings] == [*[False] * 20, *[None] * 25]


async def test_a_unit_reads_what_it_has_jotted_down(store: Store) -> None:
    (person,) = await settled(store, 1)
    async with store.unit():
        async with store.transaction(reading=False):
            await store.people.change(person, name="Ana")
        inside = await store.people.by_id(person)
    assert inside is not None
    assert inside.name == "Ana"


async def name_and_fail(store: Store, person: int) -> None:
    async with store.unit(), store.transaction(reading=False):
        await store.people.change(person, name="Ana")
        raise RuntimeError("meanwhile")


async def test_what_failed_leaves_nothing_jotted(store: Store) -> None:
    (person,) = await settled(store, 1)
    with pytest.raises(RuntimeError, match="meanwhile"):
        await name_and_fail(store, person)
    found = await store.people.by_id(person)
    assert found is not None
    assert found.name is None
