"""The verb of telling an organisation something: everybody who speaks for it is told."""

from domain.clock import Clock
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
