"""Verbs about the partnerships that an organisation has already: tell of them, remove one."""

from collections.abc import Iterable

from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.partnerships import MOST_PARTNERSHIPS, Partnership, Told
from domain.people import Person
from storage.store import Store


async def of(store: Store, person: Person) -> tuple[Partnership, ...]:
    """The partnerships of the organisation that a person speaks for."""
    own = await store.organisations.of(person.id)
    return await store.partnerships.of(own.id) if own else ()


async def tell(
    store: Store, clock: Clock, *, by: Person, several: Iterable[Told]
) -> tuple[Partnership, ...]:
    """Enter partnerships; one with a partner that is entered already is told anew. A partner that
    others can see here is known by its name. Refuses more than there may be."""
    async with store.transaction():
        own = await store.organisations.of(by.id)
        if own is None:
            raise Refusal("refusal-profile-first")
        there = {_name(one.told.partner): one for one in await store.partnerships.of(own.id)}
        known = await store.partnerships.published_by_name()
        new = 0
        for told in several:
            name = _name(told.partner)
            partner = known.get(name)
            partner = None if partner == own.id else partner
            if name in there:
                before = there[name]
                kept = Told(
                    before.told.partner,
                    told.kind or before.told.kind,
                    told.since or before.told.since,
                )
                linked = partner or before.partner_id
                await store.partnerships.change(before.id, kept, partner_id=linked)
                continue
            new += 1
            if len(there) + new > MOST_PARTNERSHIPS:
                raise Refusal("refusal-partnerships-many", limit=MOST_PARTNERSHIPS)
            await store.partnerships.add(own.id, told, partner_id=partner, at=clock())
        return await store.partnerships.of(own.id)


async def remove(store: Store, *, by: Person, partnership: int) -> bool:
    """Remove an entry of one's own; whether it was there. Removing it twice changes nothing."""
    async with store.transaction():
        own = await store.organisations.of(by.id)
        if own is None:
            raise NotYours
        return await store.partnerships.remove(partnership, organisation=own.id)


def _name(partner: str) -> str:
    return " ".join(partner.casefold().split())
