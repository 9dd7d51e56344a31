"""Calendars: a session as a file, and the private address to which one subscribes."""

from collections.abc import Sequence

from aiogram import Router

from actions import calendars, sessions
from delivery.buttons import button
from delivery.calendar import Entry, Method, file, method_for
from delivery.message import Message
from delivery.presses_of_sessions import EndSubscriptions, SendCalendar, SendSeries, Subscribe
from domain.errors import NotYours
from domain.exchanges import Exchange
from domain.sessions import Session
from handlers.turn import Pressed, Turn

router = Router(name="calendars")

PATH = "/calendar"
"""Beneath the public address."""


@router.callback_query(Pressed(SendCalendar))
async def send_session(_: object, turn: Turn, press: SendCalendar) -> None:
    """A session; a cancelled one to be taken out of the calendar."""
    session, exchange = await sessions.seen(turn.store, by=turn.who, session=press.session)
    _send(turn, [session], exchange)


@router.callback_query(Pressed(SendSeries))
async def send_series(_: object, turn: Turn, press: SendSeries) -> None:
    """All sessions of a series of which members know."""
    several = await turn.store.sessions.of_series(press.series)
    known = [one for one in several if one.announced]
    if not known:
        raise NotYours
    _, exchange = await sessions.seen(turn.store, by=turn.who, session=known[0].id)
    taking_place = [one for one in known if not one.cancelled]
    _send(turn, taking_place or known, exchange)


def _send(turn: Turn, several: Sequence[Session], exchange: Exchange) -> None:
    say, reader = turn.say, turn.who
    # RFC 5546 has one event a message where somebody is invited.
    method = method_for(several, reader, invited=len(several) == 1)
    entries = [Entry(one, exchange) for one in several]
    made = file(say, entries, method, reader, turn.clock())
    cancelled = method is Method.CANCEL
    key = "calendar-file-cancelled" if cancelled else "calendar-file"
    turn.send(Message(say(key), attachment=made))


@router.callback_query(Pressed(Subscribe))
async def subscribe(_: object, turn: Turn, press: Subscribe) -> None:
    """An address of one's own; where there is one already, it is asked whether it shall end."""
    say, address = turn.say, turn.services.public_url
    if address is None:
        turn.send(say("calendar-no-feed"))
        return
    anew = button(say, "button-subscribe-anew", Subscribe(1))
    end_it = button(say, "button-subscription-end", EndSubscriptions())
    if press.renew != 1 and await turn.store.calendars.has(turn.who.id):
        turn.send(Message(say("calendar-feed-there"), ((anew,), (end_it,))))
        return
    token = await calendars.subscribe(turn.store, turn.clock, by=turn.who)
    whole = f"{address.rstrip('/')}{PATH}/{token}.ics"
    turn.send(Message(say("calendar-feed", address=whole), ((anew,), (end_it,))))


@router.callback_query(Pressed(EndSubscriptions))
async def end(_: object, turn: Turn) -> None:
    """No address works any more."""
    await calendars.end(turn.store, turn.clock, by=turn.who)
    turn.send(turn.say("calendar-feed-ended"))
