"""Who runs an exchange, asked inside the verb's transaction."""

from domain.clock import Clock
from domain.errors import NotYours
from domain.exchanges import Exchange
from domain.people import Person
from domain.roles import Role
from domain.rules.exchanges import may_run
from domain.sessions import Session
from storage.store import Store


async def runs(store: Store, person: Person, exchange: int) -> bool:
    """Whether a person runs an exchange now: for showing a button, or not."""
    coordinators = [one.id for one in await store.exchanges.coordinators(exchange)]
    return may_run(person.id, coordinators, await store.roles.of(person.id))


async def require_runs(store: Store, person: Person, exchange: int) -> Exchange:
    """The exchange, if the person runs it now; raises NotYours otherwise, also where there is no
    such exchange, so that nobody learns by trying which there are."""
    found = await store.exchanges.by_id(exchange)
    if found is None or not await runs(store, person, exchange):
        raise NotYours
    return found


async def require_running_alone(store: Store, person: Person, exchange: int) -> Exchange:
    """The same, and nobody else changes the exchange until the transaction ends. Asked under the
    lock: whoever waited for it may run the exchange no longer, and it may have ended."""
    await store.exchanges.lock(exchange)
    return await require_runs(store, person, exchange)


async def runners(store: Store, exchange: int) -> tuple[Person, ...]:
    """Whom to tell what concerns an exchange: its coordinators who still hold that role, or, where
    there is none, the administrators."""
    holding = {one.id for one in await store.roles.holding(Role.COORDINATOR)}
    own = tuple(one for one in await store.exchanges.coordinators(exchange) if one.id in holding)
    return own or await store.roles.holding(Role.ADMINISTRATOR)


async def coming_to(store: Store, clock: Clock, person: Person) -> tuple[Session, ...]:
    """The sessions to come that somebody would look for as their own, in their list and their
    calendar: as a member, and of the exchanges that they coordinate."""
    roles = await store.roles.of(person.id)
    run = await store.exchanges.run_by(person.id) if Role.COORDINATOR in roles else ()
    return await store.sessions.of_person(
        person.id, since=clock(), run={one.id for one in run if one.running}
    )
