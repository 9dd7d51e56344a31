"""Planning, moving, changing and cancelling sessions, and looking at them."""

from dataclasses import replace
from datetime import timedelta

from actions import sessions
from bot.middlewares import Turns
from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import (
    Announce,
    Answer,
    CancelSession,
    ChangeSession,
    EndSubscriptions,
    GoBack,
    Keep,
    NoDay,
    PlanSession,
    SendCalendar,
    SendSeries,
    ShowChanges,
    ShowMySessions,
    ShowSessionLanguages,
    ShowSessions,
    StopPlanning,
    Subscribe,
    TranslateSession,
    TurnTo,
)
from domain.people import Person
from domain.planning import Draft, Plan, Question
from domain.roles import Role
from domain.sessions import Form
from domain.texts import shown
from handlers.planning.changes import CHANGES
from tests.handlers.scenes import scene
from tests.support.exchanges import Setting, exchange, member, session
from tests.support.hall import Hall


async def run_by(hall: Hall) -> Setting:
    """An exchange that is run by somebody of this language."""
    made = await exchange(hall.store, hall.clock)  # type: ignore[arg-type]
    me = await hall.somebody(Role.COORDINATOR)
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(made.exchange.id, me.id, at=hall.clock())
    return replace(made, coordinator=me)


def pick(question: Question, option: str) -> Answer:
    """A button of a question."""
    return Answer(question.value, option)


SAID_OF_TIMES = ("xyzzy", "1.1.2020", "Europe/Nowhere", "UTC+3", "Europe/Berlin")


@scene
async def of_planning(hall: Hall) -> None:
    """Each question, answered wrongly and rightly, by words and by buttons."""
    there = await run_by(hall)
    me, day = there.coordinator, (hall.clock() + timedelta(days=30)).date()
    await hall.presses(me, PlanSession(there.exchange.id))
    await hall.shows(me)
    await hall.says(me, "...", "x" * 200, "/nonsense", "Wasserverluste senken", "/sessions")
    await hall.says(me, *SAID_OF_TIMES)
    await hall.presses(me, TurnTo(f"{day:%Y-%m}"), TurnTo("x"), NoDay(), pick(Question.DAY, "x"))
    await hall.presses(me, pick(Question.DAY, "2020-01-01"), pick(Question.DAY, day.isoformat()))
    await hall.says(me, *SAID_OF_TIMES, "10:15")
    await hall.presses(me, GoBack(Question.LASTS.value), GoBack(Question.LASTS.value))
    await hall.presses(me, pick(Question.TIME, "600"))
    await hall.says(me, "xyzzy", "9:00", "200 h", "90 min")
    await hall.says(me, "xyzzy")
    await hall.presses(me, pick(Question.FORM, "x"), pick(Question.FORM, "hybrid"))
    await hall.says(me, "Rathaus <1>", "xyzzy", "example.org/meet", "xyzzy", "20")
    await hall.says(me, "xyzzy")
    await hall.presses(me, pick(Question.LANGUAGE, "de"), pick(Question.INTERPRETERS, "+uk"))
    await hall.presses(me, pick(Question.INTERPRETERS, "!uk"), pick(Question.INTERPRETERS, "-"))
    await hall.presses(me, pick(Question.AGENDA, "-"))
    await hall.says(me, "Dr. Muster", "xyzzy")
    await hall.presses(me, pick(Question.REPEAT, "weekly"))
    await hall.says(me, "xyzzy", "1.1.2020", "1000", "3")
    await hall.says(me, "xyzzy")
    await hall.presses(me, Keep(1), Keep(1), StopPlanning("x"))
    await hall.presses(me, PlanSession(there.exchange.id), StopPlanning("x"))
    await hall.presses(me, PlanSession(there.exchange.id))
    await hall.says(me, "/cancel")


