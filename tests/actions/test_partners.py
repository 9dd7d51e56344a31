"""Verbs about partners on both databases: pages, filters, dismissals, announcements; each twice."""

from dataclasses import replace

import pytest

from actions import announcements, dismissals, introductions, matchmaking
from domain.dismissals import NOT_FOR_US, Why
from domain.errors import ProfileIncomplete, Refusal
from domain.matches import Mode
from domain.notices import PartnersFound
from domain.places import Place
from domain.searches import ClimateWish, Facet
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import (
    AMMAN,
    DRESDEN,
    LIMA,
    LVIV,
    SetClock,
    Side,
    amman,
    dresden,
    introduced,
    lviv,
    side,
    somebody,
)


async def shown(store: Store, clock: SetClock, to: Side, page: int = 0) -> list[int]:
    found = await matchmaking.suggest(store, clock, to=to.person, page=page)
    return [one.organisation.id for one in found.matches]


async def seven_partners(store: Store, clock: SetClock) -> list[Side]:
    return [
        await side(store, clock, f"Partner {number}", LVIV, offers={"solar"}, seeks={"sludge"})
        for number in range(7)
    ]


async def test_pages_repeat_nobody_and_are_remembered(store: Store) -> None:
    clock = SetClock()
    own, others = await dresden(store, clock), await seven_partners(store, clock)
    first = await matchmaking.suggest(store, clock, to=own.person)
    assert (len(first.matches), first.total, first.left, first.number) == (5, 7, 2, 0)
    second = await shown(store, clock, own, 1)
    assert {one.organisation.id for one in first.matches} | set(second) == {o.id for o in others}
    assert len(second) == 2
    clock.move(hours=1)
    assert await shown(store, clock, own, 1) == second, "the same page is the same"
    again = await matchmaking.suggest(store, clock, to=own.person, page=1)
    assert (again.before, again.left) == (5, 0)
    assert await shown(store, clock, own, 2) == []
    assert await shown(store, clock, own, 99) == []
    assert len(await shown(store, clock, own, -4)) == 5


async def test_a_second_tap_on_more_is_known(store: Store) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    await seven_partners(store, clock)
    await matchmaking.suggest(store, clock, to=own.person)
    pages = [await matchmaking.suggest(store, clock, to=own.person, page=1) for _ in range(2)]
    assert [one.just_shown for one in pages] == [False, True]
    clock.move(minutes=1)
    assert not (await matchmaking.suggest(store, clock, to=own.person, page=1)).just_shown


