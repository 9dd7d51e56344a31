"""An announcement that is told: stopping it, taking it back, its file, and the unknown ones."""

from aiogram import Router

from actions import announced, announcing, releasing
from delivery.buttons import Press, button
from delivery.message import Attachment, Message
from delivery.presses_of_announcements import GetReport, SendAgain, StopIt, WithdrawIt
from delivery.report_file import report_file
from handlers.announcing.window import back, window
from handlers.turn import Pressed, Turn

router = Router(name="announcing-told")


@router.callback_query(Pressed(StopIt))
async def stop(_: object, turn: Turn, press: StopIt) -> None:
    """After a second look: who has not been told is not told any more."""
    if press.sure != 1:
        await _sure(turn, press.announcement, "stop", StopIt(press.announcement, 1))
        return
    one = await releasing.cancel(
        turn.store, turn.clock, by=turn.who, announcement=press.announcement
    )
    turn.show(await window(turn, one))


@router.callback_query(Pressed(WithdrawIt))
async def withdraw(_: object, turn: Turn, press: WithdrawIt) -> None:
    """After a second look: it is taken away, or where that is too late, reads as withdrawn."""
    if press.sure != 1:
        await _sure(turn, press.announcement, "withdraw", WithdrawIt(press.announcement, 1))
        return
    one = await announced.withdraw(
        turn.store, turn.clock, by=turn.who, announcement=press.announcement
    )
    turn.show(await window(turn, one))


@router.callback_query(Pressed(SendAgain))
async def send_again(_: object, turn: Turn, press: SendAgain) -> None:
    """After a second look: some may read it twice."""
    if press.sure != 1:
        await _sure(turn, press.announcement, "again", SendAgain(press.announcement, 1))
        return
    one, _number = await announced.retry_unknown(
        turn.store, turn.clock, by=turn.who, announcement=press.announcement
    )
    turn.show(await window(turn, one))


async def _sure(turn: Turn, announcement: int, what: str, press: Press) -> None:
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=announcement)
    yes = (button(turn.say, f"button-announcement-{what}-sure", press),)
    text = turn.say(f"announcement-{what}-question")
    turn.show(Message(text, (yes, back(turn.say, one))))


@router.callback_query(Pressed(GetReport))
async def give_file(_: object, turn: Turn, press: GetReport) -> None:
    """The report as a table: a line for each recipient."""
    lines = await announced.lines(turn.store, by=turn.who, announcement=press.announcement)
    content = await report_file(turn.say, lines)
    attachment = Attachment(f"announcement-{press.announcement}.csv", content)
    turn.send(Message(turn.say("announcement-file"), attachment=attachment))
