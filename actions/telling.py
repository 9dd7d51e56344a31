"""Verbs of telling several something: everybody who speaks for an organisation, every member of an
exchange."""

from domain.clock import Clock
from domain.exchanges import Exchange
from domain.notices import Notice
from domain.people import Person
from storage.store import Store


async def tell(
    store: Store,
    clock: Clock,
    notice: Notice,
    organisation: int,
    *,
    answering: Person | None = None,
) -> int:
    """Tell who speaks for an organisation now, in a transaction of the caller, so that what is told
    and what happened are true together; how many are told anew. Telling it again tells nobody.
    To the person `answering` it answers what they have just done."""
    people = await store.people.representing(organisation)
    waiting = answering.id if answering else None
    return await store.outbox.add(notice, [one.id for one in people], at=clock(), answering=waiting)


async def tell_members(
    store: Store, clock: Clock, notice: Notice, exchange: Exchange, *, group: bool = True
) -> int:
    """Tell every member of an exchange, and its Telegram group if it has one; in a transaction of
    the caller, as above. How many people are told anew."""
    if group and exchange.group is not None:
        await store.outbox.add_to_group(notice, exchange.group, at=clock())
    return await store.outbox.add_for_members(notice, exchange.id, at=clock())