@scene
async def of_sessions(hall: Hall) -> None:
    """Lists, windows, drafts announced, sessions moved, changed and cancelled."""
    there = await run_by(hall)
    me, one = there.coordinator, await hall.somebody()
    await hall.presses(one, ShowSessions(there.exchange.id, 0, 0))
    await hall.says(one, "/sessions")
    await member(hall.store, hall.clock, there.exchange, one)  # type: ignore[arg-type]
    await hall.presses(one, ShowSessions(there.exchange.id, 0, 0))
    several = [
        await session(
            hall.store, hall.clock, there.exchange,  # type: ignore[arg-type]
            starts_at=hall.clock() + timedelta(days=day), capacity=20 if day % 2 else None,
            announced_at=None if day == 9 else hall.clock(),
        )
        for day in range(3, 11)
    ]  # fmt: skip
    draft = next(one for one in several if not one.announced)
    first = several[0]
    await hall.says(one, "/sessions")
    await hall.presses(one, ShowMySessions(1), ShowSession(first.id), ShowSession(draft.id))
    await hall.presses(me, ShowSessions(there.exchange.id, 0, 0))
    await hall.presses(me, ShowSessions(there.exchange.id, 0, 1), ShowSession(draft.id))
    await hall.presses(me, ShowSessions(there.exchange.id, 1, 0))
    await hall.presses(me, Announce(draft.id, 0), ShowSession(first.id), ShowChanges(first.id))
    await _in_other_languages(hall, me, first.id)
    for what in CHANGES:
        await hall.presses(me, ChangeSession(first.id, what))
    await hall.says(me, "Neuer Titel")
    await hall.presses(me, Keep(1), ChangeSession(first.id, "title"), ChangeSession(first.id, "x"))
    await hall.says(me, "Neuer Titel")
    await hall.presses(me, Keep(1), ChangeSession(first.id, "when"))
    day = (hall.clock() + timedelta(days=40)).date()
    await hall.presses(me, pick(Question.DAY, day.isoformat()), pick(Question.TIME, "600"))
    await hall.presses(me, pick(Question.LASTS, "60"), Keep(1))
    await hall.presses(me, CancelSession(first.id, 0), CancelSession(first.id, 1))
    await hall.presses(me, CancelSession(first.id, 1), ChangeSession(first.id, "x"))


async def _in_other_languages(hall: Hall, me: Person, session: int) -> None:
    """Its title and its agenda are written in a language, left, and written badly."""
    words = await hall.store.sessions.by_id(session)
    assert words is not None
    title = shown(words.title, hall.language)
    async with hall.store.transaction():
        await hall.store.sessions.change(session, agenda={hall.language: title})
    await hall.presses(me, ShowSessionLanguages(session), TranslateSession(session, "xx"))
    await hall.presses(me, TranslateSession(session, "uk"))
    await hall.shows(me)
    await hall.says(me, "x" * 200, "...", title, title)
    await hall.presses(me, TranslateSession(session, "ar"), ShowSessionLanguages(session))


@scene
async def of_what_has_gone_meanwhile(hall: Hall) -> None:
    """A plan whose day is over before it is kept, and changes of what has begun."""
    there = await run_by(hall)
    me = there.coordinator
    past = Draft(
        exchange=there.exchange.id, zone="Europe/Berlin", title="T", day="2020-01-01", begins=600,
        lasts=60, form="online", repeat="weekly",
    )  # fmt: skip
    await hall.presses(me, PlanSession(there.exchange.id))
    for question in (Question.REPEAT, Question.UNTIL, Question.PREVIEW):
        before = await hall.store.conversations.of(me.id)
        now = before.over().aside(question.value, draft=past.packed())
        async with hall.store.transaction():
            await hall.store.conversations.keep(me.id, now, at=hall.clock())
        await hall.says(me, "xyzzy")
        await hall.presses(me, Keep(0))


@scene
async def of_series(hall: Hall) -> None:
    """Announced, changed and cancelled, to a member and in the exchange's group."""
    there, one = await run_by(hall), await hall.somebody()
    by, clock = there.coordinator, hall.clock
    await member(hall.store, clock, there.exchange, one)  # type: ignore[arg-type]
    async with hall.store.transaction():
        group = await hall.store.exchanges.add_group(-78, hall.language, at=clock())
        await hall.store.exchanges.change(there.exchange.id, group_id=group.id)
    starts = (clock() + timedelta(days=30)).replace(tzinfo=None, hour=10)
    plan = Plan(starts, timedelta(hours=2), "Europe/Berlin", Form.ONLINE, {hall.language: "T"})
    first, *_ = await sessions.plan(
        hall.store, clock, by=by, exchange=there.exchange.id, plan=plan, rule="FREQ=WEEKLY;COUNT=20"
    )
    await hall.presses(by, ShowSession(first.id), SendSeries(first.series or 0))
    await hall.presses(by, Announce(first.id, 1))
    await hall.presses(one, SendSeries(first.series or 0), SendCalendar(first.id))
    await hall.presses(by, ChangeSession(first.id, "guests"))
    await hall.says(by, "Dr. Muster")
    await hall.presses(by, Keep(2))
    await hall.presses(by, CancelSession(first.id, 0), CancelSession(first.id, 2))
    await hall.presses(one, SendSeries(first.series or 0), SendCalendar(first.id))


@scene
async def of_subscriptions(hall: Hall) -> None:
    """Without a public address, and with one."""
    me = await hall.somebody()
    await hall.presses(me, Subscribe(0))
    turns = next(
        one for one in hall.front.dispatcher.update.outer_middleware if isinstance(one, Turns)
    )
    before = turns._services
    turns._services = replace(before, public_url="https://example.org/")
    await hall.presses(me, Subscribe(0), Subscribe(0), Subscribe(1), EndSubscriptions())
    turns._services = before
