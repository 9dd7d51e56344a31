"""Every window and letter of confirming and merging in every language; and hostile buttons."""

from dataclasses import fields

import pytest

from actions import confirming as verbs
from actions import merging
from delivery.buttons import Press
from delivery.presses_of_coordination import (
    Confirm,
    Merge,
    NotConfirmed,
    PickSecond,
    SayMember,
    ShowOrganisation,
    ShowOrganisations,
)
from domain.confirming import WhyNot
from domain.errors import NotYours, Refusal
from domain.languages import LANGUAGES
from domain.notices import OrganisationConfirmed, OrganisationNotConfirmed, OrganisationsMerged
from domain.roles import Role
from handlers import confirming
from storage.store import Store
from tests.handlers.test_organisation_windows import ONE_DATABASE, Office, _type, rendered
from tests.handlers.test_organisation_windows import office as office
from tests.handlers.test_partner_windows import FIELDS, examples, said, st, understanding
from tests.support.partners import DRESDEN, side
from tests.support.roles import grant

__all__ = ["office", "understanding"]

HANDLERS = {
    ShowOrganisations: confirming.show_page,
    ShowOrganisation: confirming.show_one,
    Confirm: confirming.confirm,
    NotConfirmed: confirming.not_confirmed,
    SayMember: confirming.say_member,
    PickSecond: confirming.pick_second,
    Merge: confirming.merge,
}


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_in_every_language(office: Office, store: Store, language: str) -> None:
    chief = office.newcomer
    await grant(store, office.clock, chief, Role.COORDINATOR)
    double = await side(store, office.clock, "Stadtwerke Muster", DRESDEN)
    own = office.own.id
    presses: tuple[Press, ...] = (
        ShowOrganisations(0), ShowOrganisations(-7), ShowOrganisations(99), ShowOrganisation(own),
        ShowOrganisation(office.empty.id), Confirm(own), NotConfirmed(own, 0), NotConfirmed(own, 3),
        SayMember(own, 1), SayMember(own, 0), PickSecond(own, -1), PickSecond(own, 0),
        Merge(double.id, own, 0), Merge(double.id, own, 1), Merge(double.id, own, 2),
    )  # fmt: skip
    first = office.turn(language, chief)
    await confirming.show_by_command(None, first)
    said(first)
    for press in presses:
        turn = office.turn(language, chief, press)
        await HANDLERS[type(press)](None, turn, press)
        said(turn)
    for press in presses[:-1]:
        turn = office.turn(language, office.own.person, press)
        with pytest.raises(NotYours):
            await HANDLERS[type(press)](None, turn, press)


@ONE_DATABASE
async def test_every_letter_in_every_language(office: Office, store: Store) -> None:
    chief, clock, own = office.newcomer, office.clock, office.own
    await grant(store, clock, chief, Role.COORDINATOR)
    double = await side(store, clock, "Stadtwerke Muster", DRESDEN)
    await verbs.confirm(store, clock, by=chief, organisation=own.id)
    await rendered(office, OrganisationConfirmed(own.id, 1), own.person)
    for why in WhyNot:
        await verbs.take_back(store, clock, by=chief, organisation=own.id, why=why)
        await rendered(office, OrganisationNotConfirmed(own.id, why.value, 1), own.person)
    await merging.merge(store, clock, by=chief, gone=double.id, stays=own.id)
    await rendered(office, OrganisationsMerged(double.id, own.id), double.person)


@ONE_DATABASE
@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
async def test_forged_presses_are_answered_or_refused(
    office: Office, store: Store, kind: type[Press]
) -> None:
    await grant(store, office.clock, office.newcomer, Role.COORDINATOR)
    built = st.builds(kind, **{one.name: FIELDS[_type(one)] for one in fields(kind)})
    for press in examples(built)[:8]:
        turn = office.turn("ar", office.newcomer, press)
        try:
            await HANDLERS[kind](None, turn, press)
        except Refusal:
            continue
        said(turn)
