"""What nobody else answers: strangers, stale or foreign buttons, words out of place."""

from aiogram import Router

from delivery.message import Message
from handlers.menu import menu
from handlers.profile import wizard
from handlers.start import consent_question
from handlers.turn import Stranger, Turn

strangers = Router(name="strangers")
router = Router(name="refusals")


@strangers.message(Stranger())
@strangers.callback_query(Stranger())
async def ask_consent_first(_: object, turn: Turn) -> None:
    """Whatever a stranger says or presses: first the question whether anything may be stored."""
    turn.send(consent_question(turn.say, turn.link))


@router.callback_query()
async def stale(_: object, turn: Turn) -> None:
    """A button that means nothing any more."""
    await wizard.refuse_stale(turn)


@router.message()
async def out_of_place(_: object, turn: Turn) -> None:
    """Words, pictures or commands that nothing waits for."""
    turn.send(Message(turn.say("out-of-place"), menu(turn.say)))
