"""In whose zone times are told, and in which they are meant."""

from domain.languages import HOMES
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


async def zone_of_writer(store: Store, person: Person) -> str:
    """The IANA name of the zone in which somebody means the times that they write: the one by which
    they live; where none is known, that of the newest exchange that they run, else that of the
    country where their language is at home."""
    run = await store.exchanges.run_by(person.id)
    return await zone_of_reader(
        store, person, run[0].zone if run else HOMES.get(person.language, WHERE_UNKNOWN)
    )
