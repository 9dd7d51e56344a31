"""Letters to a member about their own reply to a session."""

from delivery.message import Message, Nothing
from delivery.reply_cards import replied_card
from delivery.zones import zone_of_reader
from domain.notices import AboutReply, MovedUp
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
        await zone_of_reader(store, person),
        rsvp=rsvp,
        place=place_in_line(await store.rsvps.waiting(session.id), member.id),
        asking=member,
        above=say(notice.kind),
    )
