"""Members of an exchange by name."""

from domain.exchanges import Membership
from locales import names
from locales.speech import Speech
from storage.store import Store


async def member_name(store: Store, say: Speech, membership: Membership | None) -> str:
    """A member's name and their organisation's; without Telegram as a coordinator has entered
    them. What cannot be named is told by a number."""
    if membership is None:
        return say.plain("not-stated")
    if membership.person is None:
        name = membership.name or say.plain("person-nameless", number=membership.id)
        return f"{name} ({membership.organisation})" if membership.organisation else name
    person = await store.people.by_id(membership.person)
    if person is None:
        return say.plain("person-nameless", number=membership.id)
    return names.person(say, person, await store.organisations.of(person.id))


async def member_alone(store: Store, say: Speech, membership: Membership) -> str:
    """A member's name without their organisation's, fit for a button."""
    person = await store.people.by_id(membership.person) if membership.person else None
    if person is not None:
        return names.cut(names.person_alone(say, person))
    return names.cut(membership.name or say.plain("person-nameless", number=membership.id))
