"""Verbs about existing partnerships: twice is once, and nobody else's."""

import pytest

from actions import matchmaking, partnerships
from domain.errors import NotYours, Refusal
from domain.partnerships import MOST_PARTNERSHIPS, PartnershipKind, Told
from storage.store import Store
from tests.support.partners import SetClock, dresden, lviv, somebody


async def test_telling_twice_enters_once_and_adds_what_is_new(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    for _ in range(2):
        there = await partnerships.tell(store, clock, by=here.person, several=[Told("Masasi")])
        assert [one.told for one in there] == [Told("Masasi")]
    told = Told("masasi", PartnershipKind.CLIMATE, 2022)
    (one,) = await partnerships.tell(store, clock, by=here.person, several=[told])
    assert one.told == Told("Masasi", PartnershipKind.CLIMATE, 2022)


async def test_a_partner_that_is_here_is_known_and_not_suggested_either_way(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    assert (await matchmaking.suggest(store, clock, to=here.person)).matches
    told = [Told(f"  {str(there.organisation.name).upper()} ")]
    (one,) = await partnerships.tell(store, clock, by=here.person, several=told)
    assert one.partner_id == there.id
    for side, other in ((here, there), (there, here)):
        page = await matchmaking.suggest(store, clock, to=side.person)
        assert other.id not in {match.organisation.id for match in page.matches}
    await partnerships.remove(store, by=here.person, partnership=one.id)
    assert (await matchmaking.suggest(store, clock, to=here.person)).matches


async def test_nobody_removes_what_is_not_theirs_and_removing_twice_is_once(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    (one,) = await partnerships.tell(store, clock, by=here.person, several=[Told("Masasi")])
    assert not await partnerships.remove(store, by=there.person, partnership=one.id)
    assert await partnerships.of(store, here.person) == (one,)
    for there_still in (True, False):
        removed = await partnerships.remove(store, by=here.person, partnership=one.id)
        assert removed is there_still
        assert await partnerships.of(store, here.person) == ()
    stranger = await somebody(store, clock)
    with pytest.raises(NotYours):
        await partnerships.remove(store, by=stranger, partnership=one.id)
    with pytest.raises(Refusal, match="refusal-profile-first"):
        await partnerships.tell(store, clock, by=stranger, several=[Told("Masasi")])


async def test_there_may_be_no_more_than_so_many(store: Store) -> None:
    clock = SetClock()
    here = await dresden(store, clock)
    many = [Told(f"Town {letter}") for letter in "abcdefghijklmnopqrst"]
    assert len(many) == MOST_PARTNERSHIPS
    await partnerships.tell(store, clock, by=here.person, several=many)
    with pytest.raises(Refusal, match="refusal-partnerships-many"):
        await partnerships.tell(store, clock, by=here.person, several=[Told("One more")])
    assert len(await partnerships.of(store, here.person)) == MOST_PARTNERSHIPS
