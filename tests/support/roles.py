"""People who hold a role."""

from domain.clock import Clock
from domain.people import Person
from domain.roles import Role
from storage.store import Store
from tests.support.partners import SetClock, somebody


async def grant(store: Store, clock: Clock, person: Person, *roles: Role) -> None:
    """Give somebody these roles, as if an administrator had."""
    async with store.transaction():
        for role in roles:
            await store.roles.grant(person.id, role, by=None, at=clock())


async def holding(store: Store, clock: SetClock, *roles: Role, language: str = "en") -> Person:
    """Somebody new who holds these roles."""
    person = await somebody(store, clock, language)
    await grant(store, clock, person, *roles)
    return person
