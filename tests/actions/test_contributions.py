"""What members bring to a session."""

import pytest

from actions import contributions
from domain.errors import NotYours, Refusal
from domain.exchanges import MembershipState
from domain.rules.contributions import LONGEST, MOST
from domain.sessions import Contribution, Session
from storage.store import Store
from tests.support.exchanges import Setting, exchange, session
from tests.support.partners import SetClock

WORDS = "Wie wir Lecks mit Bürgerhinweisen finden"


async def set_up(store: Store, clock: SetClock) -> tuple[Setting, Session, Contribution]:
    """Two members, of whom the first brings something."""
    there = await exchange(store, clock, languages=("de", "ar"))
    made = await session(store, clock, there.exchange)
    first = await contributions.bring(
        store, clock, by=there.people[0], session=made.id, words=WORDS,
        topics=frozenset({"leak_detection", "tourism"}),
    )  # fmt: skip
    return there, made, first


async def test_the_same_words_are_the_contribution_that_there_is(store: Store) -> None:
    clock = SetClock()
    there, made, first = await set_up(store, clock)
    again = await contributions.bring(
        store, clock, by=there.people[0], session=made.id, words=f"  {WORDS}\n", topics=frozenset()
    )
    assert again == first
    assert await store.contributions.of(made.id) == (first,)


async def test_one_brings_a_few_and_no_papers(store: Store) -> None:
    clock = SetClock()
    there, made, _ = await set_up(store, clock)
    for number in range(MOST - 1):
        kept = await contributions.bring(
            store, clock, by=there.people[0], session=made.id, words=f"{number}" * 999,
            topics=frozenset(),
        )  # fmt: skip
        assert len(kept.words) == LONGEST
    with pytest.raises(Refusal, match="refusal-brings-enough"):
        await contributions.bring(
            store, clock, by=there.people[0], session=made.id, words="One more", topics=frozenset()
        )


async def test_its_author_changes_and_removes_it_and_nobody_else(store: Store) -> None:
    clock = SetClock()
    there, made, first = await set_up(store, clock)
    author, other = there.people
    for by in (other, there.coordinator):
        with pytest.raises(NotYours):
            await contributions.change(
                store, clock, by=by, contribution=first.id, words="Else", topics=frozenset()
            )
        with pytest.raises(NotYours):
            await contributions.leave_out(store, by=by, contribution=first.id, topic="tourism")
    with pytest.raises(NotYours):
        await contributions.remove(store, by=other, contribution=first.id)
    for _ in range(2):
        left = await contributions.leave_out(
            store, by=author, contribution=first.id, topic="tourism"
        )
        assert left.topics == {"leak_detection"}
    said = await contributions.change(
        store, clock, by=author, contribution=first.id, words="Else", topics=frozenset({"solar"})
    )
    assert (said.id, said.words, said.topics) == (first.id, "Else", {"solar"})
    assert await contributions.remove(store, by=author, contribution=first.id) == made.id
    assert await contributions.remove(store, by=author, contribution=first.id) is None


async def test_who_runs_the_exchange_may_take_it_out(store: Store) -> None:
    clock = SetClock()
    there, made, first = await set_up(store, clock)
    gone = await contributions.remove(store, by=there.coordinator, contribution=first.id)
    assert gone == made.id
    assert await store.contributions.of(made.id) == ()


async def test_what_is_brought_goes_with_who_leaves(store: Store) -> None:
    clock = SetClock()
    there, made, _ = await set_up(store, clock)
    async with store.transaction():
        await store.memberships.change(there.members[0].id, state=MembershipState.LEFT.value)
    assert await store.contributions.of(made.id) == ()
    with pytest.raises(Refusal, match="refusal-replies-of-members"):
        await contributions.bring(
            store, clock, by=there.people[0], session=made.id, words="x", topics=frozenset()
        )


async def test_authors_are_named_to_who_may_see_them(store: Store) -> None:
    clock = SetClock()
    there, made, first = await set_up(store, clock)
    async with store.transaction():
        await store.people.change(there.people[0].id, name="Anna Vogt")
    member = there.members[0].id
    seen = await contributions.brought(store, by=there.people[1], session=made.id)
    assert (seen.authors, seen.own, seen.whole) == ({}, frozenset(), False)
    own = await contributions.brought(store, by=there.people[0], session=made.id)
    assert own.own == {first.id}
    every = await contributions.brought(store, by=there.coordinator, session=made.id)
    assert (every.authors, every.whole) == ({member: "Anna Vogt"}, True)
    async with store.transaction():
        await store.memberships.change(member, shows_coming=True)
    seen = await contributions.brought(store, by=there.people[1], session=made.id)
    assert seen.authors == {member: "Anna Vogt"}
