"""Planning, moving, changing and cancelling sessions, and looking at them."""

from dataclasses import replace
from datetime import timedelta

from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import (
    Announce,
    Answer,
    CancelSession,
    ChangeSession,
    GoBack,
    Keep,
    NoDay,
    PlanSession,
    ShowChanges,
    ShowMySessions,
    ShowSessions,
    StopPlanning,
    TurnTo,
)
from domain.planning import Question
from domain.roles import Role
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
    await hall.says(me, "...", "x" * 200, "/nonsense", "Wasserverluste senken")
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
