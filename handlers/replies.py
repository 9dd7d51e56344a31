"""Replying to a session, and who of the other members sees it."""

from aiogram import Router

from actions import rsvps
from delivery.buttons import button
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ReplyTo, ShowExchange
from delivery.presses_of_replies import AskSeeing, LetSee
from delivery.reply_cards import PARAGRAPH, replied_card, toast_of
from delivery.session_cards import reply_row
from delivery.zones import zone_of_reader
from domain.errors import NotYours
from domain.exchanges import Membership
from domain.rules.replies import why_closed
from domain.sessions import Reply, Rsvp, Session
from domain.texts import shown
from handlers import doors
from handlers.profile import wizard
from handlers.turn import Pressed, Turn

router = Router(name="replies")


@router.callback_query(Pressed(ReplyTo))
async def reply(_: object, turn: Turn, press: ReplyTo) -> None:
    """What somebody says, from whichever message asks."""
    if press.reply not in (Reply.YES, Reply.MAYBE, Reply.NO):
        await wizard.refuse_stale(turn)
        return
    said = await rsvps.reply(
        turn.store, turn.clock, by=turn.who, session=press.session, reply=Reply(press.reply)
    )
    turn.toast(toast_of(turn.say, said.reply, await rsvps.place(turn.store, said)))
    turn.show(await _card(turn, said))


async def _card(turn: Turn, said: Rsvp, note: str | None = None) -> Message:
    session = await turn.store.sessions.by_id(said.session)
    exchange = await turn.store.exchanges.by_id(session.exchange) if session else None
    if session is None or exchange is None:
        raise NotYours
    return replied_card(
        turn.say,
        session,
        exchange,
        await zone_of_reader(turn.store, turn.who, session.zone),
        rsvp=said,
        place=await rsvps.place(turn.store, said),
        asking=await turn.store.memberships.by_id(said.membership),
        above=turn.say(note, None, exchange=shown(exchange.title, turn.language)) if note else None,
    )


@router.callback_query(Pressed(AskSeeing))
async def ask_seeing(_: object, turn: Turn, press: AskSeeing) -> None:
    """Who sees that they come, as it stands."""
    member = await turn.store.memberships.between(press.exchange, turn.who.id)
    if member is None or not member.takes_part:
        raise NotYours
    turn.show(await _seeing(turn, member))


@router.callback_query(Pressed(LetSee))
async def let_see(_: object, turn: Turn, press: LetSee) -> None:
    """Let the others see it, or not; asked beneath a reply, that goes on standing there."""
    member = await rsvps.show_coming(
        turn.store, turn.clock, by=turn.who, exchange=press.exchange, shows=press.shows == 1
    )
    said = await turn.store.rsvps.between(press.session, member.id)
    if said is None:
        turn.show(await _seeing(turn, member))
    else:
        turn.show(await _card(turn, said, _stands(member)))


def _stands(member: Membership) -> str:
    return "showing-stands-yes" if member.shows_coming else "showing-stands-no"


async def _seeing(turn: Turn, member: Membership) -> Message:
    say = turn.say
    exchange = await turn.store.exchanges.by_id(member.exchange)
    if exchange is None:
        raise NotYours
    stands = say(_stands(member), exchange=shown(exchange.title, turn.language))
    other = 0 if member.shows_coming else 1
    key = "button-showing-yes" if other else "button-showing-no"
    return Message(
        PARAGRAPH.join((stands, say("showing-changeable"))),
        (
            (button(say, key, LetSee(exchange.id, other, 0)),),
            (button(say, "button-replies-exchange", ShowExchange(exchange.id)),),
        ),
    )


@doors.of_exchange(46)
async def who_sees_me(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """To members."""
    if not standing.member:
        return ()
    return (button(turn.say, "button-who-sees-me", AskSeeing(standing.exchange.id)),)


@doors.of_session(40)
async def reply_here(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """To members, as long as they can reply."""
    closed = not session.announced or why_closed(session, turn.clock())
    return () if closed or not standing.member else reply_row(turn.say, session.id)
