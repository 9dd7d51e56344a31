"""The outbox's queries, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.notices import AnnouncementProgress, IntroductionAsked, IntroductionReminder, Notice
from domain.outbox import Delivery, DeliveryState, Outcome
from storage.store import Store
from storage.tables import outbox
from tests.support.announced import Announced
from tests.support.outboxes import NOON, people, queue, row, state, states

A_WHILE = timedelta(seconds=20)
SENT = Outcome(DeliveryState.SENT, message_id=7)
pytestmark = pytest.mark.usefixtures("announced")


async def claim(
    store: Store, owner: str = "one", *, due: datetime = NOON, limit: int = 100
) -> tuple[Delivery, ...]:
    async with store.transaction():
        return await store.outbox.claim(owner=owner, due=due, until=due + A_WHILE, limit=limit)


async def start(store: Store, delivery: Delivery, owner: str = "one") -> bool:
    async with store.transaction():
        return await store.outbox.start(delivery.id, owner=owner, until=NOON + A_WHILE)


async def settle(
    store: Store, delivery: Delivery, outcome: Outcome = SENT, owner: str = "one"
) -> bool:
    async with store.transaction():
        return await store.outbox.settle(delivery.id, outcome, owner=owner, at=NOON)


async def give_back(store: Store, delivery: Delivery, *, counted: bool = True) -> bool:
    later = NOON + timedelta(seconds=5)
    async with store.transaction():
        return await store.outbox.give_back(
            delivery.id, owner="one", due=later, reason="server", counted=counted
        )


async def take_from_the_dead(store: Store, *, after: timedelta) -> tuple[int, int]:
    async with store.transaction():
        return await store.outbox.take_from_the_dead(now=NOON + after, at=NOON)


async def test_a_notice_is_queued_once_for_each_recipient(store: Store) -> None:
    first, second = await people(store, 2)
    assert await queue(store, IntroductionAsked(1), first, second, first) == 2
    assert await queue(store, IntroductionAsked(1), first, second) == 0


@pytest.mark.parametrize("other", [IntroductionAsked(2), IntroductionReminder(1)])
async def test_another_subject_or_kind_is_another_row(store: Store, other: Notice) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    assert await queue(store, other, person) == 1


async def test_a_notice_that_was_sent_is_not_queued_again(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    await settle(store, delivery)
    assert await queue(store, IntroductionAsked(1), person) == 0


async def test_thousands_of_recipients_are_queued_in_one_transaction(store: Store) -> None:
    everyone = await people(store, 4_000)
    assert await queue(store, IntroductionAsked(1), *everyone) == 4_000
    assert await store.outbox.totals() == {DeliveryState.QUEUED: 4_000}


async def test_nobody_to_tell_is_nothing_to_queue(store: Store) -> None:
    assert await queue(store, IntroductionAsked(1)) == 0


async def test_the_courier_is_woken_on_commit_and_not_before(store: Store) -> None:
    (person,) = await people(store, 1)
    woken = asyncio.Event()
    store.queued = woken.set
    async with store.transaction():
        await store.outbox.add(IntroductionAsked(1), [person], at=NOON)
        assert not woken.is_set()
    assert woken.is_set()


async def queue_and_fail(store: Store, person: int) -> None:
    async with store.transaction():
        await store.outbox.add(IntroductionAsked(1), [person], at=NOON)
        raise RuntimeError("changed my mind")


async def test_what_is_undone_was_never_queued(store: Store) -> None:
    (person,) = await people(store, 1)
    woken = asyncio.Event()
    store.queued = woken.set
    with pytest.raises(RuntimeError, match="changed my mind"):
        await queue_and_fail(store, person)
    assert await claim(store) == ()
    assert not woken.is_set()


async def test_the_most_urgent_is_claimed_first_then_the_longest_due(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionReminder(1), person, at=NOON - timedelta(hours=3))
    await queue(store, IntroductionAsked(3), person, at=NOON - timedelta(hours=1))
    await queue(store, IntroductionAsked(2), person, at=NOON - timedelta(hours=2))
    claimed = await claim(store)
    assert [delivery.notice for delivery in claimed] == [
        IntroductionAsked(2),
        IntroductionAsked(3),
        IntroductionReminder(1),
    ]


async def test_no_more_than_the_limit_is_claimed(store: Store) -> None:
    everyone = await people(store, 30)
    await queue(store, IntroductionAsked(1), *everyone)
    assert [len(await claim(store, limit=7)) for _ in range(5)] == [7, 7, 7, 7, 2]


async def test_what_is_due_later_is_left_alone(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person, at=NOON + timedelta(seconds=1))
    assert await claim(store) == ()
    assert len(await claim(store, due=NOON + timedelta(seconds=1))) == 1


async def test_a_kind_of_a_newer_version_is_left_to_it(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    async with store.transaction() as unit:
        await (await unit.connection()).execute(outbox.update().values(kind="OfTomorrow"))
    assert await claim(store) == ()
    assert await store.outbox.totals() == {DeliveryState.QUEUED: 1}


async def test_a_row_that_cannot_be_read_fails_and_holds_up_no_other(store: Store) -> None:
    first, second = await people(store, 2)
    await queue(store, IntroductionAsked(1), first)
    async with store.transaction() as unit:
        await (await unit.connection()).execute(outbox.update().values(payload={"other": 1}))
    await queue(store, IntroductionAsked(1), second)
    assert [delivery.recipient for delivery in await claim(store)] == [second]
    assert await states(store) == {
        first: ("failed", "unreadable-notice"),
        second: ("claimed", None),
    }


async def test_what_one_has_claimed_the_other_does_not_get(store: Store) -> None:
    everyone = await people(store, 3)
    await queue(store, IntroductionAsked(1), *everyone)
    assert len(await claim(store, "one", limit=2)) == 2
    assert [delivery.recipient for delivery in await claim(store, "two")] == [everyone[2]]


async def test_many_who_claim_at_once_share_without_overlap(store: Store) -> None:
    everyone = await people(store, 120)
    await queue(store, IntroductionAsked(1), *everyone)
    shares = await asyncio.gather(*(claim(store, f"owner {n}", limit=20) for n in range(8)))
    claimed = [delivery.recipient for share in shares for delivery in share]
    assert max(len(share) for share in shares) <= 20
    assert sorted(claimed) == sorted(everyone)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_rows_that_another_is_just_claiming_are_skipped_not_waited_for(
    store: Store,
) -> None:
    everyone = await people(store, 4)
    await queue(store, IntroductionAsked(1), *everyone)
    async with store.transaction():
        mine = await store.outbox.claim(owner="one", due=NOON, until=NOON + A_WHILE, limit=3)
        async with asyncio.timeout(5):
            theirs = await asyncio.create_task(claim_elsewhere(store))
    assert [delivery.recipient for delivery in (*mine, *theirs)] == everyone


async def claim_elsewhere(store: Store) -> tuple[Delivery, ...]:
    """Claim in a transaction of one's own, whatever the caller is in."""
    async with store.unit() as unit:
        await unit.connection()
        return await store.outbox.claim(owner="two", due=NOON, until=NOON + A_WHILE, limit=3)


