"""The register of all organisations in memory: it is as the database is, on both databases."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from weakref import ref

import pytest

from actions import dismissals, introductions, matchmaking, merging, outcomes, profiles, register
from actions.register import FRESH, register_of
from domain.dismissals import Why
from domain.introductions import Patience
from domain.matches import Match, ObjectionKind, ReasonKind
from domain.organisations import Size
from domain.outcomes import Question
from domain.profiles import Answer
from domain.roles import Role
from storage.queries import changes
from storage.store import Store
from tests.support.partners import (
    AMMAN,
    DRESDEN,
    LVIV,
    SetClock,
    Side,
    amman,
    dresden,
    introduced,
    lviv,
    side,
)
from tests.support.roles import holding

POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
CONNECTIONS = 20
"""Of PostgreSQL, at most, for transactions."""
SUITING = {"offers": {"solar"}, "seeks": {"sludge"}}


@pytest.fixture
async def replica(database_url: str) -> AsyncIterator[Store]:
    """Another process on the same database."""
    opened = Store(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def beside(database_url: str) -> AsyncIterator[Store]:
    """One more."""
    opened = Store(database_url)
    yield opened
    await opened.close()


async def matches(store: Store, clock: SetClock, to: Side) -> tuple[Match, ...]:
    """The first page, once the records are as the database has them."""
    clock.now += FRESH
    return (await matchmaking.suggest(store, clock, to=to.person)).matches


async def found(store: Store, clock: SetClock, to: Side) -> list[int]:
    page = await matchmaking.suggest(store, clock, to=to.person)
    assert page.total == len(page.matches), "the register holds none that is not shown"
    return [one.organisation.id for one in page.matches]


async def answer(store: Store, clock: SetClock, by: Side, which: Answer, value: object) -> None:
    await profiles.answer(store, clock, by.person, which, value)


async def test_a_profile_that_changes_shows_at_the_next_question(
    store: Store, replica: Store
) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    for each in (store, replica):
        assert await found(each, clock, own) == [there.id]
    await answer(store, clock, there, Answer.OFFERS, frozenset({"health"}))
    await answer(store, clock, there, Answer.SEEKS, frozenset({"health"}))
    for each in (store, replica):
        assert await found(each, clock, own) == []
    await answer(replica, clock, there, Answer.OFFERS, frozenset({"solar"}))
    for each in (store, replica):
        assert await found(each, clock, own) == [there.id]
    await answer(replica, clock, own, Answer.SEEKS, frozenset({"transport"}))
    for each in (store, replica):
        assert await found(each, clock, own) == []


async def test_who_is_hidden_published_or_gone_shows_at_the_next_question(
    store: Store, replica: Store
) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    assert await found(replica, clock, own) == [there.id]
    await profiles.hide(store, there.person)
    assert await found(replica, clock, own) == []
    await profiles.publish(store, clock, there.person)
    assert await found(replica, clock, own) == [there.id]
    async with store.transaction():
        await store.organisations.change(there.id, hidden_at=clock())
    assert await found(replica, clock, own) == []
    async with store.transaction():
        await store.organisations.change(there.id, hidden_at=None)
    assert await found(replica, clock, own) == [there.id]
    async with store.transaction():
        await store.organisations.remove(there.id)
    assert await found(replica, clock, own) == []
    new = await amman(store, clock)
    assert await found(replica, clock, own) == [new.id]


async def test_of_two_that_are_merged_one_shows(store: Store, replica: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    twice = await lviv(store, clock)
    coordinator = await holding(store, clock, Role.COORDINATOR)
    assert set(await found(replica, clock, own)) == {there.id, twice.id}
    await merging.merge(store, clock, by=coordinator, gone=twice.id, stays=there.id)
    for each in (store, replica):
        assert await found(each, clock, own) == [there.id]


class Undone(Exception):
    """Something went wrong."""


async def test_what_is_undone_leaves_nothing(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    (before,) = await matches(store, clock, own)
    clock.now += FRESH
    with suppress(Undone):
        async with store.transaction():
            await store.organisations.change(there.id, offers=frozenset({"health"}))
            made = await introductions.ask(store, clock, by=own.person, organisation=there.id)
            await introductions.accept(store, clock, by=there.person, introduction=made.id)
            await outcomes.tell(
                store,
                clock,
                by=own.person,
                introduction=made.id,
                question=Question.HELPED,
                answer="yes",
            )
            # Asks the register while nothing of this is committed.
            await matchmaking.match_with(store, clock, to=own.person, organisation=there.id)
            raise Undone
    (after,) = (await matchmaking.suggest(store, clock, to=own.person)).matches
    assert after == before


async def test_a_showing_that_is_undone_is_not_counted(store: Store) -> None:
    clock = SetClock()
    own, other = await dresden(store, clock), await dresden(store, clock)
    there = await lviv(store, clock)
    (before,) = await matches(store, clock, own)
    with suppress(Undone):
        async with store.transaction():
            await matchmaking.suggest(store, clock, to=other.person)
            raise Undone
    assert register_of(store).record(there.id).shown == 1
    (after,) = (await matchmaking.suggest(store, clock, to=own.person)).matches
    assert after == before


@POSTGRESQL
async def test_who_commits_late_is_not_missed(store: Store, replica: Store, beside: Store) -> None:
    clock = SetClock()
    own, slow = await dresden(store, clock), await lviv(store, clock)
    assert await found(replica, clock, own) == [slow.id]
    async with store.transaction():
        await store.organisations.change(slow.id, published_at=None)
        # Another one begins later and commits sooner; its number is the higher one.
        quick = await amman(beside, clock)
        for _ in range(2):
            assert set(await found(replica, clock, own)) == {slow.id, quick.id}
    assert await found(replica, clock, own) == [quick.id]


@POSTGRESQL
async def test_as_many_transactions_as_there_are_connections_may_all_ask(store: Store) -> None:
    """Else each would hold one and wait for another."""
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await found(store, clock, own)
    together = asyncio.Barrier(CONNECTIONS)

    async def ask() -> Match | None:
        async with store.transaction():
            await together.wait()
            return await matchmaking.match_with(store, clock, to=own.person, organisation=there.id)

    async with asyncio.timeout(20):
        answers = await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    assert {one.organisation.id for one in answers if one} == {there.id}


async def test_a_bulk_change_is_followed_piece_by_piece(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    await found(store, clock, own)
    monkeypatch.setattr(changes, "AT_ONCE", 2)
    several = [await side(store, clock, f"No. {n}", LVIV, **SUITING) for n in range(5)]
    assert set(await found(store, clock, own)) == {one.id for one in several}
    assert len(register_of(store).index) == 6


async def test_a_first_reading_that_broke_off_leaves_nobody_behind(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    stays = await amman(store, clock)
    read, index = register_of(store), register.PartnerIndex.put_all

    def breaks_off(self: register.PartnerIndex, several: object) -> None:
        index(self, several)  # type: ignore[arg-type]
        raise ConnectionError

    monkeypatch.setattr(register.PartnerIndex, "put_all", breaks_off)
    with pytest.raises(ConnectionError):
        await read.follow(store, clock)
    monkeypatch.undo()
    await profiles.hide(store, there.person)
    assert await found(store, clock, own) == [stays.id]


async def test_a_store_that_is_closed_is_let_go(database_url: str) -> None:
    clock, opened = SetClock(), Store(database_url)
    await register_of(opened).follow(opened, clock)
    gone = ref(opened)
    await opened.close()
    del opened
    gc.collect()
    assert gone() is None


# What an organisation has done moves it, and is told.


async def two(store: Store, clock: SetClock, **more: object) -> tuple[Side, Side, Side]:
    """One who asks, and two who fit alike: the first one comes first, by its number."""
    own = await dresden(store, clock, languages=frozenset({"en"}))
    first = await side(store, clock, "First", LVIV, **SUITING, **more)
    second = await side(store, clock, "Second", LVIV, **SUITING)
    return own, first, second


async def order(store: Store, clock: SetClock, to: Side) -> list[int]:
    return [one.organisation.id for one in await matches(store, clock, to)]


async def test_who_was_shown_to_many_others_sinks(store: Store, replica: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    assert await order(store, clock, own) == [first.id, second.id]
    others = [await dresden(store, clock) for _ in range(3)]
    for other in others:
        async with store.transaction():
            await store.organisations.record_showing([first.id], to=other.id, at=clock())
    for each in (store, replica):
        assert await order(each, clock, own) == [second.id, first.id]
    clock.now += timedelta(days=31)
    # By then the two were shown to nobody else lately.
    for each in (store, replica):
        assert await order(each, clock, own) == [first.id, second.id]


async def test_what_oneself_was_shown_does_not_count(store: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    async with store.transaction():
        await store.organisations.record_showing([first.id], to=own.id, at=clock())
    assert await order(store, clock, own) == [first.id, second.id]


async def test_a_page_counts_at_once_for_others(store: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    other = await dresden(store, clock, languages=frozenset({"en"}))
    (fresh, _) = (await matchmaking.suggest(store, clock, to=own.person)).matches
    (seen, _) = (await matchmaking.suggest(store, clock, to=other.person)).matches
    assert fresh.organisation.id == seen.organisation.id == first.id
    assert seen.score < fresh.score
    assert seen.fit == fresh.fit
    assert register_of(store).record(second.id).shown == 2


async def asked_in_vain(store: Store, clock: SetClock, of: Side) -> None:
    asking = await dresden(store, clock)
    await introductions.ask(store, clock, by=asking.person, organisation=of.id)
    clock.move(days=40)
    await introductions.expire_due(store, clock, Patience())


async def test_who_leaves_requests_unanswered_sinks_and_it_is_told_kindly(store: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    for _ in range(3):
        await asked_in_vain(store, clock, first)
    higher, lower = await matches(store, clock, own)
    assert (higher.organisation.id, lower.organisation.id) == (second.id, first.id)
    assert ObjectionKind.SELDOM_ANSWERS in {one.kind for one in lower.against}
    assert ObjectionKind.SELDOM_ANSWERS not in {one.kind for one in higher.against}
    assert lower.fit == higher.fit


async def test_an_open_request_says_nothing_yet(store: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    for _ in range(3):
        asking = await dresden(store, clock)
        await introductions.ask(store, clock, by=asking.person, organisation=first.id)
    assert await order(store, clock, own) == [first.id, second.id]


async def helped_by(store: Store, clock: SetClock, who: Side, by: Side) -> None:
    made = await introduced(store, clock, who, by)
    for question in (Question.MET, Question.HELPED):
        await outcomes.tell(
            store, clock, by=who.person, introduction=made, question=question, answer="yes"
        )


async def test_who_has_helped_others_rises_and_it_is_told(store: Store, replica: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    await helped_by(store, clock, await dresden(store, clock), second)
    for each in (store, replica):
        best, other = await matches(each, clock, own)
        assert (best.organisation.id, other.organisation.id) == (second.id, first.id)
        assert ReasonKind.HELPED in {one.kind for one in best.reasons}
        assert ReasonKind.HELPED not in {one.kind for one in other.reasons}


async def test_partners_that_helped_make_ones_like_them_welcome(store: Store) -> None:
    clock = SetClock()
    own, first, second = await two(store, clock)
    async with store.transaction():
        await store.organisations.change(first.id, size=Size.LARGE)
        await store.organisations.change(second.id, size=Size.SMALL, place=None)
    friend = await side(store, clock, "Friend", AMMAN, **SUITING, size=Size.SMALL)
    await helped_by(store, clock, own, friend)
    best, other = await matches(store, clock, own)
    assert (best.organisation.id, other.organisation.id) == (second.id, first.id)
    liked = {one.subject for one in best.reasons if one.kind is ReasonKind.LIKED}
    assert liked == {"size:small", "topic:solar"}


@pytest.mark.parametrize(
    ("why", "subject"), [(Why.SIZE, "size:metropolitan"), (Why.REGION, "country:UA")]
)
async def test_what_was_not_for_us_makes_ones_like_it_sink_and_says_why(
    store: Store, why: Why, subject: str
) -> None:
    clock = SetClock()
    own, first, _ = await two(store, clock, size=Size.METROPOLITAN)
    far = await side(store, clock, "Far", replace(AMMAN, timezone=None), **SUITING)
    gone = await side(store, clock, "Gone", LVIV, **SUITING, size=Size.METROPOLITAN)
    before = {one.organisation.id: one for one in await matches(store, clock, own)}
    await dismissals.dismiss(store, clock, by=own.person, organisation=gone.id, why=why)
    after = {one.organisation.id: one for one in await matches(store, clock, own)}
    assert gone.id not in after
    assert after[first.id].score < before[first.id].score
    assert after[first.id].fit == before[first.id].fit
    assert after[far.id].score == before[far.id].score
    refused = [one.subject for one in after[first.id].against if one.kind is ObjectionKind.REFUSED]
    assert refused == [subject]
    assert list(after)[-1] == first.id or why is Why.REGION
    await dismissals.undo(store, by=own.person, organisation=gone.id)
    again = {one.organisation.id: one for one in await matches(store, clock, own)}
    assert again[first.id].score == before[first.id].score


async def test_towns_that_are_twinned_are_told(store: Store) -> None:
    clock = SetClock()
    own, first, _ = await two(store, clock)
    here = await side(store, clock, "Town hall", DRESDEN, offers={"health"}, seeks={"health"})
    there = await side(store, clock, "Міська рада", LVIV, offers={"health"}, seeks={"youth"})
    async with store.transaction():
        await store.outcomes.add_partnership(
            here.id, partner=there.id, name="Lviv", since=1990, at=clock()
        )
    for match in await matches(store, clock, own):
        kinds = {one.kind: one.subject for one in match.reasons}
        assert kinds[ReasonKind.TWINNED] == "Lviv"
    assert first.id in await order(store, clock, own)
