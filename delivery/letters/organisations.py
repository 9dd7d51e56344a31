"""Letters about organisations: to coordinators, and to those who spoke for one."""

from markupsafe import Markup

from delivery.buttons import ShowProfile, button
from delivery.message import Message, Nothing
from delivery.presses_of_concerns import GiveFeedback
from domain.confirming import WhyNot
from domain.notices import (
    OrganisationConfirmed,
    OrganisationHidden,
    OrganisationLeft,
    OrganisationNotConfirmed,
    OrganisationShown,
    OrganisationsMerged,
    RepresentationEnded,
)
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


async def organisation_confirmed(
    store: Store, person: Person, notice: OrganisationConfirmed
) -> Message | Nothing:
    """It is confirmed, and still is."""
    own = await store.organisations.of(person.id)
    if own is None or own.id != notice.organisation or own.confirmed_at is None:
        return Nothing("no-longer-true")
    say = speech(person.language)
    return Message(say(notice.kind, name=names.organisation(say, own)))


async def organisation_not_confirmed(
    store: Store, person: Person, notice: OrganisationNotConfirmed
) -> Message | Nothing:
    """Why it is not confirmed, as long as it is not."""
    own = await store.organisations.of(person.id)
    if own is None or own.id != notice.organisation or own.confirmed_at is not None:
        return Nothing("no-longer-true")
    say = speech(person.language)
    why = say.plain(f"button-why-not-{WhyNot(notice.why).name.lower()}")
    return Message(say(notice.kind, name=names.organisation(say, own), why=why))


async def organisations_merged(
    store: Store, person: Person, notice: OrganisationsMerged
) -> Message | Nothing:
    """Two were one; to those who speak for it now."""
    own = await store.organisations.of(person.id)
    there = await store.organisations.by_id(notice.stays)
    if own is None or there is None or own.id != there.id:
        return Nothing("no-longer-true")
    say = speech(person.language)
    gone = await store.organisations.name_of(notice.organisation)
    stated = gone or say.plain("not-stated")
    merged = say(notice.kind, gone=stated, name=names.organisation(say, there))
    if there.published_at is not None:
        return Message(merged)
    # One of the two may have been seen until now: its people must not learn it from silence.
    profile = ((button(say, "button-profile", ShowProfile()),),)
    unseen = say("organisations-merged-unseen")
    return Message(Markup("\n\n").join((merged, unseen)), profile)


async def organisation_hidden_or_shown(
    store: Store, person: Person, notice: OrganisationHidden | OrganisationShown
) -> Message | Nothing:
    """Whether coordinators hide it, as long as it is so; and where its people can turn to."""
    own = await store.organisations.of(person.id)
    hidden = isinstance(notice, OrganisationHidden)
    if own is None or own.id != notice.organisation or (own.hidden_at is not None) is not hidden:
        return Nothing("no-longer-true")
    say = speech(person.language)
    turn_to = button(say, "button-feedback", GiveFeedback())
    profile = button(say, "button-profile", ShowProfile())
    below = ((turn_to,), (profile,)) if hidden else ((profile,),)
    return Message(say(notice.kind, name=names.organisation(say, own)), below)