async def test_a_claimed_row_starts_once_and_only_for_its_owner(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    assert not await start(store, delivery, "two")
    assert await start(store, delivery)
    assert not await start(store, delivery)


@pytest.mark.parametrize(
    "outcome",
    [
        SENT,
        Outcome(DeliveryState.BLOCKED, "blocked"),
        Outcome(DeliveryState.FAILED, "too-long"),
        Outcome(DeliveryState.UNKNOWN, "timeout"),
    ],
)
async def test_an_outcome_is_recorded_once(store: Store, outcome: Outcome) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    await start(store, delivery)
    assert not await settle(store, delivery, outcome, "two")
    assert await settle(store, delivery, outcome)
    assert not await settle(store, delivery, SENT)
    assert await state(store, person) == (outcome.state, outcome.reason)
    settled = await row(store, person)
    assert (settled.message_id, settled.settled_at) == (outcome.message_id, NOON)


async def test_what_is_given_back_is_due_later_and_counted(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    await start(store, delivery)
    assert await give_back(store, delivery)
    assert await claim(store) == ()
    (again,) = await claim(store, due=NOON + timedelta(seconds=5))
    assert (again.id, again.attempts) == (delivery.id, 1)


async def test_what_was_no_attempt_is_not_counted(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    await give_back(store, delivery, counted=False)
    (again,) = await claim(store, due=NOON + timedelta(seconds=5))
    assert again.attempts == 0


async def test_releasing_gives_back_what_was_not_begun(store: Store) -> None:
    begun, waiting, other = await people(store, 3)
    await queue(store, IntroductionAsked(1), begun, waiting)
    first, _ = await claim(store)
    await start(store, first)
    await queue(store, IntroductionAsked(1), other)
    await claim(store, "two")
    async with store.transaction():
        assert await store.outbox.release(owner="one") == 1
    assert await states(store) == {
        begun: ("sending", None),
        waiting: ("queued", None),
        other: ("claimed", None),
    }


async def test_the_rows_of_a_dead_owner_are_queued_or_unknown(store: Store) -> None:
    begun, waiting = await people(store, 2)
    await queue(store, IntroductionAsked(1), begun, waiting)
    first, second = await claim(store)
    await start(store, first)
    assert await take_from_the_dead(store, after=A_WHILE) == (0, 0)
    assert await take_from_the_dead(store, after=2 * A_WHILE) == (1, 1)
    assert await take_from_the_dead(store, after=2 * A_WHILE) == (0, 0)
    assert await states(store) == {begun: ("unknown", "owner-died"), waiting: ("queued", None)}
    assert not await start(store, second)


async def left_unknown(store: Store, notice: Notice, person: int, *, died: bool) -> None:
    """A request for it is made, and nobody knows what became of it."""
    (delivery,) = await claim(store)
    assert (delivery.notice, delivery.recipient) == (notice, person)
    await start(store, delivery)
    if died:
        await take_from_the_dead(store, after=2 * A_WHILE)
    else:
        await settle(store, delivery, Outcome(DeliveryState.UNKNOWN, "line-broke"))


@pytest.mark.parametrize(("died", "reason"), [(True, "owner-died"), (False, "line-broke")])
@pytest.mark.parametrize("notice", [IntroductionReminder(1), AnnouncementProgress(1)])
async def test_an_unknown_reminder_or_progress_is_queued_once_more_and_then_never(
    store: Store, notice: Notice, died: bool, reason: str
) -> None:
    (person,) = await people(store, 1)
    await queue(store, notice, person)
    await left_unknown(store, notice, person, died=died)
    assert await state(store, person) == ("queued", reason)
    assert (await row(store, person)).unknown_at == NOON
    await left_unknown(store, notice, person, died=died)
    assert await state(store, person) == ("unknown", reason)
    assert await claim(store) == ()


@pytest.mark.parametrize("died", [True, False])
@pytest.mark.parametrize("notice", [IntroductionAsked(1), Announced(1)])
async def test_anything_else_that_is_unknown_is_not_sent_again(
    store: Store, notice: Notice, died: bool
) -> None:
    (person,) = await people(store, 1)
    await queue(store, notice, person)
    await left_unknown(store, notice, person, died=died)
    assert (await state(store, person))[0] == "unknown"
    assert await claim(store) == ()


async def test_what_is_unknown_goes_again_when_somebody_says_so(store: Store) -> None:
    unknown, told, other = await people(store, 3)
    await queue(store, Announced(1), unknown, told)
    await queue(store, Announced(2), other)
    for number, delivery in enumerate(await claim(store)):
        await start(store, delivery)
        lost = Outcome(DeliveryState.UNKNOWN, "line-broke")
        await settle(store, delivery, SENT if number == 1 else lost)
    woken = asyncio.Event()
    store.queued = woken.set

    async def retry() -> int:
        async with store.transaction():
            return await store.outbox.retry_unknown(Announced, Announced(1).subject, at=NOON)

    assert (await retry(), woken.is_set()) == (1, True)
    assert await retry() == 0
    assert await states(store) == {
        unknown: ("queued", None),
        told: ("sent", None),
        other: ("unknown", "line-broke"),
    }
    await left_unknown(store, Announced(1), unknown, died=False)
    assert await retry() == 1


async def test_who_only_seemed_dead_ends_a_second_try_before_it_begins(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionReminder(1), person)
    (delivery,) = await claim(store)
    await start(store, delivery)
    await take_from_the_dead(store, after=2 * A_WHILE)
    assert await state(store, person) == ("queued", "owner-died")
    assert await settle(store, delivery, SENT)
    assert await claim(store) == ()
    assert await state(store, person) == ("sent", None)


async def test_who_only_seemed_dead_cannot_end_what_another_has_begun(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionReminder(1), person)
    (delivery,) = await claim(store)
    await start(store, delivery)
    await take_from_the_dead(store, after=2 * A_WHILE)
    assert await claim(store, "two") == (delivery,)
    assert not await settle(store, delivery, SENT)


async def test_an_owner_who_speaks_up_keeps_its_rows(store: Store) -> None:
    first, second = await people(store, 2)
    await queue(store, IntroductionAsked(1), first, second)
    claimed = await claim(store)
    await start(store, claimed[0])
    ids = [delivery.id for delivery in claimed]
    async with store.transaction():
        assert await store.outbox.extend(ids, owner="two", until=NOON + 9 * A_WHILE) == 0
        assert await store.outbox.extend(ids, owner="one", until=NOON + 9 * A_WHILE) == 2
    assert await take_from_the_dead(store, after=2 * A_WHILE) == (0, 0)


async def test_an_owner_who_only_seemed_dead_corrects_what_is_unknown(store: Store) -> None:
    (person,) = await people(store, 1)
    await queue(store, IntroductionAsked(1), person)
    (delivery,) = await claim(store)
    await start(store, delivery)
    await take_from_the_dead(store, after=2 * A_WHILE)
    assert not await settle(store, delivery, SENT, "two")
    assert await settle(store, delivery, SENT)
    assert await state(store, person) == ("sent", None)


async def test_what_waits_for_an_erased_person_is_gone(store: Store) -> None:
    gone, there = await people(store, 2)
    await queue(store, IntroductionAsked(1), gone, there)
    first, _ = await claim(store)
    async with store.transaction():
        await store.people.remove(gone)
    assert not await start(store, first)
    assert await states(store) == {there: ("claimed", None)}


async def test_times_come_back_in_utc(store: Store) -> None:
    (person,) = await people(store, 1)
    kyiv = datetime.fromisoformat("2026-03-29T15:00:00+03:00")
    await queue(store, IntroductionAsked(1), person, at=kyiv)
    assert (await row(store, person)).due_at == datetime(2026, 3, 29, 12, tzinfo=UTC)
