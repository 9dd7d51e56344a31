"""Asking for a follow-up: who, what, by when; and another day for one that there is."""

from datetime import date, timedelta

from aiogram import Router
from markupsafe import Markup

from actions import follow_ups
from delivery.buttons import button
from delivery.member_names import member_alone, member_name
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_afterwards import (
    AskFollowUp,
    DueIn,
    LeaveFollowUp,
    PickMember,
    PutOff,
    ShowFollowUps,
)
from domain.errors import NotYours
from domain.exchanges import Membership
from domain.follow_ups import LONGEST_WORDS
from domain.rules.dates_typed import date_in
from domain.rules.follow_ups import may_be_due
from domain.rules.plain_text import cleaned, says_something
from handlers import asides
from handlers.follow_ups import card, window
from handlers.leaving import Words, go_on, interrupts
from handlers.profile import wizard
from handlers.turn import Pressed, Turn

router = Router(name="follow-up-asking")

WHAT, WHEN = "follow-up", "follow-up-day"
PER_PAGE = 8
SOON = (7, 14, 30, 91)
"""Days from today that are offered as buttons."""


@router.callback_query(Pressed(PickMember))
async def pick(_: object, turn: Turn, press: PickMember) -> None:
    """Who is to do it?"""
    there = await follow_ups.candidates(turn.store, turn.clock, by=turn.who, session=press.session)
    last = max(0, (len(there) - 1) // PER_PAGE)
    page = min(max(press.page, 0), last)
    shown = there[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows = [(await _member(turn, press.session, one),) for one in shown]
    turning = _turning(turn, press.session, page, last)
    back = (button(turn.say, "button-follow-ups", ShowFollowUps(press.session)),)
    key = "follow-up-who" if there else "follow-up-nobody"
    turn.show(Message(turn.say(key), (*rows, *turning, back)))


async def _member(turn: Turn, session: int, one: Membership) -> Button:
    press = AskFollowUp(session, one.id)
    if one.person == turn.who.id:
        return button(turn.say, "button-follow-up-myself", press)
    name = await member_alone(turn.store, turn.say, one)
    return button(turn.say, "button-follow-up-ask", press, name=name)


def _turning(turn: Turn, session: int, page: int, last: int) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(turn.say, "button-page-before", PickMember(session, page - 1)))
    if page < last:
        row.append(button(turn.say, "button-page-after", PickMember(session, page + 1)))
    return (tuple(row),) if row else ()


@router.callback_query(Pressed(AskFollowUp))
async def ask(_: object, turn: Turn, press: AskFollowUp) -> None:
    """What are they to do?"""
    there = await follow_ups.candidates(turn.store, turn.clock, by=turn.who, session=press.session)
    if press.membership not in {one.id for one in there}:
        raise NotYours
    turn.conversation = turn.conversation.aside(
        WHAT, session=press.session, membership=press.membership
    )
    await show_what(turn, anew=True)


@router.callback_query(Pressed(PutOff))
async def put_off(_: object, turn: Turn, press: PutOff) -> None:
    """By when instead?"""
    found = await follow_ups.one(turn.store, by=turn.who, follow_up=press.follow_up)
    if not await follow_ups.may_settle(turn.store, turn.who, found):
        raise NotYours
    turn.conversation = turn.conversation.aside(
        WHEN, session=found.session, follow_up=found.id, words=found.words
    )
    await show_when(turn, anew=True)


@router.callback_query(Pressed(LeaveFollowUp))
async def leave(_: object, turn: Turn, press: LeaveFollowUp) -> None:
    """Ask nobody, or leave the day as it is."""
    left = turn.conversation.step in (WHAT, WHEN)
    turn.conversation = turn.conversation.over() if left else turn.conversation
    turn.show(await window(turn, press.session, turn.say("follow-up-left")))
    if left:
        await go_on(turn)


@router.message(asides.Aside(WHAT), Words())
async def hear_what(_: object, turn: Turn) -> None:
    """These are the words; now the day."""
    words = cleaned(turn.text or "")
    if turn.text is None:
        await show_what(turn, turn.say("misheard-not-text"))
    elif len(words) > LONGEST_WORDS:
        await show_what(turn, turn.say("misheard-too-long", LONGEST_WORDS))
    elif not says_something(words):
        await show_what(turn, turn.say("misheard-no-words"))
    else:
        pending = turn.conversation.pending
        turn.conversation = turn.conversation.aside(
            WHEN, session=pending["session"], membership=pending["membership"], words=words
        )
        await show_when(turn, anew=True)


@router.callback_query(Pressed(DueIn))
async def due_in(_: object, turn: Turn, press: DueIn) -> None:
    """By one of the offered days."""
    if turn.conversation.step != WHEN:
        await wizard.refuse_stale(turn)
    elif press.days not in SOON:
        turn.toast(turn.say.plain("stale-toast"))
    else:
        await _settle(turn, await _today(turn) + timedelta(days=press.days))


@router.message(asides.Aside(WHEN), Words())
async def hear_when(_: object, turn: Turn) -> None:
    """By a day that was typed."""
    if turn.text is None:
        await show_when(turn, turn.say("misheard-not-text"))
        return
    today = await _today(turn)
    day = date_in(turn.text, turn.language, today)
    if day is None or not may_be_due(day, today):
        await show_when(turn, turn.say("misheard-follow-up-day"))
        return
    await _settle(turn, day)


async def _settle(turn: Turn, day: date) -> None:
    """Everything is known: enter it, or change its day."""
    pending, say = turn.conversation.pending, turn.say
    if "follow_up" in pending:
        changed = await follow_ups.put_off(
            turn.store, turn.clock, by=turn.who, follow_up=int(pending["follow_up"]), due_on=day
        )
        message = await card(turn, changed, say("follow-up-put-off"))
    else:
        made = await follow_ups.add(
            turn.store, turn.clock, by=turn.who, session=int(pending["session"]),
            membership=int(pending["membership"]), words=str(pending["words"]), due_on=day,
        )  # fmt: skip
        key = "follow-up-added" if made.agreed_at is not None else "follow-up-asked"
        message = await card(turn, made, say(key))
    turn.conversation = turn.conversation.over()
    turn.show(message)
    await go_on(turn)


async def _today(turn: Turn) -> date:
    return await follow_ups.today_of(turn.store, turn.clock, turn.who)


async def show_what(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the words."""
    pending = turn.conversation.pending
    who = await turn.store.memberships.by_id(int(pending["membership"]))
    name = await member_name(turn.store, turn.say, who)
    asked = turn.say("follow-up-what", LONGEST_WORDS, name=name)
    _put(turn, asked, note, (), anew=anew)


async def show_when(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the day."""
    today, say = await _today(turn), turn.say
    rows = tuple(
        (button(say, "button-follow-up-by", DueIn(one), day=say.date(today + timedelta(one))),)
        for one in SOON
    )
    asked = say("follow-up-when", words=str(turn.conversation.pending.get("words", "")))
    _put(turn, asked, note, rows, anew=anew)


def _put(turn: Turn, asked: Markup, note: Markup | None, rows: Keyboard, *, anew: bool) -> None:
    session = int(turn.conversation.pending["session"])
    leave_it = (button(turn.say, "button-follow-up-leave", LeaveFollowUp(session)),)
    lines = [*([note] if note else []), asked]
    message = Message(Markup("\n\n").join(lines), (*rows, leave_it))
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(WHAT)(show_what)
asides.shows(WHEN)(show_when)
