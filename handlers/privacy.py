"""Privacy: what is stored and why, and what one can do about it."""

from aiogram import Router
from aiogram.filters import Command

from delivery.buttons import button
from delivery.message import Message
from delivery.presses_of_privacy import AskErasure, GetMyData, ShowConsents
from handlers.turn import Turn

router = Router(name="privacy")


@router.message(Command("privacy"))
async def explain(_: object, turn: Turn) -> None:
    """What is stored, who sees it, who answers for it."""
    operator = turn.services.operator
    text = turn.say("privacy", operator=operator.name, contact=operator.contact)
    if turn.person is None:
        turn.send(text)
        return
    turn.send(
        Message(
            text,
            (
                (button(turn.say, "button-mydata", GetMyData()),),
                (button(turn.say, "button-consents", ShowConsents()),),
                (button(turn.say, "button-erase", AskErasure()),),
            ),
        )
    )
