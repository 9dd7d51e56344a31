"""Letters about organisations: to coordinators, and to those who spoke for one."""

from delivery.message import Message, Nothing
from domain.notices import OrganisationLeft, RepresentationEnded
from domain.people import Person
from domain.rules.permissions import Verb, may
from locales import names
from locales.speech import speech
from storage.store import Store


async def organisation_left(
    store: Store, person: Person, notice: OrganisationLeft
) -> Message | Nothing:
    """Nobody speaks for an organisation any more; only to those who are coordinators now."""
    there = await store.organisations.by_id(notice.organisation)
    if there is None or await store.people.representing(there.id):
        return Nothing("no-longer-true")
    if not may(Verb.ADMIT_WHERE_NOBODY_ELSE_CAN, await store.roles.of(person.id)):
        return Nothing("no-coordinator")
    say = speech(person.language)
    return Message(say(notice.kind, name=names.organisation(say, there)))


async def representation_ended(
    store: Store, person: Person, notice: RepresentationEnded
) -> Message | Nothing:
    """The lead has taken the reader out."""
    there = await store.organisations.by_id(notice.organisation)
    people = {one.id for one in await store.people.representing(notice.organisation)}
    if there is None or person.id in people or person.id != notice.person:
        return Nothing("no-longer-true")
    say = speech(person.language)
    return Message(say(notice.kind, name=names.organisation(say, there)))
