"""Letters about roles: to whom one was given or taken, and to the administrators."""

from delivery.message import Message, Nothing
from domain.notices import AboutRole, RoleRedeemed, RoleTaken
from domain.people import Person
from domain.roles import Role
from domain.rules.permissions import Verb, may
from locales import names
from locales.speech import Speech, speech
from storage.store import Store


async def about_role(store: Store, person: Person, notice: AboutRole) -> Message | Nothing:
    """Which role it is, as long as it is still so."""
    entry = await store.roles.entry(notice.entry)
    if entry is None:
        return Nothing("gone")
    # "appoint-coordinator", "remove-coordinator", "redeem-coordinator"
    role = Role(entry.verb.partition("-")[2])
    say = speech(person.language)
    if isinstance(notice, RoleRedeemed):
        return await _redeemed(store, say, person, entry.by, role)
    held = role in await store.roles.of(person.id)
    if held is isinstance(notice, RoleTaken):
        return Nothing("no-longer-true")
    named = say.plain(f"role-{role.value}")
    return Message(say(notice.kind, role=named, duties=say(f"role-duties-{role.value}")))


async def _redeemed(
    store: Store, say: Speech, reader: Person, by: int | None, role: Role
) -> Message | Nothing:
    somebody = await store.people.by_id(by) if by is not None else None
    if somebody is None or role not in await store.roles.of(somebody.id):
        return Nothing("no-longer-true")
    if not may(Verb.READ_ROLES, await store.roles.of(reader.id)):
        return Nothing("no-administrator")
    organisation = await store.organisations.of(somebody.id)
    return Message(
        say(
            RoleRedeemed.__name__,
            name=names.person(say, somebody, organisation),
            role=say.plain(f"role-{role.value}"),
        )
    )
