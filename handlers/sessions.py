"""Sessions: lists of those to come and of those that are over, and the window of one."""

from collections.abc import Callable, Sequence

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import rsvps, running, sessions
from delivery.buttons import Press, button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange, ShowSession
from delivery.presses_of_sessions import (
    SendCalendar,
    ShowMySessions,
    ShowSessions,
    Subscribe,
)
from delivery.reply_cards import reply_line
from delivery.session_cards import date_line, session_card
from delivery.zones import zone_of_reader
from domain.errors import NotYours
from domain.exchanges import Exchange, Membership
from domain.rules.holding import WHERE_UNKNOWN
from domain.sessions import Reply, Session
from domain.texts import shown
from handlers import doors
from handlers.doors import Standing
from handlers.turn import Pressed, Turn
from locales import moments, names

router = Router(name="sessions")

PER_PAGE = 6


@doors.of_exchange(32)
async def sessions_door(turn: Turn, standing: Standing) -> tuple[Button, ...]:
    """From the window of an exchange, for its members and who runs it."""
    if not (standing.member or standing.runs):
        return ()
    return (button(turn.say, "button-sessions", ShowSessions(standing.exchange.id, 0, 0)),)


@router.message(Command("sessions"))
async def show_mine_by_command(_: object, turn: Turn) -> None:
    """My sessions to come, in all exchanges in which I am a member or which I coordinate."""
    turn.conversation = turn.conversation.over()
    turn.send(await _mine(turn, 0))


@router.callback_query(Pressed(ShowMySessions))
async def show_mine(_: object, turn: Turn, press: ShowMySessions) -> None:
    """A page of them, in place."""
    turn.show(await _mine(turn, press.page))


@router.callback_query(Pressed(ShowSessions))
async def show_of_exchange(_: object, turn: Turn, press: ShowSessions) -> None:
    """A page of an exchange's sessions."""
    exchange, runs = await _entered(turn, press.exchange)
    if press.past:
        several = await turn.store.sessions.past(exchange.id, before=turn.clock())
    else:
        several = await turn.store.sessions.coming(exchange.id, since=turn.clock(), drafts=runs)
    turn.show(await _of_exchange(turn, exchange, press, several))


@router.callback_query(Pressed(ShowSession))
async def show(_: object, turn: Turn, press: ShowSession) -> None:
    """The window of a session, in place."""
    turn.show(await window(turn, press.session))


async def window(turn: Turn, session: int, note: Markup | None = None) -> Message:
    """A session: what, when, where, how many come, and what can be done. Refuses whoever is neither
    a member nor runs it: its link lets people in."""
    say = turn.say
    there, exchange = await sessions.seen(turn.store, by=turn.who, session=session)
    membership = await turn.store.memberships.between(exchange.id, turn.who.id)
    runs = await running.runs(turn.store, turn.who, exchange.id)
    zone = await zone_of_reader(turn.store, turn.who, there.zone)
    lines = [*([note, Markup()] if note else []), *_state(turn, there)]
    lines += [session_card(say, there, exchange, zone), Markup(), await _numbers(turn, there)]
    lines += await _own_reply(turn, membership, there)
    standing = Standing(exchange, membership, runs)
    rows = await doors.rows_of_session(turn, standing, there)
    back = button(say, "button-sessions", ShowSessions(exchange.id, 0, 0))
    return Message(NEWLINE.join(lines), (*rows, *_calendar(turn, there), (back,)))


def _calendar(turn: Turn, session: Session) -> Keyboard:
    if not session.announced:
        return ()
    key = "button-calendar-remove" if session.cancelled else "button-calendar-add"
    return ((button(turn.say, key, SendCalendar(session.id)),),)


def _state(turn: Turn, session: Session) -> list[Markup]:
    if session.cancelled:
        return [turn.say("session-is-cancelled"), Markup()]
    return [] if session.announced else [turn.say("session-is-draft"), Markup()]


