"""Every window and letter about organisations in every language; and hostile buttons."""

from dataclasses import fields, replace

import pytest

from actions import admissions, representing
from actions.understanding import Understanding
from delivery.buttons import Press
from delivery.message import Letter
from delivery.render import Renderer
from domain.errors import Refusal
from domain.languages import LANGUAGES
from domain.notices import (
    AdmissionAsked,
    AdmissionDeclined,
    AdmissionExpired,
    AdmissionForCoordinators,
    AdmissionGranted,
    AdmissionReminder,
    ColleagueJoined,
    Notice,
    OrganisationLeft,
    RepresentationEnded,
)
from domain.outbox import Delivery
from domain.people import Person
from domain.roles import Role
from handlers import admissions as joining
from handlers import team
from handlers.turn import Turn
from storage.store import Store
from tests.handlers.test_partner_windows import FIELDS, examples, said, st, turn_of, understanding
from tests.support.judged import faults_in
from tests.support.partners import DRESDEN, LIMA, SetClock, Side, side, somebody
from tests.support.roles import grant

__all__ = ["understanding"]

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Office:
    """An organisation with a lead and a colleague, a newcomer, and one that nobody speaks for."""

    def __init__(self, store: Store, clock: SetClock, understanding: Understanding) -> None:
        self.store, self.clock, self.understanding = store, clock, understanding
        self.own: Side
        self.empty: Side
        self.colleague: Person
        self.newcomer: Person
        self.admission: int

    def turn(self, language: str, person: Person, press: Press | None = None) -> Turn:
        turn = turn_of(self, language, press)
        turn.person = replace(person, language=language)
        turn.chat_id = person.telegram_id
        return turn


@pytest.fixture
async def office(store: Store, understanding: Understanding) -> Office:
    made = Office(store, SetClock(), understanding)
    async with store.transaction():
        made.own = await side(store, made.clock, "Stadtwerke <Muster> & Söhne", DRESDEN)
        made.empty = await side(store, made.clock, "Stadtwerke Musterlos", LIMA)
        made.colleague, made.newcomer = [await somebody(store, made.clock) for _ in range(2)]
        code = await representing.invite(store, made.clock, by=made.own.person)
        await representing.redeem(store, made.clock, by=made.colleague, code=code)
        await representing.leave(
            store, made.clock, by=made.empty.person, organisation=made.empty.id
        )
        asked = await admissions.ask(store, made.clock, by=made.newcomer, organisation=made.own.id)
        made.admission = asked.id
    return made


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_in_every_language(office: Office, language: str) -> None:
    lead, colleague = office.own.person, office.colleague
    windows = (
        (lead, team.show_by_command, None),
        (colleague, team.show_by_command, None),
        (office.newcomer, team.show_by_command, None),
        (office.empty.person, team.show_by_command, None),
        (lead, team.show_colleague, team.ShowColleague(colleague.id)),
        (colleague, team.show_colleague, team.ShowColleague(lead.id)),
        (lead, team.give_part, team.GivePart(colleague.id, "lead", 0)),
        (lead, team.give_part, team.GivePart(colleague.id, "deputy", 0)),
        (lead, team.take_out, team.TakeOut(colleague.id, 0)),
        (lead, team.leave, team.Leave(office.own.id, 0)),
        (lead, team.leave, team.Leave(office.empty.id, 1)),
        (lead, team.show_newcomer, team.ShowNewcomer(office.admission)),
    )
    for person, handler, press in windows:
        turn = office.turn(language, person, press)
        await (handler(None, turn) if press is None else handler(None, turn, press))
        said(turn)
    turn = office.turn(language, office.empty.person)
    assert await joining.offer(turn, "Stadtwerke Muster")
    said(turn)
    for found in (office.own, office.empty):
        turn.sayings.clear()
        turn.conversation = turn.conversation.aside(joining.STEP, found=[found.id])
        await joining.join(None, turn, joining.Join(found.id))
        said(turn)


NOTICES = (
    AdmissionAsked, AdmissionReminder, AdmissionForCoordinators, AdmissionGranted,
    AdmissionDeclined, AdmissionExpired,
)  # fmt: skip


async def settle(office: Office, kind: type[Notice]) -> Person:
    """Bring it about that it is true; its reader."""
    by, clock = office.own.person, office.clock
    if kind is AdmissionForCoordinators:
        await grant(office.store, clock, office.colleague, Role.COORDINATOR)
        return office.colleague
    if kind in (AdmissionAsked, AdmissionReminder):
        return by
    if kind is AdmissionGranted:
        await admissions.admit(office.store, clock, by=by, admission=office.admission)
    elif kind is AdmissionDeclined:
        await admissions.decline(office.store, clock, by=by, admission=office.admission)
    else:
        clock.move(days=60)
        await admissions.look_after(office.store, clock)
    return office.newcomer


@ONE_DATABASE
@pytest.mark.parametrize("kind", NOTICES, ids=lambda kind: kind.__name__)
async def test_every_letter_about_admissions(office: Office, kind: type[Notice]) -> None:
    reader = await settle(office, kind)
    await rendered(office, kind(office.admission), reader)


async def rendered(office: Office, notice: Notice, reader: Person) -> None:
    for language in LANGUAGES:
        async with office.store.transaction():
            await office.store.people.change(reader.id, language=language)
        letter = await Renderer(office.store, office.clock).letter(
            Delivery(1, notice, reader.id, 0)
        )
        assert isinstance(letter, Letter), letter
        assert faults_in(letter.message) == [], language


@ONE_DATABASE
async def test_every_letter_about_organisations(office: Office) -> None:
    await rendered(office, ColleagueJoined(office.own.id, office.colleague.id), office.own.person)
    gone = RepresentationEnded(office.own.id, office.newcomer.id, 1)
    await rendered(office, gone, office.newcomer)
    await grant(office.store, office.clock, office.newcomer, Role.COORDINATOR)
    await rendered(office, OrganisationLeft(office.empty.id, 1), office.newcomer)


HANDLERS = {
    joining.Join: joining.join,
    joining.NoneOfThese: joining.none_of_these,
    joining.Admit: joining.admit,
    joining.TurnAway: joining.turn_away,
    joining.TakeBack: joining.take_back,
    team.ShowColleague: team.show_colleague,
    team.GivePart: team.give_part,
    team.TakeOut: team.take_out,
    team.ShowNewcomer: team.show_newcomer,
}


@ONE_DATABASE
@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
async def test_forged_presses_are_answered_or_refused(office: Office, kind: type[Press]) -> None:
    built = st.builds(kind, **{one.name: FIELDS[_type(one)] for one in fields(kind)})
    for press in examples(built)[:10]:
        turn = office.turn("ar", office.own.person, press)
        try:
            await HANDLERS[kind](None, turn, press)
        except Refusal:
            continue
        assert turn.sayings


def _type(one: object) -> str:
    kind = one.type  # type: ignore[attr-defined]
    return kind if isinstance(kind, str) else kind.__name__
