"""The letter to somebody who has come back: what waits for them now, and not each thing missed."""

from markupsafe import Markup

from delivery.buttons import FindPartners, ShowProfile, button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_partners import ShowIntroductions
from delivery.presses_of_settings import SeeNewcomer
from domain.admissions import Admission
from domain.introductions import Introduction
from domain.notices import WelcomeBack
from domain.people import Person
from locales import names
from locales.speech import speech
from storage.store import Store

MOST_NEWCOMERS = 3
LONGEST_NAME = 20


async def welcome_back(store: Store, person: Person, notice: WelcomeBack) -> Message:
    """What waits for the person's answer, a button each."""
    say = speech(person.language)
    requests, newcomers = await _waiting(store, person)
    lines = [say(notice.kind)]
    if requests:
        lines.append(say("waiting-requests", len(requests)))
    if newcomers:
        lines.append(say("waiting-newcomers", len(newcomers)))
    if not requests and not newcomers:
        lines.append(say("waiting-nothing"))
    rows: list[tuple[Button, ...]] = [
        (button(say, "button-all-introductions", ShowIntroductions(0)),)
    ]
    for one in newcomers[:MOST_NEWCOMERS]:
        newcomer = await store.people.by_id(one.person)
        name = names.cut(names.person_alone(say, newcomer), LONGEST_NAME) if newcomer else ""
        rows.append((button(say, "button-newcomer", SeeNewcomer(one.id), name=name),))
    partners, profile = FindPartners(), ShowProfile()
    rows.append((button(say, "button-partners", partners), button(say, "button-profile", profile)))
    return Message(NEWLINE.join((lines[0], Markup(""), *lines[1:])), tuple(rows))


async def _waiting(
    store: Store, person: Person
) -> tuple[tuple[Introduction, ...], tuple[Admission, ...]]:
    """Requests for an introduction and newcomers that this person may answer."""
    own = await store.organisations.of(person.id)
    if own is None:
        return (), ()
    asked = await store.introductions.of(own.id)
    newcomers = await store.admissions.open_at(own.id)
    return (
        tuple(one for one in asked if one.open and one.asked == own.id),
        tuple(one for one in newcomers if one.person != person.id),
    )
