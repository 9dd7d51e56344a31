"""Coming back: what waits, and who asks to join."""

from aiogram import Router

from delivery.letters.admissions import about_admission
from delivery.letters.returning import welcome_back
from delivery.message import Message
from delivery.presses_of_settings import SeeNewcomer
from domain.notices import AdmissionAsked, WelcomeBack
from handlers.profile import wizard
from handlers.turn import Pressed, Turn

router = Router(name="returning")


async def say(turn: Turn) -> None:
    """What waits for this person; beneath it a question that waits, too."""
    notice = WelcomeBack(int(turn.clock().timestamp()))
    turn.send(await welcome_back(turn.store, turn.who, notice))
    if turn.conversation.step is not None:
        await wizard.show_question(turn, anew=True)


@router.callback_query(Pressed(SeeNewcomer))
async def show_newcomer(_: object, turn: Turn, press: SeeNewcomer) -> None:
    """Who asks, with the two answers; once it is settled, what waits now."""
    notice = AdmissionAsked(press.admission)
    said = await about_admission(turn.store, turn.who, notice)
    if isinstance(said, Message):
        turn.show(said)
        return
    turn.toast(turn.say.plain("stale-toast"))
    turn.show(await welcome_back(turn.store, turn.who, WelcomeBack(int(turn.clock().timestamp()))))
