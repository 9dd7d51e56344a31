"""Verbs about roles: who may do what for everybody, asked at each verb."""

from domain.errors import NotYours
from domain.people import Person
from domain.roles import Role
from domain.rules.permissions import Verb, may
from storage.store import Store


async def allowed(store: Store, person: Person, verb: Verb) -> bool:
    """Whether a person may do this now: for showing a button, or not."""
    return may(verb, await store.roles.of(person.id))


async def require(store: Store, person: Person, verb: Verb) -> None:
    """Raise NotYours unless the person may do this now. Inside the verb's transaction, so that
    nobody acts upon a role that is being taken from them."""
    if not await allowed(store, person, verb):
        raise NotYours


async def concerned(store: Store, verb: Verb) -> tuple[Person, ...]:
    """Whom to tell that there is something to do: coordinators who may, or, as long as there is
    none, the administrators who may."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        holding = await store.roles.holding(role)
        if holding and may(verb, {role}):
            return holding
    return ()
