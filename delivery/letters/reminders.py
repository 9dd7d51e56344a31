"""Letters that remind members of a session, and in how long it begins."""

from datetime import datetime

from markupsafe import Markup

from delivery.message import Message, Nothing
from delivery.session_cards import reply_row, session_card
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange, Membership
from domain.notices import SessionReminder
from domain.people import Person
from domain.rules.reminders import Span, Unit, Unsaid, is_overtaken, time_left
from domain.sessions import Reply, Session
from locales.speech import Speech, speech
from storage.store import Store

_REPLIED = {Reply.YES: "yes", Reply.WAITING: "waiting", Reply.MAYBE: "maybe"}


async def session_reminder(
    store: Store, person: Person, notice: SessionReminder, now: datetime
) -> Message | Nothing:
    """That a session begins soon, if the member still is to be told so now."""
    session = await store.sessions.by_id(notice.session)
    exchange = await store.exchanges.by_id(session.exchange) if session else None
    if session is None or exchange is None:
        return Nothing("gone")
    reason = _no_longer(session, notice, now)
    if reason is not None:
        return Nothing(reason)
    membership = await store.memberships.between(exchange.id, person.id)
    if membership is None or not membership.takes_part:
        return Nothing("no-member")
    reason = await _unwanted(store, exchange, membership, notice, now)
    if reason is not None:
        return Nothing(reason)
    return await _said(store, person, session, exchange, membership, now)


def _no_longer(session: Session, notice: SessionReminder, now: datetime) -> str | None:
    if session.cancelled or int(session.starts_at.timestamp()) != notice.starts_at:
        return "no-longer-true"
    return Unsaid.TOO_LATE.value if now >= session.starts_at else None


async def _unwanted(
    store: Store,
    exchange: Exchange,
    membership: Membership,
    notice: SessionReminder,
    now: datetime,
) -> str | None:
    own = exchange.reminders if membership.reminders is None else membership.reminders
    if notice.minutes not in own:
        return "unwanted"
    rows = await store.reminders.all_of(notice.session)
    return Unsaid.OVERTAKEN.value if is_overtaken(notice.minutes, own, rows, now) else None


async def _said(
    store: Store,
    person: Person,
    session: Session,
    exchange: Exchange,
    membership: Membership,
    now: datetime,
) -> Message | Nothing:
    rsvp = await store.rsvps.between(session.id, membership.id)
    if rsvp is not None and rsvp.reply is Reply.NO:
        return Nothing("replied-no")
    say, zone = speech(person.language), await zone_of_reader(store, person, session.zone)
    replied = _REPLIED[rsvp.reply] if rsvp else "nothing"
    html = say(
        SessionReminder.__name__,
        begins=begins(say, time_left(session.starts_at, now, zone)),
        card=session_card(say, session, exchange, zone, whole=False),
        replied=say(f"reminder-replied-{replied}"),
    )
    return Message(html, (reply_row(say, session.id),))


def begins(say: Speech, left: Span) -> Markup:
    """In how long it begins."""
    if left == Span(1, Unit.DAYS):
        return say("session-begins-tomorrow")
    return say(f"session-begins-{left.unit.value}", left.number)
