"""Attendance: who runs an exchange ticks who was there."""

from aiogram import Router
from markupsafe import Markup

from actions import attendances
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.afterwards import title_of
from delivery.member_names import member_alone, member_name
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_afterwards import ShowAttendance, TickMember, TickWhoSaidYes
from delivery.presses_of_exchanges import ShowSession
from domain.attendances import AttendanceList, Expected
from domain.rules.afterwards import took_place
from domain.sessions import Session
from handlers import doors
from handlers.turn import Pressed, Turn

router = Router(name="attendance")

PER_PAGE = 8


@doors.of_session(81)
async def door(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """For who runs it, once it has begun."""
    if not standing.runs or not took_place(session, turn.clock()):
        return ()
    return (button(turn.say, "button-attendance", ShowAttendance(session.id, 0)),)


@router.callback_query(Pressed(ShowAttendance))
async def show(_: object, turn: Turn, press: ShowAttendance) -> None:
    """A page of the list."""
    turn.show(await _window(turn, press.session, press.page))


@router.callback_query(Pressed(TickMember))
async def tick(_: object, turn: Turn, press: TickMember) -> None:
    """Tick one, or take that back."""
    await attendances.tick(
        turn.store, turn.clock, by=turn.who, session=press.session,
        membership=press.membership, present=press.present == 1,
    )  # fmt: skip
    turn.show(await _window(turn, press.session, press.page))


@router.callback_query(Pressed(TickWhoSaidYes))
async def tick_who_said_yes(_: object, turn: Turn, press: TickWhoSaidYes) -> None:
    """All at once; those who were not there can be taken out again."""
    await attendances.tick_who_said_yes(turn.store, turn.clock, by=turn.who, session=press.session)
    turn.show(await _window(turn, press.session, 0))


async def _window(turn: Turn, session: int, page: int) -> Message:
    found = await attendances.listed(
        turn.store, turn.clock, by=turn.who, session=session, page=page, most=PER_PAGE
    )
    there = await turn.store.sessions.by_id(session)
    say, title = turn.say, title_of(turn.say, there) if there else ""
    lines = [
        say("attendance-title", title=title),
        say("attendance-present", found.present, total=found.total),
    ]
    if not found.rows:
        lines.append(say("attendance-nobody"))
    rows = []
    for number, one in enumerate(found.rows, found.page * PER_PAGE + 1):
        lines += [Markup(), await _line(turn, number, one)]
        rows.append((await _tick(turn, session, found.page, number, one),))
    keyboard = (*_all(turn, session, found), *rows, *_turning(turn, session, found))
    back = (button(say, "button-afterwards-session", ShowSession(session)),)
    return Message(NEWLINE.join(lines), (*keyboard, back))


async def _line(turn: Turn, number: int, one: Expected) -> Markup:
    say = turn.say
    replied = say.plain(f"attendance-reply-{one.reply.value if one.reply else 'none'}")
    ticked = say.plain("attendance-there" if one.present else "attendance-not-ticked")
    name = await member_name(turn.store, say, one.membership)
    return say("attendance-line", number=number, name=name, reply=replied, ticked=ticked)


async def _tick(turn: Turn, session: int, page: int, number: int, one: Expected) -> Button:
    key = "button-attendance-undo" if one.present else "button-attendance-tick"
    name = await member_alone(turn.store, turn.say, one.membership)
    press = TickMember(session, one.membership.id, int(not one.present), page)
    return button(turn.say, key, press, number=number, name=name)


def _all(turn: Turn, session: int, found: AttendanceList) -> Keyboard:
    if not found.said_yes:
        return ()
    return ((button(turn.say, "button-attendance-all", TickWhoSaidYes(session)),),)


def _turning(turn: Turn, session: int, found: AttendanceList) -> Keyboard:
    row = []
    if found.page > 0:
        press = ShowAttendance(session, found.page - 1)
        row.append(button(turn.say, "button-page-before", press))
    if found.page < found.last:
        press = ShowAttendance(session, found.page + 1)
        row.append(button(turn.say, "button-page-after", press))
    return (tuple(row),) if row else ()
