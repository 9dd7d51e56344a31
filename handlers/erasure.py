"""Being erased: asked for, thought over, taken back, or at once."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandStart, Filter
from markupsafe import Markup

from actions import erasure
from delivery.buttons import button
from delivery.message import Keyboard, Message
from delivery.presses_of_privacy import AskErasure, EraseAtOnce, KeepData, WishErasure
from domain.conversations import Conversation
from handlers.menu import menu
from handlers.turn import Pressed, Turn
from locales import moments

router = Router(name="erasure")


class Leaving(Filter):
    """Somebody who wishes to be erased, and has time to think it over."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether the person is one."""
        return turn.person is not None and turn.person.erase_at is not None


@router.message(CommandStart(), Leaving())
async def welcome_back(_: object, turn: Turn) -> None:
    """Before anything else: would they like to keep their data after all?"""
    turn.send(await _question(turn))


@router.message(Command("deletemydata"))
async def ask(_: object, turn: Turn) -> None:
    """What would be gone, when, and how to change one's mind."""
    turn.send(await _question(turn))


@router.callback_query(Pressed(AskErasure))
async def ask_in_place(_: object, turn: Turn) -> None:
    """The same, in place of the message with the button."""
    turn.show(await _question(turn))


@router.callback_query(Pressed(WishErasure))
async def wish(_: object, turn: Turn) -> None:
    """After a time of grace."""
    if turn.person is None:
        turn.show(turn.say("erase-nothing-stored"))
        return
    turn.person = await erasure.wish(turn.store, turn.clock, turn.services.keeping, by=turn.person)
    turn.show(Message(turn.say("erase-planned", when=await _when(turn)), _keep_or_go(turn)))


@router.callback_query(Pressed(EraseAtOnce))
async def erase_at_once(_: object, turn: Turn, press: EraseAtOnce) -> None:
    """Ask once more; then erase."""
    say = turn.say
    if turn.person is None:
        turn.show(say("erase-nothing-stored"))
    elif press.sure == 1:
        await erasure.erase(turn.store, turn.clock, turn.person)
        turn.person, turn.conversation = None, Conversation()
        turn.show(say("erase-done"))
    else:
        buttons = (
            (button(say, "button-erase-sure", EraseAtOnce(1)),),
            (button(say, "button-keep", KeepData()),),
        )
        turn.show(Message(say("erase-at-once-question"), buttons))


@router.callback_query(Pressed(KeepData))
async def keep(_: object, turn: Turn) -> None:
    """Not after all."""
    say = turn.say
    if turn.person is None:
        turn.show(say("erase-nothing-stored"))
        return
    if turn.person.erase_at is None:
        turn.show(say("erase-kept"))
        return
    shown = await erasure.keep(turn.store, turn.clock, by=turn.person)
    lines = [say("erase-taken-back"), *([say("erase-visible-again")] if shown else [])]
    turn.show(Message(Markup("\n").join(lines), menu(say)))


async def _question(turn: Turn) -> Message:
    say = turn.say
    if turn.person is None:
        return Message(say("erase-nothing-stored"))
    when = await _when(turn)
    if turn.person.erase_at is not None:
        return Message(say("erase-pending", when=when), _keep_or_go(turn))
    buttons = (
        (button(say, "button-erase-later", WishErasure()),),
        (button(say, "button-erase-at-once", EraseAtOnce(0)),),
        (button(say, "button-keep", KeepData()),),
    )
    return Message(say("erase-question", when=when), buttons)


def _keep_or_go(turn: Turn) -> Keyboard:
    return (
        (button(turn.say, "button-keep-data", KeepData()),),
        (button(turn.say, "button-erase-at-once", EraseAtOnce(0)),),
    )


async def _when(turn: Turn) -> str:
    """When they are, or would be, erased: by the clock where they are."""
    at = turn.who.erase_at or turn.clock() + turn.services.keeping.grace
    return await local_time(turn, at)


async def local_time(turn: Turn, at: datetime) -> str:
    """A moment by the clock where the person is, or their organisation."""
    own = await turn.store.organisations.of(turn.who.id)
    zone = turn.who.zone or (own.place.timezone if own and own.place else None)
    return moments.moment(turn.say, at, zone)
