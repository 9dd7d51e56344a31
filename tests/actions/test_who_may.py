"""Who may do what: every verb about others, by everybody who could try, as the table says.

The actions are called themselves: no button, command or menu stands between.
"""

import importlib
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import ModuleType

import pytest
from sqlalchemy.exc import IntegrityError

from actions import (
    admissions,
    calendars,
    concerns,
    confirming,
    dismissals,
    introductions,
    matchmaking,
    merging,
    outcomes,
    partnerships,
    profiles,
    reported,
    reports,
    representing,
    roles,
    sessions,
)
from domain.confirming import WhyNot
from domain.dismissals import Why
from domain.errors import Refusal
from domain.organisations import Part
from domain.outcomes import Question
from domain.partnerships import Told
from domain.people import Person
from domain.planning import Plan
from domain.profiles import Answer
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from domain.sessions import Form, Session
from storage.store import Store
from tests.support import exchanges
from tests.support.partners import (
    LIMA,
    SetClock,
    Side,
    amman,
    dresden,
    introduced,
    lviv,
    side,
    somebody,
)
from tests.support.roles import holding

# Who tries. A stranger has never agreed to be stored, and is tried all the same.
STRANGER, PERSON, COORDINATOR, ADMINISTRATOR = "stranger", "person", "coordinator", "administrator"
ASKING, ASKED, THIRD = "speaks for who asks", "speaks for who is asked", "speaks for a third"
EVERYBODY = frozenset({PERSON, ASKING, ASKED, THIRD, COORDINATOR, ADMINISTRATOR})
SPEAKING = frozenset({ASKING, ASKED, THIRD})
COORDINATING = frozenset({COORDINATOR, ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class World:
    """What the verbs are about. `asking` has asked `asked`, and has met `met`; `asks_in` waits for
    `asked`; nobody speaks for the organisation of which `orphan` is an admission."""

    store: Store
    clock: SetClock
    people: dict[str, Person]
    asking: Side
    asked: Side
    met: Side
    coordinator: Person
    second: Person
    request: int
    introduction: int
    asks_in: int
    orphan: int
    report: int
    code: str
    draft: int
    invitation: str
    colleague: Person
    exchange: int
    session: int


Call = Callable[[World, Person], Awaitable[object]]
TABLE: dict[tuple[str, str], tuple[Call, frozenset[str]]] = {}


def verb(module: ModuleType, name: str, *allowed: str, note: str = "", **values: object) -> None:
    """A row: the verb, who may, and its arguments; those that the world knows as functions."""
    function = getattr(module, name)

    async def call(world: World, by: Person) -> object:
        given = {key: value(world) if callable(value) else value for key, value in values.items()}
        known = {"clock": world.clock, "by": by, "to": by}
        wanted = inspect.signature(function).parameters
        given |= {key: one for key, one in known.items() if key in wanted}
        if "person" in wanted and "person" not in given:
            given["person"] = by
        return await function(world.store, **given)

    row = (f"{module.__name__.removeprefix('actions.')}.{name}", note)
    assert row not in TABLE
    TABLE[row] = (call, frozenset(allowed))


PLAN = Plan(
    datetime(2026, 4, 1, 10), timedelta(hours=2), "Europe/Berlin", Form.ONLINE, {"en": "Water"}
)
verb(introductions, "ask", ASKING, THIRD, organisation=lambda w: w.asked.id)
verb(introductions, "accept", ASKED, introduction=lambda w: w.request)
verb(introductions, "decline", ASKED, introduction=lambda w: w.request)
verb(introductions, "withdraw", ASKING, introduction=lambda w: w.request)
verb(outcomes, "tell", ASKING, introduction=lambda w: w.introduction, question=Question.MET,
     answer="yes")  # fmt: skip
verb(outcomes, "accepted", ASKING, introduction=lambda w: w.introduction)
verb(matchmaking, "suggest", *SPEAKING)
verb(matchmaking, "match_with", *SPEAKING, organisation=lambda w: w.met.id)
verb(dismissals, "dismiss", *SPEAKING, organisation=lambda w: w.met.id, why=Why.LATER)
verb(dismissals, "undo", *SPEAKING, organisation=lambda w: w.met.id)
verb(dismissals, "dismissed", *SPEAKING)
verb(dismissals, "known", *SPEAKING, organisation=lambda w: w.met.id)
verb(dismissals, "known", note="a draft of somebody else's", organisation=lambda w: w.draft)
verb(dismissals, "dismiss", note="a draft of somebody else's",
     organisation=lambda w: w.draft, why=Why.LATER)  # fmt: skip
verb(profiles, "publish", *SPEAKING)
ABOUT_MET = {"about": AboutWhat.ORGANISATION, "subject": lambda w: w.met.id}
ABOUT_SOMEBODY = {"about": AboutWhat.PERSON, "subject": lambda w: w.met.person.id}
verb(reports, "report", *SPEAKING, **ABOUT_MET, cause=Cause.SPAM)
verb(reports, "report", ASKING, note="of a person", **ABOUT_SOMEBODY, cause=Cause.SPAM)
verb(reports, "visible", *SPEAKING, **ABOUT_MET)
verb(reports, "visible", ASKING, note="of a person", **ABOUT_SOMEBODY)
verb(reports, "settle", *COORDINATING, report=lambda w: w.report)
verb(concerns, "give_feedback", *EVERYBODY, words="Thank you")
verb(concerns, "read", *COORDINATING, page=0, most=5)
verb(concerns, "one", *COORDINATING, concern=lambda w: w.report)
verb(concerns, "answer", *COORDINATING, concern=lambda w: w.report, words="Thank you")
verb(concerns, "settle", *COORDINATING, concern=lambda w: w.report)
for name in ("hide", "show", "looked_at"):
    verb(reported, name, *COORDINATING, organisation=lambda w: w.met.id)
for name in ("confirm", "looked_at"):
    verb(confirming, name, *COORDINATING, organisation=lambda w: w.met.id)
verb(confirming, "take_back", *COORDINATING, organisation=lambda w: w.met.id,
     why=WhyNot.NAME)  # fmt: skip
verb(confirming, "say_member", *COORDINATING, organisation=lambda w: w.met.id, member=True)
verb(confirming, "listed", *COORDINATING, offset=0, limit=5)
verb(merging, "like_this", *COORDINATING, organisation=lambda w: w.met.id)
verb(merging, "merge", *COORDINATING, gone=lambda w: w.met.id, stays=lambda w: w.asked.id)
verb(representing, "invite", *SPEAKING)
verb(representing, "redeem", PERSON, *COORDINATING, code=lambda w: w.invitation)
verb(representing, "change_part", ASKED, note="of a colleague",
     person=lambda w: w.colleague.id, part=Part.DEPUTY)  # fmt: skip
verb(representing, "take_out", ASKED, note="a colleague", person=lambda w: w.colleague.id)
verb(representing, "leave", ASKED, organisation=lambda w: w.asked.id)
verb(partnerships, "tell", *SPEAKING, several=(Told("Lima"),))
verb(partnerships, "remove", *SPEAKING, partnership=1)
verb(admissions, "ask", PERSON, *COORDINATING, organisation=lambda w: w.asked.id)
verb(admissions, "admit", ASKED, admission=lambda w: w.asks_in)
verb(admissions, "decline", ASKED, admission=lambda w: w.asks_in)
verb(admissions, "withdraw", PERSON, admission=lambda w: w.asks_in)
verb(admissions, "admit", *COORDINATING, note="unspoken for", admission=lambda w: w.orphan)
verb(admissions, "decline", *COORDINATING, note="unspoken for", admission=lambda w: w.orphan)
verb(admissions, "withdraw", note="unspoken for", admission=lambda w: w.orphan)
verb(roles, "holders", *COORDINATING)
verb(roles, "holder", *COORDINATING, person=lambda w: w.coordinator.id)
for role in Role:
    verb(roles, "invite", ADMINISTRATOR, note=role.value, role=role)
verb(roles, "withdraw_invitations", ADMINISTRATOR)
verb(roles, "appoint", ADMINISTRATOR, note="coordinator",
     person=lambda w: w.second.id, role=Role.COORDINATOR)  # fmt: skip
verb(roles, "appoint", ADMINISTRATOR, note="administrator",
     person=lambda w: w.coordinator.id, role=Role.ADMINISTRATOR)  # fmt: skip
verb(roles, "remove", COORDINATOR, ADMINISTRATOR, note="the coordinator, who may go",
     person=lambda w: w.coordinator.id, role=Role.COORDINATOR)  # fmt: skip
verb(roles, "remove", ADMINISTRATOR, note="another administrator",
     person=lambda w: w.second.id, role=Role.ADMINISTRATOR)  # fmt: skip
verb(roles, "redeem", *EVERYBODY, code=lambda w: w.code)


verb(sessions, "seen", ASKING, *COORDINATING, session=lambda w: w.session)
verb(sessions, "plan", *COORDINATING, exchange=lambda w: w.exchange, plan=PLAN)
verb(sessions, "announce", *COORDINATING, session=lambda w: w.session)
verb(sessions, "reschedule", *COORDINATING, session=lambda w: w.session, starts=PLAN.starts,
     lasts=PLAN.lasts)  # fmt: skip
verb(sessions, "change", *COORDINATING, session=lambda w: w.session, details={"guests": "Anna"})
verb(sessions, "cancel", *COORDINATING, session=lambda w: w.session)
verb(calendars, "subscribe", *EVERYBODY)
verb(calendars, "end", *EVERYBODY, STRANGER)


async def draft_of(store: Store, clock: SetClock) -> int:
    """An organisation that nobody but its writer has seen."""
    writer = await somebody(store, clock)
    await profiles.answer(store, clock, writer, Answer.ORGANISATION, "Not to be told")
    own = await store.organisations.of(writer.id)
    assert own is not None
    return own.id


async def colleague_of(store: Store, clock: SetClock, side: Side) -> Person:
    """Somebody else who speaks for an organisation."""
    colleague = await somebody(store, clock)
    code = await representing.invite(store, clock, by=side.person)
    await representing.redeem(store, clock, by=colleague, code=code)
    return colleague


async def meeting_of(store: Store, clock: SetClock, by: Person, of: Side) -> Session:
    """A session of an exchange that one runs and in which the other takes part."""
    there = (await exchanges.exchange(store, clock)).exchange
    async with store.transaction():
        await store.exchanges.entrust(there.id, by.id, at=clock())
    await exchanges.member(store, clock, there, of.person)
    return await exchanges.session(store, clock, there)


async def world_of(store: Store) -> World:
    clock = SetClock()
    more = {"offers": {"solar"}, "seeks": {"sludge"}}
    asking, asked = await dresden(store, clock), await lviv(store, clock)
    third, met = await amman(store, clock), await side(store, clock, "Lima", LIMA, **more)
    alone, left = await side(store, clock, "Left", LIMA, **more), await somebody(store, clock)
    person, coordinator = (
        await somebody(store, clock),
        await holding(store, clock, Role.COORDINATOR),
    )
    administrator, second = [await holding(store, clock, Role.ADMINISTRATOR) for _ in range(2)]
    request = await introductions.ask(store, clock, by=asking.person, organisation=asked.id)
    asks_in = await admissions.ask(store, clock, by=person, organisation=asked.id)
    async with store.transaction():
        await store.people.remove(alone.person.id)
    orphan = await admissions.ask(store, clock, by=left, organisation=alone.id)
    report = await reports.report(
        store, clock, by=met.person, about=AboutWhat.ORGANISATION, subject=alone.id,
        cause=Cause.SPAM,
    )  # fmt: skip
    meeting = await meeting_of(store, clock, coordinator, asking)
    return World(
        store=store,
        clock=clock,
        people={
            STRANGER: replace(person, id=987_654, telegram_id=987_654),
            PERSON: person,
            ASKING: asking.person,
            ASKED: asked.person,
            THIRD: third.person,
            COORDINATOR: coordinator,
            ADMINISTRATOR: administrator,
        },
        asking=asking,
        asked=asked,
        met=met,
        coordinator=coordinator,
        second=second,
        request=request.id,
        introduction=await introduced(store, clock, asking, met),
        asks_in=asks_in.id,
        orphan=orphan.id,
        report=report.id,
        code=(await roles.code_for_administrator(store, clock)).code,
        draft=await draft_of(store, clock),
        invitation=await representing.invite(store, clock, by=met.person),
        colleague=await colleague_of(store, clock, asked),
        exchange=meeting.exchange,
        session=meeting.id,
    )


class Undone(Exception):
    """It was done, and is to be undone."""


async def is_done(store: Store, call: Callable[[], Awaitable[object]]) -> bool:
    """Whether a verb is done rather than refused; it is undone in either case."""
    try:
        async with store.unit():
            await call()
            raise Undone
    except Undone:
        return True
    except (Refusal, IntegrityError):
        return False


async def test_every_verb_is_done_for_whom_the_table_says_and_nobody_else(store: Store) -> None:
    world = await world_of(store)
    done = {
        row: {
            name
            for name, person in world.people.items()
            if await is_done(store, lambda call=call, person=person: call(world, person))
        }
        for row, (call, _) in TABLE.items()
    }
    assert done == {row: allowed for row, (_, allowed) in TABLE.items()}


@pytest.mark.parametrize("module", sorted({name.partition(".")[0] for name, _ in TABLE}))
def test_every_verb_of_these_actions_is_in_the_table(module: str) -> None:
    there = importlib.import_module(f"actions.{module}")
    verbs = {
        f"{module}.{name}"
        for name, function in inspect.getmembers(there, inspect.iscoroutinefunction)
        if function.__module__ == there.__name__
        and not name.startswith("_")
        and "by" in inspect.signature(function).parameters
    }
    # These touch nothing but how one's own search is narrowed.
    verbs -= {"matchmaking.narrow", "matchmaking.clear_filters"}
    assert verbs - {name for name, _ in TABLE} == set()
