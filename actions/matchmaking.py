"""Verbs about matches: suggest partners page by page, narrow and widen the search, and remember
who was shown."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.errors import ProfileIncomplete, Refusal
from domain.introductions import IntroductionState
from domain.matches import Match
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.dismissals import hidden_from
from domain.rules.filters import loosening, passes
from domain.searches import Facet, Filters, Search
from matching.partners import rank
from storage.store import Store

BEST = 5
CONSIDERED = 2_000
LATELY = timedelta(days=30)
DOUBLE_TAP = timedelta(seconds=2)
"""The same page asked for so soon again is a second tap on the same button."""

# After these, the same two are not suggested to each other again.
_SETTLED_FOR_GOOD = frozenset({IntroductionState.ACCEPTED, IntroductionState.DECLINED})


@dataclass(frozen=True, slots=True)
class Suggestions:
    """A page of the partners that fit.

    `number` counts pages from 0, `before` the partners on earlier pages, `total` all that fit and
    pass the filters; `left` are those that have not been shown. Where nobody passes, `loosening`
    says which filter left open would let how many, and `unfiltered` how many there are without any.
    """

    matches: tuple[Match, ...]
    number: int
    before: int
    total: int
    left: int
    filters: Filters
    unfiltered: int
    loosening: tuple[tuple[Facet, int], ...] = ()
    just_shown: bool = False


async def suggest(store: Store, clock: Clock, *, to: Person, page: int = 0) -> Suggestions:
    """A page of the best partners for a person's organisation; the first page begins anew. A page
    that was shown before is the same again, and the next one repeats nobody of those before it."""
    own = await _published(store, to)
    ranked = await fitting(store, clock, own)
    search = await store.searches.of(to.id)
    passing = tuple(one for one in ranked if passes(search.filters, one.organisation))
    pages = search.pages if page > 0 else ()
    number = min(max(page, 0), len(pages))
    known = number < len(pages)
    if known:
        shown = tuple(one for one in passing if one.organisation.id in pages[number])
    else:
        seen = {one for each in pages for one in each}
        shown = tuple(one for one in passing if one.organisation.id not in seen)[:BEST]
        pages = (*pages, tuple(one.organisation.id for one in shown))
        async with store.transaction():
            await store.searches.keep(to.id, Search(search.filters, pages), at=clock())
            await store.organisations.record_showing(pages[number], to=own.id, at=clock())
    seen = {one for each in pages for one in each}
    return Suggestions(
        matches=shown,
        number=number,
        before=sum(map(len, pages[:number])),
        total=len(passing),
        left=sum(one.organisation.id not in seen for one in passing),
        filters=search.filters,
        unfiltered=len(ranked),
        loosening=() if passing else loosening(search.filters, [o.organisation for o in ranked]),
        just_shown=known
        and search.changed_at is not None
        and clock() - search.changed_at < DOUBLE_TAP,
    )


async def match_with(store: Store, clock: Clock, *, to: Person, organisation: int) -> Match | None:
    """One organisation as it would be suggested now; None where it would not."""
    own = await _published(store, to)
    ranked = await fitting(store, clock, own)
    return next((one for one in ranked if one.organisation.id == organisation), None)


async def narrow(
    store: Store, clock: Clock, *, by: Person, facet: Facet, options: frozenset[str]
) -> Filters:
    """Filter by these options of a facet from now on; none leaves the facet open. What was shown
    before counts no longer: the suggestions begin anew."""
    async with store.transaction():
        search = await store.searches.of(by.id)
        if search.filters.of(facet) != options:
            search = Search(search.filters.having(facet, options))
            await store.searches.keep(by.id, search, at=clock())
        return search.filters


async def clear_filters(store: Store, *, by: Person) -> None:
    """Filter by nothing any more."""
    async with store.transaction():
        await store.searches.forget(by.id)


async def fitting(store: Store, clock: Clock, own: Organisation) -> tuple[Match, ...]:
    """Everybody who may be suggested to an organisation, best first."""
    candidates = await _candidates(store, clock, own)
    shown = await store.organisations.shown_lately(
        [one.id for one in candidates], since=clock() - LATELY, except_to=own.id
    )
    return await asyncio.to_thread(rank, own, candidates, shown, on=clock().date())


async def _candidates(store: Store, clock: Clock, own: Organisation) -> tuple[Organisation, ...]:
    found = await store.organisations.sharing_a_topic_with(own, limit=CONSIDERED)
    settled = {
        one.other(own.id)
        for one in await store.introductions.of(own.id)
        if one.state in _SETTLED_FOR_GOOD
    }
    dismissed = hidden_from(own.id, await store.dismissals.concerning(own.id), clock())
    gone = settled | dismissed | await store.outcomes.partners_of(own.id)
    return tuple(one for one in found if one.id not in gone)


async def _published(store: Store, person: Person) -> Organisation:
    own = await store.organisations.of(person.id)
    if own is not None and own.hidden_at is not None:
        raise Refusal("refusal-organisation-hidden")
    if own is None or not own.published:
        raise ProfileIncomplete
    return own
