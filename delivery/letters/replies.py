"""Letters to a member about their own reply to a session."""

from delivery.letters.sessions import post_about_session
from delivery.message import Correction, Message, Nothing
from delivery.reply_cards import replied_card
from delivery.zones import zone_of_reader
from domain.exchanges import Group
from domain.notices import (
    AboutReply,
    AboutSession,
    ComingCounted,
    MovedUp,
    SessionAnnounced,
    SessionChanged,
)
from domain.people import Person
from domain.rules.replies import counted, place_in_line
from domain.sessions import Reply
from locales.speech import speech
from storage.store import Store


async def about_reply(store: Store, person: Person, notice: AboutReply) -> Message | Nothing:
    """What to say about a reply, if it still stands so."""
    session = await store.sessions.by_id(notice.session)
    member = await store.memberships.by_id(notice.membership)
    exchange = await store.exchanges.by_id(session.exchange) if session else None
    if session is None or exchange is None or member is None or member.person != person.id:
        return Nothing("gone")
    rsvp = await store.rsvps.between(session.id, member.id)
    if session.cancelled or not member.takes_part or rsvp is None:
        return Nothing("no-longer-true")
    has_a_seat = rsvp.reply is Reply.YES
    if counted(rsvp.since) != notice.since or (isinstance(notice, MovedUp) and not has_a_seat):
        return Nothing("no-longer-true")
    say = speech(person.language)
    return replied_card(
        say,
        session,
        exchange,
        await zone_of_reader(store, person, session.zone),
        rsvp=rsvp,
        place=place_in_line(await store.rsvps.waiting(session.id), member.id),
        asking=member,
        above=say(notice.kind),
    )


async def not_to_people(store: Store, person: Person, notice: ComingCounted) -> Nothing:
    """How many come is told in groups; a member asks for it."""
    return Nothing("groups-only")


async def coming_counted(store: Store, group: Group, notice: ComingCounted) -> Correction | Nothing:
    """The newest post about a session, with how many come now."""
    about = f"session:{notice.session}:"
    post = await store.outbox.last_post(group.id, (SessionAnnounced, SessionChanged), about)
    if post is None or not isinstance(post[0], AboutSession):
        return Nothing("not-posted")
    said = await post_about_session(store, group, post[0])
    return said if isinstance(said, Nothing) else Correction(group.chat_id, post[1], said)
