"""Which exchanges somebody is shown, in which order, and whether they may see one."""

import asyncio
from dataclasses import dataclass

from actions.understanding import Understanding
from domain.clock import Clock
from domain.exchanges import Exchange, Membership
from domain.people import Person
from domain.roles import Role
from domain.rules.exchanges import is_listed, may_run
from domain.sessions import Session
from matching.exchanges import meant, ranked
from storage.store import Store

PER_PAGE = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """An exchange, how the reader stands to it, and its next session."""

    exchange: Exchange
    membership: Membership | None
    runs: bool
    coming: Session | None

    @property
    def own(self) -> bool:
        """Whether the reader has to do with it."""
        there = self.membership
        return self.runs or (there is not None and (there.open or there.takes_part))


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of exchanges. `number` counts pages from 0."""

    here: tuple[Listed, ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The last page."""
        return max(0, (self.total - 1) // PER_PAGE)


async def listing(
    store: Store,
    clock: Clock,
    understanding: Understanding,
    *,
    to: Person,
    words: str = "",
    page: int = 0,
) -> Listing:
    """A page of what somebody may see: their own first, then what fits their organisation; with
    `words` only what these mean."""
    standings = await _standings(store, to)
    exchanges = [one.exchange for one in standings.values()]
    if words:
        mentions = await understanding.topics(words, to.language)
        topics = [guess.topic for one in mentions for guess in one.guesses[:1]]
        order = await asyncio.to_thread(meant, exchanges, words, topics)
    else:
        own = await store.organisations.of(to.id)
        wanted = (own.offers or frozenset()) | (own.seeks or frozenset()) if own else frozenset()
        sectors = own.sectors or frozenset() if own else frozenset()
        order = await asyncio.to_thread(ranked, exchanges, wanted, sectors)
        order = tuple(sorted(order, key=lambda one: not standings[one.id].own))
    number = min(max(page, 0), max(0, (len(order) - 1) // PER_PAGE))
    here = order[number * PER_PAGE : (number + 1) * PER_PAGE]
    listed = [await _with_coming(store, clock, standings[one.id]) for one in here]
    return Listing(tuple(listed), number, len(order))


async def _standings(store: Store, to: Person) -> dict[int, Listed]:
    """All exchanges that go on and that this person may know of."""
    roles = await store.roles.of(to.id)
    mine = {one.exchange: one for one in await store.memberships.of_person(to.id)}
    run = {one.id for one in await store.exchanges.run_by(to.id)}
    found = {}
    for one in await store.exchanges.running():
        member = mine.get(one.id)
        coordinators = (to.id,) if one.id in run else ()
        if is_listed(
            one,
            runs=may_run(to.id, coordinators, roles),
            member=bool(member and (member.takes_part or member.open)),
            invited=False,
        ):
            runs = one.id in run and Role.COORDINATOR in roles
            found[one.id] = Listed(one, member, runs, None)
    return found


async def _with_coming(store: Store, clock: Clock, one: Listed) -> Listed:
    coming = await store.sessions.coming(one.exchange.id, since=clock(), limit=1)
    return Listed(one.exchange, one.membership, one.runs, coming[0] if coming else None)


async def seen(
    store: Store, clock: Clock, *, to: Person, exchange: int, invited: bool = False
) -> Listed | None:
    """An exchange as this person may see it; None where they may not, or there is none."""
    found = await store.exchanges.by_id(exchange)
    if found is None:
        return None
    member = await store.memberships.between(exchange, to.id)
    ids = [one.id for one in await store.exchanges.coordinators(exchange)]
    runs = may_run(to.id, ids, await store.roles.of(to.id))
    takes_part = member is not None and (member.takes_part or member.open)
    if not is_listed(found, runs=runs, member=takes_part, invited=invited):
        return None
    return await _with_coming(store, clock, Listed(found, member, runs, None))
