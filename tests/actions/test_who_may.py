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
    announced,
    announcing,
    attendances,
    calendars,
    changing,
    concerns,
    confirming,
    contributions,
    dismissals,
    enquiries,
    entry_codes,
    exchanges,
    follow_ups,
    groups,
    introductions,
    joining,
    matchmaking,
    merging,
    outcomes,
    papers,
    partnerships,
    practices,
    profiles,
    releasing,
    reminders,
    reported,
    reports,
    representing,
    roles,
    round_programmes,
    rounds,
    rsvps,
    session_feedback,
    sessions,
)
from domain.announcements import Link
from domain.audiences import Audience
from domain.confirming import WhyNot
from domain.dismissals import Why
from domain.errors import Refusal
from domain.exchanges import Contact, MembershipState
from domain.joining import WhyNot as WhyNotAdmitted
from domain.organisations import Part
from domain.outcomes import Question
from domain.partnerships import Told
from domain.people import Person
from domain.planning import Plan
from domain.profiles import Answer
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from domain.round_programmes import Met
from domain.session_feedback import Helped, What
from domain.sessions import Form, Reply, Session
from domain.uploads import Upload, UploadKind
from storage.store import Store
from tests.support import exchanges as seeds
from tests.support.afterwards import Things, things
from tests.support.announcements import Written, written
from tests.support.partners import (
    LIMA,
    MONDAY,
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
from tests.support.rounds import FIRST, Seated, seated

# Who tries. A stranger has never agreed to be stored, and is tried all the same.
STRANGER, PERSON, COORDINATOR, ADMINISTRATOR = "stranger", "person", "coordinator", "administrator"
ASKING, ASKED, THIRD = "speaks for who asks", "speaks for who is asked", "speaks for a third"
EVERYBODY = frozenset({PERSON, ASKING, ASKED, THIRD, COORDINATOR, ADMINISTRATOR})
SPEAKING = frozenset({ASKING, ASKED, THIRD})
COORDINATING = frozenset({COORDINATOR, ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An exchange that the coordinator runs, and its people: `member` is the third's, `waits` the
    plain person's request, `enquiry` a question to them, `code` the id of a code that lets in."""

    exchange: int
    member: int
    waits: int
    enquiry: int
    code: int


@dataclass(frozen=True, slots=True)
class Exchanging:
    """An exchange that the world's coordinator runs, and in which its person takes part: a session
    of it, what the person brings, a member without Telegram, and a code of the coordinator's."""

    exchange: int
    session: int
    contribution: int
    absent: int
    code: str


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
    run: Exchanged
    exchange: int
    exchanging: Exchanging
    seated: Seated
    after: Things
    meeting: Session
    written: Written


Call = Callable[[World, Person], Awaitable[object]]
TABLE: dict[tuple[str, str], tuple[Call, frozenset[str]]] = {}


def verb(module: ModuleType, name: str, /, *allowed: str, note: str = "", **values: object) -> None:
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
RUNS = {"exchange": lambda w: w.run.exchange}
verb(exchanges, "begin", *COORDINATING, draft=exchanges.Draft(
    {"en": "Waste"}, contact=Contact("Ada", "ada@example.org"), zone="Europe/Berlin"))  # fmt: skip
verb(exchanges, "change", *COORDINATING, **RUNS, draft=exchanges.Draft(zone="UTC"))
verb(exchanges, "entrust", *COORDINATING, **RUNS, person=lambda w: w.coordinator.id)
verb(exchanges, "close", *COORDINATING, **RUNS)
verb(exchanges, "enter", *COORDINATING, **RUNS, name="Jan", email="jan@example.org")
verb(exchanges, "members", *COORDINATING, **RUNS, offset=0, limit=5)
verb(exchanges, "newcomers", *COORDINATING, **RUNS)
verb(exchanges, "requests", *COORDINATING, **RUNS)
verb(exchanges, "relieve", *COORDINATING, **RUNS, person=lambda w: w.second.id)
verb(joining, "ask", *EVERYBODY, **RUNS)
verb(joining, "admit", *COORDINATING, membership=lambda w: w.run.waits)
verb(joining, "decline", *COORDINATING, membership=lambda w: w.run.waits,
     why=WhyNotAdmitted.FULL)  # fmt: skip
verb(joining, "answerable", *COORDINATING, membership=lambda w: w.run.waits)
verb(joining, "withdraw", PERSON, THIRD, **RUNS)
verb(joining, "leave", PERSON, THIRD, **RUNS)
verb(joining, "remove", *COORDINATING, membership=lambda w: w.run.member)
verb(enquiries, "ask", *COORDINATING, membership=lambda w: w.run.waits, words="Why?")
verb(enquiries, "to_answer", PERSON, enquiry=lambda w: w.run.enquiry)
verb(enquiries, "answer", PERSON, enquiry=lambda w: w.run.enquiry, words="So")
verb(entry_codes, "make", *COORDINATING, **RUNS, days=30)
verb(entry_codes, "listed", *COORDINATING, **RUNS)
verb(entry_codes, "revoke", *COORDINATING, code=lambda w: w.run.code)
verb(entry_codes, "follow", *EVERYBODY, code="wrong")
verb(roles, "holders", *COORDINATING)
verb(roles, "holder", *COORDINATING, person=lambda w: w.coordinator.id)
verb(reminders, "remind_me", PERSON, exchange=lambda w: w.exchange, minutes=(60,))
verb(reminders, "remind_exchange", *COORDINATING, exchange=lambda w: w.exchange, minutes=(60,))
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
ROUNDS_OF = {"exchange": lambda w: w.seated.exchange}
THEIR_ROUNDS = {"programme": lambda w: w.seated.programme}
THEIR_GROUP = {"group": lambda w: w.seated.group}
verb(round_programmes, "start", *COORDINATING, **ROUNDS_OF, plan=lambda w: w.seated.plan)
verb(round_programmes, "preview", *COORDINATING, **ROUNDS_OF, size=2, on=FIRST)
verb(round_programmes, "overview", *COORDINATING, **ROUNDS_OF)
for name in ("pause", "resume", "stop"):
    verb(round_programmes, name, *COORDINATING, **THEIR_ROUNDS)
verb(round_programmes, "enter", *COORDINATING, **THEIR_ROUNDS,
     membership=lambda w: w.seated.guest, yes=True)  # fmt: skip
verb(round_programmes, "take_part", ASKING, ASKED, **THEIR_ROUNDS, yes=True)
verb(round_programmes, "pause_until", ASKING, ASKED, **THEIR_ROUNDS, day=FIRST)
verb(round_programmes, "own_part", ASKING, ASKED, **ROUNDS_OF)
verb(rounds, "tell_met", ASKING, ASKED, **THEIR_GROUP, met=Met.YES)
verb(rounds, "tell_helped", ASKING, ASKED, **THEIR_GROUP, helped=True)
verb(rounds, "own_group", ASKING, ASKED, **THEIR_GROUP)
verb(roles, "redeem", *EVERYBODY, code=lambda w: w.code)
# After a session: the coordinator runs its exchange, who speaks for who is asked is a member.
TAKING_PART = COORDINATING | {ASKED}
SESSION = {"session": lambda w: w.after.session}
FILE = Upload("f", "x.pdf", UploadKind.DOCUMENT, 1)
verb(attendances, "listed", *COORDINATING, **SESSION)
verb(attendances, "tick", *COORDINATING, **SESSION, membership=lambda w: w.after.membership,
     present=True)  # fmt: skip
verb(attendances, "tick_who_said_yes", *COORDINATING, **SESSION)
verb(papers, "of", *TAKING_PART, **SESSION)
verb(papers, "one", *TAKING_PART, paper=lambda w: w.after.paper)
verb(papers, "may_add", *COORDINATING, **SESSION)
verb(papers, "add_words", *COORDINATING, **SESSION, words="Minutes")
verb(papers, "add_file", *COORDINATING, **SESSION, upload=FILE, minutes=False)
verb(papers, "remove", *COORDINATING, paper=lambda w: w.after.paper)
verb(session_feedback, "own", ASKED, **SESSION)
verb(session_feedback, "tell", ASKED, **SESSION, helped=Helped.NO)
verb(session_feedback, "tell_what", ASKED, **SESSION, what=What.CONTACTS)
verb(session_feedback, "tell_words", ASKED, **SESSION, words="Thank you")
verb(session_feedback, "numbers", *COORDINATING, **SESSION)
TASK = {"words": "Send it", "due_on": MONDAY.date()}
verb(follow_ups, "candidates", *TAKING_PART, **SESSION)
verb(follow_ups, "add", *TAKING_PART, **SESSION, membership=lambda w: w.after.membership, **TASK)
verb(follow_ups, "add", *COORDINATING, note="for who has no Telegram", **SESSION,
     membership=lambda w: w.after.over.without.id, **TASK)  # fmt: skip
verb(follow_ups, "of_session", *TAKING_PART, **SESSION)
verb(follow_ups, "mine", STRANGER, *EVERYBODY, exchange=lambda w: w.after.exchange)
verb(follow_ups, "one", *TAKING_PART, follow_up=lambda w: w.after.asked)
verb(follow_ups, "agree", ASKED, follow_up=lambda w: w.after.asked)
verb(follow_ups, "decline", ASKED, follow_up=lambda w: w.after.asked)
verb(follow_ups, "done", ASKED, follow_up=lambda w: w.after.promised)
verb(follow_ups, "done", *COORDINATING, note="of who has no Telegram",
     follow_up=lambda w: w.after.forwarded)  # fmt: skip
verb(follow_ups, "put_off", ASKED, follow_up=lambda w: w.after.promised, due_on=MONDAY.date())
verb(follow_ups, "remove", *COORDINATING, follow_up=lambda w: w.after.asked)
NOTE = {"title": "T", "words": "X", "topics": {"solar"}, "to_all": True}
verb(practices, "require_member", ASKED, exchange=lambda w: w.after.exchange)
verb(practices, "write", ASKED, exchange=lambda w: w.after.exchange, **SESSION, **NOTE)
verb(practices, "change", ASKED, practice=lambda w: w.after.practice, title="Other")
verb(practices, "one", *TAKING_PART, practice=lambda w: w.after.practice)
verb(practices, "remove", *TAKING_PART, practice=lambda w: w.after.practice)
verb(practices, "find", STRANGER, *EVERYBODY)


OF_SESSION = {"session": lambda w: w.exchanging.session}
OF_EXCHANGE = {"exchange": lambda w: w.exchanging.exchange}
OF_CONTRIBUTION = {"contribution": lambda w: w.exchanging.contribution}
verb(rsvps, "reply", PERSON, **OF_SESSION, reply=Reply.YES)
verb(rsvps, "reply_in_group", PERSON, **OF_SESSION, reply=Reply.YES)
verb(rsvps, "record_for", *COORDINATING, **OF_SESSION,
     membership=lambda w: w.exchanging.absent, reply=Reply.YES)  # fmt: skip
verb(rsvps, "show_coming", PERSON, **OF_EXCHANGE, shows=True)
verb(rsvps, "who_comes", PERSON, *COORDINATING, **OF_SESSION)
verb(rsvps, "without_telegram", *COORDINATING, **OF_SESSION)
verb(contributions, "bring", PERSON, **OF_SESSION, words="A practice", topics=frozenset())
verb(contributions, "brought", PERSON, *COORDINATING, **OF_SESSION)
verb(contributions, "one", PERSON, **OF_CONTRIBUTION)
verb(contributions, "change", PERSON, **OF_CONTRIBUTION, words="Else", topics=frozenset())
verb(contributions, "leave_out", PERSON, **OF_CONTRIBUTION, topic="solar")
verb(contributions, "remove", PERSON, *COORDINATING, **OF_CONTRIBUTION)
for name in ("invite", "unlink", "group_of"):
    verb(groups, name, *COORDINATING, **OF_EXCHANGE)
verb(groups, "link", COORDINATOR, chat_id=-1, code=lambda w: w.exchanging.code)


async def exchanging_of(
    store: Store, clock: SetClock, coordinator: Person, person: Person
) -> Exchanging:
    """What goes on in an exchange."""
    there = (await seeds.exchange(store, clock)).exchange
    async with store.transaction():
        await store.exchanges.entrust(there.id, coordinator.id, at=clock())
        absent = await store.memberships.add(
            exchange=there.id, person=None, state=MembershipState.MEMBER, at=clock(), name="Absent"
        )
    assert absent is not None
    await seeds.member(store, clock, there, person)
    made = await seeds.session(store, clock, there)
    brings = await contributions.bring(
        store, clock, by=person, session=made.id, words="A case", topics=frozenset()
    )
    code = await groups.invite(store, clock, by=coordinator, exchange=there.id)
    return Exchanging(there.id, made.id, brings.id, absent.id, code)


verb(sessions, "seen", ASKING, *COORDINATING, session=lambda w: w.meeting.id)
verb(sessions, "plan", *COORDINATING, exchange=lambda w: w.meeting.exchange, plan=PLAN)
verb(sessions, "announce", *COORDINATING, session=lambda w: w.meeting.id)
verb(sessions, "reschedule", *COORDINATING, session=lambda w: w.meeting.id, starts=PLAN.starts,
     lasts=PLAN.lasts)  # fmt: skip
verb(sessions, "change", *COORDINATING, session=lambda w: w.meeting.id, details={"guests": "Anna"})
verb(sessions, "translate", *COORDINATING, session=lambda w: w.meeting.id, language="uk",
     title="Вода")  # fmt: skip
verb(sessions, "cancel", *COORDINATING, session=lambda w: w.meeting.id)
verb(calendars, "subscribe", *EVERYBODY)
verb(calendars, "end", *EVERYBODY, STRANGER)

# The coordinator has written, for members of an exchange of theirs, what is a draft, waits for a
# release and is being sent; `foreign` ones are the second administrator's, for no exchange.
DRAFT = {"announcement": lambda w: w.written.draft.id}
WAITING = {"announcement": lambda w: w.written.waiting.id}
SENDING = {"announcement": lambda w: w.written.sending.id}
FOREIGN = {"announcement": lambda w: w.written.foreign.id}
CHANGED = {"announcement": lambda w: w.written.changing.announcement}
ELSES_CHANGED = {"announcement": lambda w: w.written.foreign_changing.announcement}
CHANGE = {**CHANGED, "number": lambda w: w.written.changing.number}
ELSES_CHANGE = {**ELSES_CHANGED, "number": lambda w: w.written.foreign_changing.number}
ELSES = {"announcement": lambda w: w.written.foreign_waiting.id}
TEXT = {"language": "en", "html": "Other"}
SAVED = {"saved": lambda w: w.written.saved}
WHOM = {"audience": lambda w: Audience(exchange=w.meeting.exchange)}
for name in ("handled", "looked_at", "counted", "throw_away"):
    verb(announcing, name, *COORDINATING, **DRAFT)
    verb(announcing, name, ADMINISTRATOR, note="somebody else's", **FOREIGN)
verb(announcing, "looked_at", *COORDINATING, note="while it waits", **ELSES)
verb(announcing, "listed", *COORDINATING, offset=0, limit=5)
verb(announcing, "begin", *COORDINATING)
verb(announcing, "begin_for_members", *COORDINATING, exchange=lambda w: w.meeting.exchange)
verb(announcing, "begin_for_members", ADMINISTRATOR, note="of an exchange that another runs",
     exchange=lambda w: w.written.elsewhere)  # fmt: skip
verb(announcing, "write", *COORDINATING, **DRAFT, **TEXT)
verb(announcing, "write", ADMINISTRATOR, note="somebody else's", **FOREIGN, **TEXT)
verb(announcing, "write", note="while it waits", **WAITING, **TEXT)
for name in ("drop_text", "fall_back_on"):
    verb(announcing, name, *COORDINATING, **DRAFT, language="de")
verb(announcing, "aim", *COORDINATING, **DRAFT, **WHOM)
verb(announcing, "aim", ADMINISTRATOR, note="at an exchange that another runs", **DRAFT,
     audience=lambda w: Audience(exchange=w.written.elsewhere))  # fmt: skip
verb(announcing, "require_reach", *COORDINATING, **WHOM)
verb(announcing, "attach", *COORDINATING, **DRAFT, upload=FILE)
verb(announcing, "link", *COORDINATING, **DRAFT, link=Link("Read", "https://example.org"))
verb(announcing, "ask_replies", *COORDINATING, **DRAFT, session=lambda w: w.meeting.id)
verb(announcing, "save_audience", *COORDINATING, **DRAFT, name="Members")
verb(announcing, "use_audience", COORDINATOR, **DRAFT, **SAVED)
verb(announcing, "forget_audience", *COORDINATING, **SAVED)
for name in ("report", "lines", "withdraw", "retry_unknown"):
    verb(announced, name, *COORDINATING, **SENDING)
for name in ("report", "lines"):
    verb(announced, name, ADMINISTRATOR, note="somebody else's", **FOREIGN)
verb(announced, "edit", *COORDINATING, **SENDING, **TEXT)
verb(announced, "edit", note="before it is told", **WAITING, **TEXT)
verb(announced, "edit", *COORDINATING, note="of many", **SENDING, **TEXT, alone_up_to=0)
# While a change of it waits every coordinator may look at it, and do nothing else with it.
verb(announcing, "looked_at", *COORDINATING, note="while a change waits", **ELSES_CHANGED)
verb(announcing, "handled", ADMINISTRATOR, note="while a change waits", **ELSES_CHANGED)
verb(announced, "edit", ADMINISTRATOR, note="while a change waits", **ELSES_CHANGED, **TEXT)
for name in ("report", "lines", "withdraw", "retry_unknown"):
    verb(announced, name, ADMINISTRATOR, note="while a change waits", **ELSES_CHANGED)
verb(releasing, "cancel", ADMINISTRATOR, note="while a change waits", **ELSES_CHANGED)
verb(changing, "waiting", *COORDINATING, **CHANGED)
verb(changing, "waiting", *COORDINATING, note="somebody else's", **ELSES_CHANGED)
verb(changing, "waiting", note="where none waits", **SENDING)
verb(changing, "release", ADMINISTRATOR, **CHANGE)
verb(changing, "release", *COORDINATING, note="somebody else's", **ELSES_CHANGE)
verb(changing, "release", note="an earlier one", **ELSES_CHANGED, number=0)
verb(changing, "take_back", COORDINATOR, **CHANGE)
verb(changing, "take_back", note="somebody else's", **ELSES_CHANGE)
verb(releasing, "send", *COORDINATING, **DRAFT, version=lambda w: w.written.draft.version)
verb(releasing, "send", ADMINISTRATOR, note="somebody else's", **FOREIGN,
     version=lambda w: w.written.foreign.version)  # fmt: skip
verb(releasing, "release", ADMINISTRATOR, **WAITING,
     version=lambda w: w.written.waiting.version)  # fmt: skip
verb(releasing, "release", *COORDINATING, note="somebody else's", **ELSES,
     version=lambda w: w.written.foreign_waiting.version)  # fmt: skip
verb(releasing, "take_back", *COORDINATING, **WAITING)
verb(releasing, "take_back", *COORDINATING, note="somebody else's that waits", **ELSES)
verb(releasing, "cancel", *COORDINATING, **SENDING)


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


async def exchanged(
    store: Store, clock: SetClock, by: Person, member: Person, asks: Person
) -> Exchanged:
    """An exchange run by somebody, with a member and somebody who waits."""
    number = (await seeds.exchange(store, clock)).exchange.id
    async with store.transaction():
        await store.exchanges.entrust(number, by.id, at=clock())
        for one in await store.exchanges.coordinators(number):
            if one.id != by.id:
                await store.people.remove(one.id)
    taking_part = await joining.ask(store, clock, by=member, exchange=number)
    await joining.admit(store, clock, by=by, membership=taking_part.id)
    waits = await joining.ask(store, clock, by=asks, exchange=number)
    enquiry = await enquiries.ask(store, clock, by=by, membership=waits.id, words="Who?")
    _, code = await entry_codes.make(store, clock, by=by, exchange=number, days=0)
    return Exchanged(number, taking_part.id, waits.id, enquiry.id, code.id)


async def exchange_of(store: Store, clock: SetClock, coordinator: Person, member: Person) -> int:
    """An exchange that this coordinator runs, and its only member."""
    there = (await seeds.exchange(store, clock)).exchange
    async with store.transaction():
        await store.exchanges.entrust(there.id, coordinator.id, at=clock())
    await seeds.member(store, clock, there, member)
    return there.id


async def meeting_of(store: Store, clock: SetClock, by: Person, of: Side) -> Session:
    """A session of an exchange that one runs and in which the other takes part."""
    there = (await seeds.exchange(store, clock)).exchange
    async with store.transaction():
        await store.exchanges.entrust(there.id, by.id, at=clock())
    await seeds.member(store, clock, there, of.person)
    return await seeds.session(store, clock, there)


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
    written_there = await written(store, clock, coordinator, second, meeting.exchange)
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
        run=await exchanged(store, clock, coordinator, third.person, person),
        exchange=await exchange_of(store, clock, coordinator, person),
        exchanging=await exchanging_of(store, clock, coordinator, person),
        seated=await seated(store, clock, coordinator, asking.person, asked.person),
        after=await things(store, clock, coordinator, asked.person),
        meeting=meeting,
        written=written_there,
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
    # This is of an announcement in the hands of who has asked `looked_at` for it.
    verbs -= {"announcing.count"}
    assert verbs - {name for name, _ in TABLE} == set()
