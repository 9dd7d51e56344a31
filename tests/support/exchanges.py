"""Exchanges, members and sessions, written down as they are needed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from domain.exchanges import Contact, Entry, Exchange, Membership, MembershipState
from domain.people import Person
from domain.roles import Role
from domain.sessions import Form, Session
from storage.store import Store
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding

CONTACT = Contact("Anna Beispiel", "anna@example.org", "+49 30 123456")
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Setting:
    """An exchange with its coordinator, and members in the order in which they came."""

    exchange: Exchange
    coordinator: Person
    members: tuple[Membership, ...] = ()
    people: tuple[Person, ...] = field(default=())


async def exchange(
    store: Store, clock: SetClock, *, languages: tuple[str, ...] = (), **more: Any
) -> Setting:
    """An exchange whose coordinator speaks German, with a member for each of the languages."""
    by = await holding(store, clock, Role.COORDINATOR, language="de")
    values: dict[str, Any] = {
        "entry": Entry.ON_APPROVAL,
        "title": {"de": "Internationale Partnerschaften", "en": "International partnerships"},
        "contact": CONTACT,
        "zone": "Europe/Berlin",
        **more,
    }
    async with store.transaction():
        made = await store.exchanges.add(by=by.id, at=clock(), **values)
        await store.exchanges.entrust(made.id, by.id, at=clock())
    people = [await somebody(store, clock, language) for language in languages]
    members = [await member(store, clock, made, one) for one in people]
    return Setting(made, by, tuple(members), tuple(people))


async def member(store: Store, clock: SetClock, of: Exchange, person: Person) -> Membership:
    """Somebody takes part."""
    async with store.transaction():
        made = await store.memberships.add(
            exchange=of.id, person=person.id, state=MembershipState.MEMBER, at=clock()
        )
    assert made is not None
    return made


async def session(
    store: Store, clock: SetClock, of: Exchange, *, starts_at: datetime | None = None, **more: Any
) -> Session:
    """An announced session of two hours, in ten days if nothing else is said."""
    begins = starts_at or clock() + timedelta(days=10)
    values: dict[str, Any] = {
        "ends_at": begins + timedelta(hours=2),
        "zone": of.zone,
        "form": Form.ONLINE.value,
        "title": {"de": "Wasserverluste senken", "en": "Reducing water losses"},
        "link": "https://example.org/meet",
        "announced_at": clock(),
        **more,
    }
    async with store.transaction():
        return await store.sessions.add(
            exchange=of.id,
            uid=f"session-{next(_NUMBERS)}@example.org",
            at=clock(),
            starts_at=begins,
            **values,
        )
