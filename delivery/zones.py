"""In whose zone times are told."""

from domain.people import Person
from domain.rules.holding import WHERE_UNKNOWN, zone_of
from storage.store import Store


async def zone_of_reader(store: Store, person: Person, otherwise: str = WHERE_UNKNOWN) -> str:
    """The IANA name of the zone by which somebody lives: their own, else that of their
    organisation's place, else that of what they read about."""
    if person.zone is not None:
        return zone_of(person, None, otherwise)
    own = await store.organisations.of(person.id)
    return zone_of(person, own.place.timezone if own and own.place else None, otherwise)
