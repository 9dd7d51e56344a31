"""Verbs about matches: suggest partners page by page, narrow and widen the search, and remember
who was shown."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from actions.register import LATELY, Register, register_of
from domain.clock import Clock
from domain.dismissals import Dismissal
from domain.errors import ProfileIncomplete, Refusal
from domain.introductions import IntroductionState
from domain.matches import Match, Mode
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.dismissals import hidden_from
from domain.rules.taste import TELLING, counted, refused_traits, traits_of
from domain.searches import Facet, Filters, Search
from domain.track_records import Taste, Ties
from matching.criteria.question import Question
from matching.partner_index import EVERY_MODE, Wanted
from matching.partners import explained
from storage.store import Store

BEST = 5
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
    asked = await _ask(store, clock, own)
    search = await store.searches.of(to.id)
    everybody, passing = await asyncio.to_thread(asked.everybody_and, search.filters)
    pages = search.pages if page > 0 else ()
    number = min(max(page, 0), len(pages))
    known = number < len(pages)
    seen = frozenset(one for each in pages for one in each)
    if known:
        here = frozenset(pages[number])
        matches = await _matches(store, asked, wanted_by(search.filters, within=here))
        shown = sorted(matches, key=lambda one: pages[number].index(one.organisation.id))
    else:
        shown = await _matches(store, asked, wanted_by(search.filters, seen=seen), most=BEST)
        pages = (*pages, tuple(one.organisation.id for one in shown))
        newly = frozenset(pages[number]) - asked.question.ties.shown
        async with store.transaction() as unit:
            await store.searches.keep(to.id, Search(search.filters, pages), at=clock())
            await store.organisations.record_showing(pages[number], to=own.id, at=clock())
            unit.afterwards(partial(asked.register.show, newly))
    seen = frozenset(one for each in pages for one in each)
    return Suggestions(
        matches=tuple(shown),
        number=number,
        before=sum(map(len, pages[:number])),
        total=len(passing),
        left=len(passing - seen),
        filters=search.filters,
        unfiltered=len(everybody),
        loosening=() if passing else await asyncio.to_thread(asked.loosening, search.filters),
        just_shown=known
        and search.changed_at is not None
        and clock() - search.changed_at < DOUBLE_TAP,
    )


async def match_with(store: Store, clock: Clock, *, to: Person, organisation: int) -> Match | None:
    """One organisation as it would be suggested now; None where it would not."""
    asked = await _ask(store, clock, await _published(store, to))
    found = await _matches(store, asked, Wanted(within=frozenset({organisation})))
    return next(iter(found), None)


async def number_of_fitting(store: Store, clock: Clock, own: Organisation, filters: Filters) -> int:
    """How many may be suggested to an organisation and pass filters."""
    asked = await _ask(store, clock, own)
    return len((await asyncio.to_thread(asked.everybody_and, filters))[1])


async def fitting(
    store: Store, clock: Clock, own: Organisation, filters: Filters, *, within: frozenset[int]
) -> tuple[Match, ...]:
    """Those of some organisations who may be suggested to one and pass filters, best first."""
    wanted = wanted_by(filters, within=within)
    return tuple(await _matches(store, await _ask(store, clock, own), wanted))


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


def wanted_by(
    filters: Filters, *, seen: frozenset[int] = frozenset(), within: frozenset[int] | None = None
) -> Wanted:
    """Whom a person's filters look for; ways that are no longer known count as none."""
    modes = frozenset(mode for mode in Mode if mode.value in filters.of(Facet.WAYS))
    return Wanted(
        modes=modes or EVERY_MODE,
        filters=filters,
        climates=filters.of(Facet.CLIMATES),
        seen=seen,
        within=within,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to the register, which has followed the database before."""

    register: Register
    question: Question

    def everybody_and(self, filters: Filters) -> tuple[frozenset[int], frozenset[int]]:
        """All who may be suggested, and those of them who pass filters."""
        everybody = self.register.index.everybody(self.question)
        if not filters.narrowed:
            return everybody, everybody
        return everybody, self.register.index.everybody(self.question, wanted_by(filters))

    def loosening(self, filters: Filters) -> tuple[tuple[Facet, int], ...]:
        """Which single facet, left open, would let how many pass; most first, none that helps
        nobody."""
        index = self.register.index
        found = [
            (facet, len(index.everybody(self.question, wanted_by(filters.without(facet)))))
            for facet in filters.narrowed
        ]
        return tuple(sorted((pair for pair in found if pair[1]), key=lambda pair: -pair[1]))


async def _ask(store: Store, clock: Clock, own: Organisation) -> _Asked:
    register = register_of(store)
    await register.follow(store, clock)
    question = Question(
        register.index.question(own), await _ties(store, clock, own), clock().date()
    )
    return _Asked(register, question)


async def _matches(
    store: Store, asked: _Asked, wanted: Wanted, *, most: int | None = None
) -> list[Match]:
    """The best matches, with what speaks for and against each."""
    limit = len(asked.register.index) if most is None else most
    found = await asyncio.to_thread(asked.register.index.best, asked.question, limit, wanted)
    ids = [one.organisation for one in found]
    several = await store.organisations.several(ids)
    records = {one: asked.register.record(one) for one in ids}
    # Who was hidden or merged in this very moment is not shown any more.
    there = {one: found for one, found in several.items() if found.id == one and found.published}
    shown = [one for one in found if one.organisation in there]
    return list(explained(asked.question, shown, there.__getitem__, records))


async def _ties(store: Store, clock: Clock, own: Organisation) -> Ties:
    """What already is between an organisation and others."""
    settled = {
        one.other(own.id)
        for one in await store.introductions.of(own.id)
        if one.state in _SETTLED_FOR_GOOD
    }
    dismissals = await store.dismissals.concerning(own.id)
    gone = settled | hidden_from(own.id, dismissals, clock())
    gone |= await store.outcomes.partners_of(own.id)
    place = own.place.id if own.place else None
    return Ties(
        gone=frozenset(gone),
        shown=await store.records.shown_to(own.id, since=clock() - LATELY),
        twinned_places=await store.partnerships.twinned_places(place) if place else frozenset(),
        taste=await _taste(store, own, dismissals),
    )


async def _taste(store: Store, own: Organisation, dismissals: Iterable[Dismissal]) -> Taste:
    """What the organisation has said of those that were suggested to it."""
    refused = [one for one in dismissals if one.organisation == own.id and one.why in TELLING]
    helped = await store.records.helped(own.id)
    others = await store.organisations.several({one.other for one in refused} | helped)
    return Taste(
        less=counted(
            refused_traits(one, others[one.other]) for one in refused if one.other in others
        ),
        more=counted(traits_of(others[one]) for one in helped if one in others),
    )


async def _published(store: Store, person: Person) -> Organisation:
    own = await store.organisations.of(person.id)
    if own is not None and own.hidden_at is not None:
        raise Refusal("refusal-organisation-hidden")
    if own is None or not own.published:
        raise ProfileIncomplete
    return own