async def _numbers(turn: Turn, session: Session) -> Markup:
    """How many come, out of how many seats."""
    said = await turn.store.rsvps.numbers(session.id)
    values = {one.value: said.get(one, 0) for one in Reply}
    key = "session-numbers" if session.capacity is None else "session-numbers-seats"
    return turn.say(key, seats=session.capacity or 0, **values)


async def _own_reply(turn: Turn, membership: Membership | None, session: Session) -> list[Markup]:
    """What the person has replied themself."""
    said = await turn.store.rsvps.between(session.id, membership.id) if membership else None
    if said is None:
        return []
    return [reply_line(turn.say, said.reply, await rsvps.place(turn.store, said))]


async def _entered(turn: Turn, exchange: int) -> tuple[Exchange, bool]:
    """An exchange whose sessions the person may see, and whether they run it."""
    found = await turn.store.exchanges.by_id(exchange)
    membership = await turn.store.memberships.between(exchange, turn.who.id)
    runs = await running.runs(turn.store, turn.who, exchange)
    if found is None or not (runs or (membership and membership.takes_part)):
        raise NotYours
    return found, runs


async def _of_exchange(
    turn: Turn, exchange: Exchange, press: ShowSessions, several: Sequence[Session]
) -> Message:
    say, past = turn.say, bool(press.past)
    key = "sessions-past" if past else "sessions-coming"
    title = say(key, exchange=shown(exchange.title, say.language))
    other = "button-sessions-coming" if past else "button-sessions-past"
    rows = (
        (button(say, other, ShowSessions(exchange.id, 0 if past else 1, 0)),),
        (button(say, "button-to-exchange", ShowExchange(exchange.id)),),
    )

    def to_page(page: int) -> Press:
        return ShowSessions(exchange.id, int(past), page)

    return await _listed(turn, title, several, press.page, to_page, rows)


async def _mine(turn: Turn, page: int) -> Message:
    say = turn.say
    several = await running.coming_to(turn.store, turn.clock, turn.who)
    rows = ((button(say, "button-subscribe", Subscribe(0)),),)
    return await _listed(turn, say("sessions-mine"), several, page, ShowMySessions, rows)


async def _listed(
    turn: Turn,
    title: Markup,
    several: Sequence[Session],
    page: int,
    to_page: Callable[[int], Press],
    rows: Keyboard,
) -> Message:
    """A page of sessions, a line and a button each."""
    say, zone = (
        turn.say,
        await zone_of_reader(turn.store, turn.who, several[0].zone if several else WHERE_UNKNOWN),
    )
    page = min(max(page, 0), max(0, len(several) - 1) // PER_PAGE)
    here = several[page * PER_PAGE : (page + 1) * PER_PAGE]
    exchanges = await turn.store.exchanges.several({one.exchange for one in here})
    lines = [title, Markup(), *(_line(turn, one, exchanges[one.exchange], zone) for one in here)]
    if here:
        lines += [Markup(), say("sessions-zone", zone=moments.zone_name(say, zone))]
    else:
        lines.append(say("sessions-none"))
    opening = tuple((_open(turn, one, zone),) for one in here)
    turning = _turning(turn, page, len(several), to_page)
    return Message(NEWLINE.join(lines), (*opening, *turning, *rows))


def _line(turn: Turn, session: Session, exchange: Exchange, zone: str) -> Markup:
    say = turn.say
    line = say(
        "session-line",
        date=date_line(say, session, zone),
        title=shown(session.title, say.language),
        exchange=shown(exchange.title, say.language),
    )
    return line if session.announced else Markup(" ").join([line, say("session-line-draft")])


def _open(turn: Turn, session: Session, zone: str) -> Button:
    return button(
        turn.say,
        "button-session-named",
        ShowSession(session.id),
        date=date_line(turn.say, session, zone),
        title=names.cut(shown(session.title, turn.language)),
    )


def _turning(turn: Turn, page: int, number: int, to_page: Callable[[int], Press]) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(turn.say, "button-page-before", to_page(page - 1)))
    if (page + 1) * PER_PAGE < number:
        row.append(button(turn.say, "button-page-after", to_page(page + 1)))
    return (tuple(row),) if row else ()
