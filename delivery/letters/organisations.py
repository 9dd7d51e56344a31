"""Letters about organisations: to coordinators, and to those who speak for one, or did."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from delivery.buttons import ShowProfile, button
from delivery.message import Keyboard, Message, Nothing
from delivery.presses_of_concerns import GiveFeedback
from domain.confirming import WhyNot
from domain.notices import (
    AboutOrganisation,
    OrganisationConfirmed,
    OrganisationHidden,
    OrganisationLeft,
    OrganisationNotConfirmed,
    OrganisationShown,
    OrganisationsMerged,
    RepresentationEnded,
)
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.permissions import Verb, may
from locales import names
from locales.speech import Speech, speech
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


_STILL_TRUE: Mapping[type[AboutOrganisation], Callable[[Organisation], bool]] = {
    OrganisationConfirmed: lambda own: own.confirmed_at is not None,
    OrganisationNotConfirmed: lambda own: own.confirmed_at is None,
    OrganisationHidden: lambda own: own.hidden_at is not None,
    OrganisationShown: lambda own: own.hidden_at is None,
}


async def own_organisation(
    store: Store, person: Person, notice: AboutOrganisation
) -> Message | Nothing:
    """What coordinators have said or done about the reader's organisation, as long as it is so."""
    own = await store.organisations.of(person.id)
    if own is None or own.id != notice.organisation or not _STILL_TRUE[type(notice)](own):
        return Nothing("no-longer-true")
    say = speech(person.language)
    name = names.organisation(say, own)
    return Message(say(notice.kind, None, name=name, **_why(say, notice)), _below(say, notice))


def _why(say: Speech, notice: AboutOrganisation) -> dict[str, str]:
    if not isinstance(notice, OrganisationNotConfirmed):
        return {}
    return {"why": say.plain(f"button-why-not-{WhyNot(notice.why).name.lower()}")}


def _below(say: Speech, notice: AboutOrganisation) -> Keyboard:
    """Where its people can look, and whom they can turn to where it is hidden."""
    if not isinstance(notice, OrganisationHidden | OrganisationShown):
        return ()
    profile = (button(say, "button-profile", ShowProfile()),)
    turn_to = (button(say, "button-feedback", GiveFeedback()),)
    return (turn_to, profile) if isinstance(notice, OrganisationHidden) else (profile,)


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
