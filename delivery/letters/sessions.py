"""Letters about sessions: to members, and into an exchange's Telegram group."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message, Nothing
from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import SendCalendar, SendSeries
from delivery.session_cards import date_line, dates, reply_row, session_card
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange, Group
from domain.notices import AboutSeries, AboutSession, SeriesCancelled, SessionCancelled
from domain.people import Person
from domain.sessions import Reply, Session
from locales.speech import Speech, speech
from storage.store import Store

PARAGRAPH = Markup("\n\n")
MOST_BUTTONS = 6
"""Sessions of a series with a button of their own."""


async def about_session(store: Store, person: Person, notice: AboutSession) -> Message | Nothing:
    """What to say about a session to a member, if it is still true."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange = found
    membership = await store.memberships.between(exchange.id, person.id)
    if membership is None or not membership.takes_part:
        return Nothing("no-member")
    zone = await zone_of_reader(store, person, session.zone)
    return _said(speech(person.language), notice, session, exchange, zone)


async def post_about_session(store: Store, group: Group, notice: AboutSession) -> Message | Nothing:
    """The same in the exchange's group, by the session's own clocks."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange = found
    if exchange.group != group.id:
        return Nothing("gone")
    say = speech(group.language)
    coming = (await store.rsvps.numbers(session.id)).get(Reply.YES, 0)
    said = say(notice.kind, card=session_card(say, session, exchange, session.zone))
    if coming and not session.cancelled:
        said = PARAGRAPH.join((said, say("ComingCounted", number=coming)))
    # A calendar file is sent in private; the group has only what is answered there.
    return Message(said, _replies(say, notice))


async def _still_true(store: Store, notice: AboutSession) -> tuple[Session, Exchange] | Nothing:
    session = await store.sessions.by_id(notice.session)
    exchange = await store.exchanges.by_id(session.exchange) if session else None
    if session is None or exchange is None:
        return Nothing("gone")
    if session.sequence != notice.sequence:
        return Nothing("no-longer-true")
    return session, exchange


def _said(
    say: Speech, notice: AboutSession, session: Session, exchange: Exchange, zone: str
) -> Message:
    card = session_card(say, session, exchange, zone)
    return Message(say(notice.kind, card=card), (*_replies(say, notice), _calendar(say, notice)))


def _replies(say: Speech, notice: AboutSession) -> Keyboard:
    return () if isinstance(notice, SessionCancelled) else (reply_row(say, notice.session),)


def _calendar(say: Speech, notice: AboutSession) -> tuple[Button, ...]:
    cancelled = isinstance(notice, SessionCancelled)
    key = "button-calendar-remove" if cancelled else "button-calendar-add"
    return (button(say, key, SendCalendar(notice.session)),)


async def about_series(store: Store, person: Person, notice: AboutSeries) -> Message | Nothing:
    """What to say to a member about the sessions of a series, if it is still true."""
    found = await _series(store, notice)
    if isinstance(found, Nothing):
        return found
    exchange, several = found
    membership = await store.memberships.between(exchange.id, person.id)
    if membership is None or not membership.takes_part:
        return Nothing("no-member")
    zone = await zone_of_reader(store, person, several[0].zone)
    return _said_of_series(speech(person.language), notice, exchange, several, zone)


async def post_about_series(store: Store, group: Group, notice: AboutSeries) -> Message | Nothing:
    """The same in the exchange's group, by the sessions' own clocks."""
    found = await _series(store, notice)
    if isinstance(found, Nothing):
        return found
    exchange, several = found
    if exchange.group != group.id:
        return Nothing("gone")
    say, first = speech(group.language), several[0]
    text = _text_of_series(say, notice, exchange, several, first.zone)
    cancelled = isinstance(notice, SeriesCancelled)
    # The card is the first session's, and so are the replies; what else there is, is in private.
    return Message(text, () if cancelled else (reply_row(say, first.id),))


async def _series(
    store: Store, notice: AboutSeries
) -> tuple[Exchange, tuple[Session, ...]] | Nothing:
    """The exchange, and those of the series' sessions that it is about, soonest first."""
    series = await store.sessions.series(notice.series)
    exchange = await store.exchanges.by_id(series.exchange) if series else None
    first = await store.sessions.by_id(notice.first)
    if series is None or exchange is None or first is None:
        return Nothing("gone")
    cancelled = isinstance(notice, SeriesCancelled)
    several = tuple(
        one
        for one in await store.sessions.of_series(series.id)
        if one.starts_at >= first.starts_at and one.announced and one.cancelled == cancelled
    )
    if series.sequence != notice.sequence or not several:
        return Nothing("no-longer-true")
    return exchange, several


def _said_of_series(
    say: Speech, notice: AboutSeries, exchange: Exchange, several: tuple[Session, ...], zone: str
) -> Message:
    text = _text_of_series(say, notice, exchange, several, zone)
    if isinstance(notice, SeriesCancelled):
        rows: Keyboard = ()
    else:
        rows = tuple(
            (button(say, "button-session", ShowSession(one.id), date=date_line(say, one, zone)),)
            for one in several[:MOST_BUTTONS]
        )
    key = "button-series-remove" if isinstance(notice, SeriesCancelled) else "button-series-add"
    return Message(text, (*rows, (button(say, key, SendSeries(notice.series)),)))


def _text_of_series(
    say: Speech, notice: AboutSeries, exchange: Exchange, several: tuple[Session, ...], zone: str
) -> Markup:
    card = session_card(say, several[0], exchange, zone)
    listed = NEWLINE.join(dates(say, several, zone))
    return say(notice.kind, len(several), card=card, dates=listed)
