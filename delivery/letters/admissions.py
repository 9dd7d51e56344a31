"""Letters about admissions: to those who may admit, and to the newcomer."""

from markupsafe import Markup

from delivery.buttons import Begin, FindPartners, ShowProfile, button
from delivery.cards import NEWLINE
from delivery.message import Message, Nothing
from delivery.presses_of_organisations import Admit, TurnAway
from domain.admissions import Admission, AdmissionState
from domain.notices import (
    AboutAdmission,
    AdmissionAsked,
    AdmissionDeclined,
    AdmissionExpired,
    AdmissionForCoordinators,
    AdmissionGranted,
    AdmissionReminder,
    ColleagueJoined,
)
from domain.organisations import Organisation
from domain.people import Detail, Person
from domain.rules.permissions import Verb, may
from locales import names
from locales.speech import Speech, speech
from storage.store import Store

_STILL_TRUE_IN: dict[type[AboutAdmission], AdmissionState] = {
    AdmissionAsked: AdmissionState.ASKED,
    AdmissionReminder: AdmissionState.ASKED,
    AdmissionForCoordinators: AdmissionState.ASKED,
    AdmissionGranted: AdmissionState.ADMITTED,
    AdmissionDeclined: AdmissionState.DECLINED,
    AdmissionExpired: AdmissionState.EXPIRED,
}


async def about_admission(
    store: Store, person: Person, notice: AboutAdmission
) -> Message | Nothing:
    """What to say about an admission, if it is still true and this reader's business."""
    found = await store.admissions.by_id(notice.admission)
    if found is None:
        return Nothing("gone")
    if found.state is not _STILL_TRUE_IN[type(notice)]:
        return Nothing("no-longer-true")
    say = speech(person.language)
    name = names.organisation(say, await store.organisations.by_id(found.organisation))
    if isinstance(notice, (AdmissionAsked, AdmissionReminder, AdmissionForCoordinators)):
        return await _question(store, person, notice, found)
    if found.person != person.id:
        return Nothing("not-theirs")
    if isinstance(notice, AdmissionGranted) and not await _speaks(store, person, found):
        return Nothing("no-longer-true")
    return Message(
        say(notice.kind, name=name),
        (
            (button(say, "button-profile", ShowProfile()), button(say, "button-go-on", Begin())),
            (button(say, "button-partners", FindPartners()),),
        ),
    )


async def _question(
    store: Store, reader: Person, notice: AboutAdmission, found: Admission
) -> Message | Nothing:
    if not await _may_answer(store, reader, notice, found):
        return Nothing("not-theirs")
    there = await store.organisations.by_id(found.organisation)
    asked = await newcomer_question(store, speech(reader.language), found, there, notice.kind)
    return asked or Nothing("gone")


async def newcomer_question(
    store: Store,
    say: Speech,
    found: Admission,
    there: Organisation | None,
    kind: str = AdmissionAsked.__name__,
) -> Message | None:
    """Who asks, with the two answers; None where they are gone, or have been answered."""
    newcomer = await store.people.by_id(found.person)
    if newcomer is None or not found.open:
        return None
    return Message(
        say(kind, card=newcomer_card(say, newcomer), name=names.organisation(say, there)),
        (
            (button(say, "button-admit", Admit(found.id)),),
            (button(say, "button-turn-away", TurnAway(found.id)),),
        ),
    )


async def _may_answer(
    store: Store, reader: Person, notice: AboutAdmission, found: Admission
) -> bool:
    if isinstance(notice, AdmissionForCoordinators):
        return may(Verb.ADMIT_WHERE_NOBODY_ELSE_CAN, await store.roles.of(reader.id))
    return await _speaks(store, reader, found)


async def _speaks(store: Store, reader: Person, found: Admission) -> bool:
    people = await store.people.representing(found.organisation)
    return reader.id in {one.id for one in people}


def newcomer_card(say: Speech, person: Person) -> Markup:
    """Who asks: name and function, and what else they let partners see."""
    shared = person.shared()
    details = {
        Detail.NAME: person.name or say.plain("not-stated"),
        Detail.FUNCTION: person.function or say.plain("not-stated"),
        Detail.EMAIL: shared.get(Detail.EMAIL),
        Detail.PHONE: shared.get(Detail.PHONE),
    }
    return NEWLINE.join(
        say(
            "labelled-line",
            label=Markup("{}").format(say.plain(f"detail-{detail.value}")),
            value=say.listing([text]),
        )
        for detail, text in details.items()
        if text
    )


async def colleague_joined(
    store: Store, person: Person, notice: ColleagueJoined
) -> Message | Nothing:
    """Who speaks for the organisation together with the reader now."""
    people = {one.id: one for one in await store.people.representing(notice.organisation)}
    joined = people.get(notice.person)
    if joined is None or person.id not in people:
        return Nothing("no-longer-true")
    say = speech(person.language)
    name = names.organisation(say, await store.organisations.by_id(notice.organisation))
    return Message(say(notice.kind, card=newcomer_card(say, joined), name=name))
