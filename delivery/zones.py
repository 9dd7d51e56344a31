"""In whose zone times are told."""

from domain.people import Person
from domain.rules.holding import zone_of
from storage.store import Store


async def zone_of_reader(store: Store, person: Person) -> str:
    """The IANA name of the zone by which somebody lives: their own, else that of their
    organisation's place, else UTC."""
    if person.zone is not None:
        return zone_of(person, None)
    own = await store.organisations.of(person.id)
    return zone_of(person, own.place.timezone if own and own.place else None)
