"""Letters about replies to sessions: to a member, to who runs the exchange, and in its group."""

from markupsafe import Markup

from delivery.letters.sessions import post_about_session
from delivery.member_names import member_alone, member_name
from delivery.message import Correction, Message, Nothing
from delivery.reply_cards import replied_card
from delivery.session_cards import session_card
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange, Group, Membership
from domain.notices import (
    AboutReply,
    AboutSession,
    ComingCounted,
    MovedUp,
    MovedUpToForward,
    SessionAnnounced,
    SessionChanged,
)
from domain.people import Person
from domain.rules.exchanges import may_run
from domain.rules.replies import counted, place_in_line
from domain.sessions import Reply, Rsvp, Session
from domain.texts import shown
from locales import moments
from locales.speech import Speech, speech, without_tags
from storage.store import Store

PARAGRAPH = Markup("\n\n")


async def about_reply(store: Store, person: Person, notice: AboutReply) -> Message | Nothing:
    """What to say to a member about their reply, if it still stands so."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange, member, rsvp = found
    if member.person != person.id:
        return Nothing("gone")
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


async def moved_up_to_forward(
    store: Store, person: Person, notice: MovedUpToForward
) -> Message | Nothing:
    """That a member without Telegram has a seat now, and the text to be passed on by e-mail."""
    found = await _still_true(store, notice)
    if isinstance(found, Nothing):
        return found
    session, exchange, member, _ = found
    coordinators = [one.id for one in await store.exchanges.coordinators(exchange.id)]
    if not may_run(person.id, coordinators, await store.roles.of(person.id)):
        return Nothing("not-theirs")
    say = speech(person.language)
    zone = await zone_of_reader(store, person, session.zone)
    words = say(
        notice.kind,
        name=await member_name(store, say, member),
        email=member.email or say.plain("not-stated"),
        title=shown(session.title, say.language),
        moment=moments.moment(say, session.starts_at, zone),
    )
    name = await member_alone(store, say, member)
    return Message(
        Markup("{}\n\n<pre>{}</pre>").format(words, _plain(say, session, exchange, name))
    )


def _plain(say: Speech, session: Session, exchange: Exchange, name: str) -> str:
    """What the member would have been told, by the session's own clocks: theirs are not known."""
    greeting = say("round-forward-greeting", name=name)
    card = session_card(say, session, exchange, session.zone, whole=False)
    lines = PARAGRAPH.join((greeting, say(MovedUp.__name__), card))
    return "\n".join(without_tags(one) for one in lines.split("\n"))


async def _still_true(
    store: Store, notice: AboutReply
) -> tuple[Session, Exchange, Membership, Rsvp] | Nothing:
    """What a notice is about, if the reply still stands so; of who moved up, if they still have
    the seat."""
    session = await store.sessions.by_id(notice.session)
    member = await store.memberships.by_id(notice.membership)
    exchange = await store.exchanges.by_id(session.exchange) if session else None
    if session is None or exchange is None or member is None:
        return Nothing("gone")
    rsvp = await store.rsvps.between(session.id, member.id)
    if session.cancelled or not member.takes_part or rsvp is None:
        return Nothing("no-longer-true")
    seated = isinstance(notice, MovedUp | MovedUpToForward)
    if counted(rsvp.since) != notice.since or (seated and rsvp.reply is not Reply.YES):
        return Nothing("no-longer-true")
    return session, exchange, member, rsvp


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
