"""Follow-ups: who does what by when; seen, promised, done, put off."""

from collections.abc import Iterable

from aiogram import Router
from markupsafe import Markup

from actions import follow_ups
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.afterwards import answer_rows, settle_rows, title_of
from delivery.member_names import member_name
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_afterwards import (
    AgreeTo,
    DeclineFollowUp,
    DoneWith,
    PickMember,
    RemoveFollowUp,
    ShowFollowUp,
    ShowFollowUps,
    ShowPromised,
)
from delivery.presses_of_exchanges import ShowExchange, ShowSession
from domain.follow_ups import FollowUp
from domain.rules.afterwards import took_place
from domain.sessions import Session
from handlers import doors
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="follow-ups")

MOST_LISTED = 12
GLIMPSE = 120
"""So many characters of one stand in a list."""


@doors.of_session(83)
async def door(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """For members and who runs it, once it has begun."""
    if not (standing.runs or standing.member) or not took_place(session, turn.clock()):
        return ()
    return (button(turn.say, "button-follow-ups", ShowFollowUps(session.id)),)


@doors.of_exchange(73)
async def door_to_promised(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """For members."""
    if not standing.member:
        return ()
    return (button(turn.say, "button-promised", ShowPromised(standing.exchange.id)),)


@router.callback_query(Pressed(ShowFollowUps))
async def show_of_session(_: object, turn: Turn, press: ShowFollowUps) -> None:
    """Those of a session."""
    turn.show(await window(turn, press.session))


@router.callback_query(Pressed(ShowPromised))
async def show_promised(_: object, turn: Turn, press: ShowPromised) -> None:
    """What the person was asked to do in an exchange."""
    there = await follow_ups.mine(turn.store, by=turn.who, exchange=press.exchange)
    say = turn.say
    lines = [say("promised-title")]
    if not there:
        lines.append(say("promised-none"))
    lines += await _lines(turn, there)
    back = (button(say, "button-afterwards-exchange", ShowExchange(press.exchange)),)
    turn.show(Message(NEWLINE.join(lines), (*_see_rows(turn, there), back)))


@router.callback_query(Pressed(ShowFollowUp))
async def show_one(_: object, turn: Turn, press: ShowFollowUp) -> None:
    """One of them, with what can be done."""
    found = await follow_ups.one(turn.store, by=turn.who, follow_up=press.follow_up)
    turn.show(await card(turn, found))


@router.callback_query(Pressed(AgreeTo))
async def agree(_: object, turn: Turn, press: AgreeTo) -> None:
    """Promise it."""
    found = await follow_ups.agree(turn.store, turn.clock, by=turn.who, follow_up=press.follow_up)
    turn.show(await card(turn, found, turn.say("follow-up-agreed")))


@router.callback_query(Pressed(DeclineFollowUp))
async def decline(_: object, turn: Turn, press: DeclineFollowUp) -> None:
    """Rather not."""
    found = await follow_ups.decline(turn.store, turn.clock, by=turn.who, follow_up=press.follow_up)
    turn.show(await card(turn, found, turn.say("follow-up-declined")))


@router.callback_query(Pressed(DoneWith))
async def done(_: object, turn: Turn, press: DoneWith) -> None:
    """It is done."""
    found = await follow_ups.done(turn.store, turn.clock, by=turn.who, follow_up=press.follow_up)
    turn.show(await card(turn, found, turn.say("follow-up-done")))


@router.callback_query(Pressed(RemoveFollowUp))
async def remove(_: object, turn: Turn, press: RemoveFollowUp) -> None:
    """After a second look."""
    say = turn.say
    if press.sure != 1:
        found = await follow_ups.one(turn.store, by=turn.who, follow_up=press.follow_up)
        text = say("follow-up-remove-question", words=found.words)
        sure = button(say, "button-follow-up-remove-sure", RemoveFollowUp(found.id, 1))
        turn.show(Message(text, ((sure,), (button(say, "button-back", ShowFollowUp(found.id)),))))
        return
    session = await follow_ups.remove(turn.store, by=turn.who, follow_up=press.follow_up)
    if session is None:
        turn.show(say("follow-up-gone"))
    else:
        turn.show(await window(turn, session, say("follow-up-removed")))


async def window(turn: Turn, session: int, note: Markup | None = None) -> Message:
    """Who does what by when after a session."""
    there = await follow_ups.of_session(turn.store, by=turn.who, session=session)
    found = await turn.store.sessions.by_id(session)
    say, title = turn.say, title_of(turn.say, found) if found else ""
    lines = [*([note, Markup()] if note else []), say("follow-ups-title", title=title)]
    if not there:
        lines.append(say("follow-ups-none"))
    # What is open first: the list may be cut.
    listed = sorted(there, key=lambda one: not one.open)
    lines += await _lines(turn, listed)
    add = (button(say, "button-follow-up-add", PickMember(session, 0)),)
    back = (button(say, "button-afterwards-session", ShowSession(session)),)
    return Message(NEWLINE.join(lines), (*_see_rows(turn, listed), add, back))


async def card(turn: Turn, one: FollowUp, note: Markup | None = None) -> Message:
    """One follow-up, and what the person may do about it."""
    say = turn.say
    who = await turn.store.memberships.by_id(one.membership)
    name = await member_name(turn.store, say, who)
    lines = [
        *([note, Markup()] if note else []),
        say("follow-up-card", name=name, words=one.words, day=say.date(one.due_on)),
        say(_state(one)),
    ]
    own = who is not None and who.person == turn.who.id
    return Message(NEWLINE.join(lines), await _to_do(turn, one, own=own))


async def _to_do(turn: Turn, one: FollowUp, *, own: bool) -> Keyboard:
    say = turn.say
    rows: list[tuple[Button, ...]] = []
    if one.waits and own:
        rows += answer_rows(say, one)
    elif one.promised and await follow_ups.may_settle(turn.store, turn.who, one):
        rows += settle_rows(say, one, own=own)
    if await follow_ups.may_remove(turn.store, turn.who, one):
        rows.append((button(say, "button-follow-up-remove", RemoveFollowUp(one.id, 0)),))
    rows.append((button(say, "button-follow-ups", ShowFollowUps(one.session)),))
    return tuple(rows)


def _state(one: FollowUp) -> str:
    if one.done_at is not None:
        return "follow-up-is-done"
    if one.declined_at is not None:
        return "follow-up-is-declined"
    return "follow-up-is-promised" if one.agreed_at is not None else "follow-up-waits"


async def _lines(turn: Turn, several: Iterable[FollowUp]) -> list[Markup]:
    say, lines = turn.say, []
    for number, one in enumerate(tuple(several)[:MOST_LISTED], 1):
        who = await turn.store.memberships.by_id(one.membership)
        words = one.words if len(one.words) <= GLIMPSE else f"{one.words[:GLIMPSE]}…"
        name = names.cut(await member_name(turn.store, say, who), 60)
        line = say(
            "follow-ups-line", number=number, name=name, words=words, day=say.date(one.due_on)
        )
        lines += [Markup(), line, say(_state(one))]
    return lines


def _see_rows(turn: Turn, several: Iterable[FollowUp]) -> Keyboard:
    return tuple(
        (button(turn.say, "button-follow-up-see-one", ShowFollowUp(one.id), number=number),)
        for number, one in enumerate(tuple(several)[:MOST_LISTED], 1)
    )