async def test_filters_stay_until_they_are_cleared(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    far = await amman(store, clock, languages=frozenset({"ar"}))
    ukraine = frozenset({"UA"})
    for _ in range(2):
        await matchmaking.narrow(store, clock, by=own.person, facet=Facet.REGIONS, options=ukraine)
    assert await shown(store, clock, own) == [there.id]
    assert await shown(store, clock, own) == [there.id], "still, the next time"
    await matchmaking.narrow(
        store, clock, by=own.person, facet=Facet.LANGUAGES, options=frozenset({"ar"})
    )
    # Lviv has not stated its languages: it passes.
    assert await shown(store, clock, own) == [there.id]
    await matchmaking.narrow(
        store, clock, by=own.person, facet=Facet.REGIONS, options=frozenset({"PE"})
    )
    nobody = await matchmaking.suggest(store, clock, to=own.person)
    assert (nobody.matches, nobody.unfiltered) == ((), 2)
    assert nobody.loosening == ((Facet.REGIONS, 2),)
    for _ in range(2):
        await matchmaking.clear_filters(store, by=own.person)
    assert set(await shown(store, clock, own)) == {there.id, far.id}


def in_climate(place: Place, zone: str) -> Place:
    return replace(place, climate=zone)


async def test_ways_and_climates_narrow_and_are_remembered_and_loosened(store: Store) -> None:
    clock = SetClock()
    own = await side(
        store, clock, "Own", in_climate(DRESDEN, "Cfb"), offers={"sludge"}, seeks={"solar"}
    )
    both = await lviv(store, clock)
    gives = await side(
        store, clock, "Gives", in_climate(AMMAN, "BSh"), offers={"solar"}, seeks={"health"}
    )
    peer = await side(
        store, clock, "Peer", in_climate(LIMA, "Cfa"), offers={"health"}, seeks={"solar"}
    )

    async def narrow(facet: Facet, *options: str) -> list[int]:
        chosen = frozenset(options)
        await matchmaking.narrow(store, clock, by=own.person, facet=facet, options=chosen)
        return await shown(store, clock, own)

    assert await shown(store, clock, own) == [both.id, gives.id, peer.id]
    for mode, side_found in ((Mode.RECIPROCAL, both), (Mode.MENTORING, gives), (Mode.PEER, peer)):
        assert await narrow(Facet.WAYS, mode) == [side_found.id]
    assert await narrow(Facet.WAYS, Mode.MENTORING, Mode.PEER) == [gives.id, peer.id]
    # The climate of Lviv is not known: it passes.
    assert await narrow(Facet.WAYS) == [both.id, gives.id, peer.id]
    assert await narrow(Facet.CLIMATES, ClimateWish.ALIKE) == [both.id, peer.id]
    assert await narrow(Facet.CLIMATES, ClimateWish.DIFFERENT) == [both.id, gives.id]
    assert await narrow(Facet.WAYS, Mode.PEER) == []
    filters = (await store.searches.of(own.person.id)).filters
    assert filters.of(Facet.WAYS) == {"peer"}
    assert filters.of(Facet.CLIMATES) == {"different"}
    nobody = await matchmaking.suggest(store, clock, to=own.person)
    assert nobody.loosening == ((Facet.WAYS, 2), (Facet.CLIMATES, 1))
    assert await matchmaking.number_of_fitting(store, clock, own.organisation, filters) == 0
    open_again = filters.without(Facet.WAYS)
    assert await matchmaking.number_of_fitting(store, clock, own.organisation, open_again) == 2


async def test_a_filter_that_is_no_longer_known_narrows_nothing(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await matchmaking.narrow(
        store, clock, by=own.person, facet=Facet.WAYS, options=frozenset({"by-chance"})
    )
    assert await shown(store, clock, own) == [there.id]


async def test_filters_are_a_persons_own(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await matchmaking.narrow(
        store, clock, by=own.person, facet=Facet.REGIONS, options=frozenset({"PE"})
    )
    assert await shown(store, clock, there) == [own.id]


@pytest.mark.parametrize("why", NOT_FOR_US)
async def test_not_for_us_holds_both_ways_until_it_is_undone(store: Store, why: Why) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    for _ in range(2):
        await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=why)
    assert await shown(store, clock, own) == []
    assert await shown(store, clock, there) == []
    ((said, other),) = await dismissals.dismissed(store, clock, by=own.person)
    assert (said.why, other.id) == (why, there.id)
    assert await dismissals.dismissed(store, clock, by=there.person) == ()
    for _ in range(2):
        await dismissals.undo(store, by=own.person, organisation=there.id)
    assert await shown(store, clock, own) == [there.id]
    assert await shown(store, clock, there) == [own.id]


async def test_later_comes_back_and_does_not_hide_us(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.LATER)
    assert await shown(store, clock, own) == []
    assert await shown(store, clock, there) == [own.id]
    clock.move(days=29, hours=23)
    assert await shown(store, clock, own) == []
    clock.move(hours=1)
    assert await shown(store, clock, own) == [there.id]
    assert await dismissals.dismissed(store, clock, by=own.person) == ()


async def test_the_other_side_cannot_undo_a_dismissal(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.TOPIC)
    await dismissals.undo(store, by=there.person, organisation=own.id)
    assert await shown(store, clock, own) == []


async def test_a_dismissed_side_that_asks_all_the_same_is_heard(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.TOPIC)
    made = await introductions.ask(store, clock, by=there.person, organisation=own.id)
    assert made.open


async def test_who_asks_takes_their_own_dismissal_back(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.TOPIC)
    await introductions.ask(store, clock, by=own.person, organisation=there.id)
    assert await dismissals.dismissed(store, clock, by=own.person) == ()


async def test_who_may_dismiss(store: Store) -> None:
    clock = SetClock()
    own, stranger = await dresden(store, clock), await somebody(store, clock)
    with pytest.raises(ProfileIncomplete):
        await dismissals.dismiss(store, clock, by=stranger, organisation=own.id, why=Why.TOPIC)
    with pytest.raises(ProfileIncomplete):
        await dismissals.undo(store, by=stranger, organisation=own.id)
    for nobody in (own.id, 987_654):
        with pytest.raises(Refusal):
            await dismissals.dismiss(
                store, clock, by=own.person, organisation=nobody, why=Why.TOPIC
            )


async def test_partners_are_no_new_match(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    async with store.transaction():
        await store.outcomes.add_partnership(
            own.id, partner=there.id, name="Lviv", since=2022, at=clock()
        )
    assert await shown(store, clock, own) == []
    assert await shown(store, clock, there) == []


async def announced(store: Store) -> list[tuple[int, tuple[int, ...]]]:
    return [
        (row.recipient, PartnersFound(**row.payload).organisations)
        for row in await rows(store)
        if row.kind == "PartnersFound"
    ]


async def test_new_organisations_are_told_once_a_week_three_at_a_time(store: Store) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    for _ in range(2):
        person = await announcements.tell_of_fits(store, clock, own.person, wished=True)
    assert "fitting" in (person.told or ())
    assert await announcements.announce_due(store, clock) == 0
    others = {one.id for one in await seven_partners(store, clock)}
    clock.move(hours=1)
    assert await announcements.announce_due(store, clock) == 1
    assert await announcements.announce_due(store, clock) == 0
    clock.move(days=6, hours=23)
    assert await announcements.announce_due(store, clock) == 0
    clock.move(hours=1)
    assert await announcements.announce_due(store, clock) == 1
    clock.move(days=7)
    assert await announcements.announce_due(store, clock) == 1
    clock.move(days=7)
    assert await announcements.announce_due(store, clock) == 0, "all seven have been told"
    told = await announced(store)
    assert [len(several) for _, several in told] == [3, 3, 1]
    assert {one for _, several in told for one in several} == others


async def test_announcements_respect_wishes_dismissals_and_what_was_seen(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    far = await amman(store, clock)
    met = await side(store, clock, "Met", AMMAN, offers={"solar"}, seeks={"sludge"})
    assert await announcements.announce_due(store, clock) == 0, "nobody wished it"
    await announcements.tell_of_fits(store, clock, own.person, wished=True)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.SIZE)
    await introduced(store, clock, own, met)
    assert await announcements.announce_due(store, clock) == 1
    assert await announced(store) == [(own.person.id, (far.id,))]


async def test_who_does_not_pass_the_filters_is_not_announced(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await amman(store, clock)
    await announcements.tell_of_fits(store, clock, own.person, wished=True)
    for facet, option in ((Facet.REGIONS, "PE"), (Facet.WAYS, Mode.PEER.value)):
        options = frozenset({option})
        await matchmaking.narrow(store, clock, by=own.person, facet=facet, options=options)
        assert await announcements.announce_due(store, clock) == 0
        await matchmaking.clear_filters(store, by=own.person)
    ukraine = frozenset({"UA"})
    await matchmaking.narrow(store, clock, by=own.person, facet=Facet.REGIONS, options=ukraine)
    assert await announcements.announce_due(store, clock) == 1
    assert await announced(store) == [(own.person.id, (there.id,))]


async def test_who_stops_is_told_no_more(store: Store) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    await announcements.tell_of_fits(store, clock, own.person, wished=True)
    for _ in range(2):
        await announcements.tell_of_fits(store, clock, own.person, wished=False)
    await lviv(store, clock)
    assert await announcements.announce_due(store, clock) == 0


async def test_what_was_seen_or_is_old_is_not_announced(store: Store) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    await announcements.tell_of_fits(store, clock, own.person, wished=True)
    await lviv(store, clock)
    await shown(store, clock, own)
    assert await announcements.announce_due(store, clock) == 0
    await amman(store, clock)
    clock.move(days=29)
    assert await announcements.announce_due(store, clock) == 0
