"""Letters about sessions: to members, and into an exchange's Telegram group."""

from delivery.message import Message, Nothing
from delivery.session_cards import reply_row, session_card
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange, Group
from domain.notices import AboutSession, SessionCancelled
from domain.people import Person
from domain.sessions import Session
from locales.speech import Speech, speech
from storage.store import Store


async def about_session(store: Store, person: Person, notice: AboutSession) -> Message | Nothing:
    """What to say about a session to a member, if it is still true."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange = found
    membership = await store.memberships.between(exchange.id, person.id)
    if membership is None or not membership.takes_part:
        return Nothing("no-member")
    zone = await zone_of_reader(store, person)
    return _said(speech(person.language), notice, session, exchange, zone)


async def post_about_session(store: Store, group: Group, notice: AboutSession) -> Message | Nothing:
    """The same in the exchange's group, by the session's own clocks."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange = found
    if exchange.group != group.id:
        return Nothing("gone")
    return _said(speech(group.language), notice, session, exchange, session.zone)


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
    rows = () if isinstance(notice, SessionCancelled) else (reply_row(say, session.id),)
    return Message(say(notice.kind, card=card), rows)
