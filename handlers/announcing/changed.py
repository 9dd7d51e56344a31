"""A change of an announcement that many have been told: read, released by another coordinator, or
taken back."""

from aiogram import Router

from actions import changing
from delivery.announcement_cards import change_text
from delivery.buttons import button
from delivery.letters.reports import person_named
from delivery.message import Button, Message
from delivery.presses_of_announcements import ReleaseChange, ShowChange, TakeChangeBack
from domain.rules.announcements import may_release_change, may_take_change_back
from handlers.announcing.window import away, back, take_change_back
from handlers.turn import Pressed, Turn

router = Router(name="announcing-changed")


@router.callback_query(Pressed(ShowChange))
async def show_change(_: object, turn: Turn, press: ShowChange) -> None:
    """The new text, and beneath it what the person may do with it."""
    say = turn.say
    one, change = await changing.waiting(turn.store, by=turn.who, announcement=press.announcement)
    rows: list[tuple[Button, ...]] = []
    if may_release_change(one, change, turn.who.id):
        yes = ReleaseChange(one.id, change.number)
        rows.append((button(say, "button-announcement-change-release", yes),))
    if may_take_change_back(one, change, turn.who.id):
        rows.append((take_change_back(say, change),))
    name = await person_named(turn.store, say, change.proposed_by)
    text = change_text(say, say("announcement-change-head"), change, by=name)
    turn.show(Message(text, (*rows, back(say, one))))


@router.callback_query(Pressed(ReleaseChange))
async def release(_: object, turn: Turn, press: ReleaseChange) -> None:
    """Let it be made: another coordinator has proposed it."""
    one, made = await changing.release(
        turn.store,
        turn.clock,
        by=turn.who,
        announcement=press.announcement,
        number=press.number,
    )
    key = "announcement-change-released" if made else "announcement-change-void"
    turn.show(Message(turn.say(key), (await away(turn, one),)))


@router.callback_query(Pressed(TakeChangeBack))
async def take_back(_: object, turn: Turn, press: TakeChangeBack) -> None:
    """It is proposed no longer."""
    one = await changing.take_back(
        turn.store, by=turn.who, announcement=press.announcement, number=press.number
    )
    turn.show(Message(turn.say("announcement-change-taken-back"), (await away(turn, one),)))
