"""Privacy: what is stored and why, and how to have it erased."""

from aiogram import Router
from aiogram.filters import Command

from actions import people
from delivery.buttons import Erase, button
from delivery.message import Message
from domain.conversations import Conversation
from handlers.turn import Pressed, Turn

router = Router(name="privacy")


@router.message(Command("privacy"))
async def explain(_: object, turn: Turn) -> None:
    """What is stored, who sees it, who answers for it."""
    operator = turn.services.operator
    text = turn.say("privacy", operator=operator.name, contact=operator.contact)
    if turn.person is None:
        turn.send(text)
        return
    turn.send(Message(text, ((button(turn.say, "button-erase", Erase(0)),),)))


@router.callback_query(Pressed(Erase))
async def erase(_: object, turn: Turn, press: Erase) -> None:
    """Ask whether they are sure; then erase, or keep."""
    say = turn.say
    if turn.person is None:
        turn.show(say("erase-nothing-stored"))
    elif press.sure == 1:
        await people.erase(turn.store, turn.person)
        turn.person, turn.conversation = None, Conversation()
        turn.show(say("erase-done"))
    elif press.sure == 0:
        sure = ((button(say, "button-erase-sure", Erase(1)),),)
        turn.show(Message(say("erase-question"), (*sure, (button(say, "button-keep", Erase(-1)),))))
    else:
        turn.show(say("erase-kept"))
