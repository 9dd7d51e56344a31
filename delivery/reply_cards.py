"""What a member has replied to a session, in words, with the buttons to change it."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ReplyTo, ShowSession
from delivery.presses_of_replies import LetSee
from delivery.session_cards import session_card
from domain.exchanges import Exchange, Membership
from domain.rules.replies import COMES
from domain.sessions import Reply, Rsvp, Session
from locales.speech import Speech

PARAGRAPH = Markup("\n\n")


def reply_line(say: Speech, reply: Reply, place: int | None) -> Markup:
    """What a reply means now; `place` in the line of who waits, counted from 1."""
    if reply is Reply.WAITING:
        return say("replied-waiting", place=place or 1)
    return say(f"replied-{reply.value}")


def toast_of(say: Speech, reply: Reply, place: int | None) -> str:
    """The same in a few words, above the chat."""
    if reply is Reply.WAITING:
        return say.plain("toast-replied-waiting", place=place or 1)
    return say.plain(f"toast-replied-{reply.value}")


def replied_card(
    say: Speech,
    session: Session,
    exchange: Exchange,
    zone: str,
    *,
    rsvp: Rsvp,
    place: int | None,
    asking: Membership | None = None,
    above: Markup | None = None,
) -> Message:
    """The session, and what was replied. To a member who is `asking` nobody yet, the question who
    may see that they come."""
    parts = [above] if above else []
    parts += [session_card(say, session, exchange, zone), reply_line(say, rsvp.reply, place)]
    rows = [_to_change(say, session, rsvp.reply)]
    if asking is not None and rsvp.reply in COMES and not asking.showing_said:
        parts.append(say("showing-question"))
        rows += [
            (button(say, "button-showing-yes", LetSee(exchange.id, 1, session.id)),),
            (button(say, "button-showing-no", LetSee(exchange.id, 0, session.id)),),
        ]
    rows.append((button(say, "button-replies-session", ShowSession(session.id)),))
    return Message(PARAGRAPH.join(parts), tuple(rows))


def _to_change(say: Speech, session: Session, now: Reply) -> tuple[Button, ...]:
    said = Reply.YES if now in COMES else now
    others = [one for one in (Reply.YES, Reply.MAYBE, Reply.NO) if one is not said]
    return tuple(
        button(say, f"button-reply-{one.value}", ReplyTo(session.id, one.value)) for one in others
    )
