"""What who runs a session does with it: announce a draft, change it, cancel it."""

from aiogram import Router

from actions import running, sessions
from delivery.buttons import button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import (
    Announce,
    CancelSession,
    ChangeSession,
    ShowChanges,
    ShowSessionLanguages,
)
from delivery.session_cards import session_card
from delivery.zones import zone_of_reader
from domain.rules.sessions import flaw_in_changing
from domain.sessions import Session
from handlers import doors
from handlers.doors import Standing
from handlers.planning.changes import CHANGES, applies_to
from handlers.sessions import window
from handlers.turn import Pressed, Turn

router = Router(name="session-changes")


def _open_to(turn: Turn, standing: Standing, session: Session) -> bool:
    return standing.runs and flaw_in_changing(session, turn.clock()) is None


@doors.of_session(71)
async def announce_door(turn: Turn, standing: Standing, session: Session) -> tuple[Button, ...]:
    """A draft is announced from its window."""
    if session.announced or not _open_to(turn, standing, session):
        return ()
    return (button(turn.say, "button-announce", Announce(session.id, 0)),)


@doors.of_session(72)
async def announce_all_door(turn: Turn, standing: Standing, session: Session) -> tuple[Button, ...]:
    """The same with all that come after it."""
    if session.announced or not _open_to(turn, standing, session):
        return ()
    if not await sessions.goes_on(turn.store, turn.clock, session):
        return ()
    return (button(turn.say, "button-announce-onwards", Announce(session.id, 1)),)


@doors.of_session(73)
async def change_door(turn: Turn, standing: Standing, session: Session) -> tuple[Button, ...]:
    """Moving, changing and cancelling."""
    if not _open_to(turn, standing, session):
        return ()
    return (
        button(turn.say, "button-change-session", ShowChanges(session.id)),
        button(turn.say, "button-cancel-session", CancelSession(session.id, 0)),
    )


@router.callback_query(Pressed(Announce))
async def announce(_: object, turn: Turn, press: Announce) -> None:
    """Members are told."""
    told = await sessions.announce(
        turn.store, turn.clock, by=turn.who, session=press.session, onwards=press.onwards == 1
    )
    note = turn.say("plan-announced", len(told)) if told else None
    turn.show(await window(turn, press.session, note))


@router.callback_query(Pressed(ShowChanges))
async def show_changes(_: object, turn: Turn, press: ShowChanges) -> None:
    """What can be changed."""
    say = turn.say
    session, exchange = await sessions.seen(turn.store, by=turn.who, session=press.session)
    await running.require_runs(turn.store, turn.who, exchange.id)
    several = [
        button(say, f"button-alter-{what}", ChangeSession(session.id, what))
        for what in CHANGES
        if applies_to(what, session)
    ]
    rows = tuple(tuple(several[at : at + 2]) for at in range(0, len(several), 2))
    languages = (button(say, "button-session-languages", ShowSessionLanguages(session.id)),)
    back = (button(say, "button-back", ShowSession(session.id)),)
    card = session_card(
        say, session, exchange, await zone_of_reader(turn.store, turn.who, session.zone)
    )
    turn.show(Message(say("change-question", card=card), (*rows, languages, back)))


@router.callback_query(Pressed(CancelSession))
async def cancel(_: object, turn: Turn, press: CancelSession) -> None:
    """Asked once; then this session does not take place, or none from it on."""
    if press.sure not in (1, 2):
        turn.show(await _sure(turn, press.session))
        return
    cancelled = await sessions.cancel(
        turn.store, turn.clock, by=turn.who, session=press.session, onwards=press.sure == 2
    )
    told = any(one.announced for one in cancelled)
    key = "session-cancelled-told" if told else "session-cancelled-kept"
    note = turn.say(key, len(cancelled)) if cancelled else None
    turn.show(await window(turn, press.session, note))


async def _sure(turn: Turn, session: int) -> Message:
    say = turn.say
    there, exchange = await sessions.seen(turn.store, by=turn.who, session=session)
    await running.require_runs(turn.store, turn.who, exchange.id)
    zone = await zone_of_reader(turn.store, turn.who, there.zone)
    rows: list[tuple[Button, ...]] = [
        (button(say, "button-cancel-one", CancelSession(session, 1)),)
    ]
    if await sessions.goes_on(turn.store, turn.clock, there):
        rows.append((button(say, "button-cancel-onwards", CancelSession(session, 2)),))
    rows.append((button(say, "button-cancel-not", ShowSession(session)),))
    keyboard: Keyboard = tuple(rows)
    card = session_card(say, there, exchange, zone, whole=False)
    return Message(say("cancel-question", card=card), keyboard)
