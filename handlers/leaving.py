"""Questions in between about partners: heard as words, left by command."""

from aiogram import Router
from aiogram.filters import Command, Filter

from delivery.message import Message
from handlers import asides
from handlers.asides import Aside
from handlers.menu import menu
from handlers.profile import wizard
from handlers.turn import Turn

router = Router(name="leaving")
late = Router(name="leaving-late")
"""Asked after all conversations: what still comes here is a command that nobody knows."""

OURS = (
    "sentence",
    "filters",
    "report",
    "join",
    "settings-zone",
    "settings-quiet",
    "settings-pause",
    "feedback",
    "concern",
    "partnerships",
)


class Words(Filter):
    """Words, or a picture or the like; no command."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether it is no command."""
        return not (turn.text or "").startswith("/")


def interrupts(turn: Turn) -> bool:
    """Whether a question of the profile waits beneath: its buttons must stay where they are."""
    return turn.conversation.over().step is not None


@router.message(Aside(*OURS), Command("cancel"))
async def cancel(_: object, turn: Turn) -> None:
    """Leave the question in between; one that waits beneath it goes on waiting."""
    turn.conversation = turn.conversation.over()
    if turn.conversation.step is None:
        turn.send(Message(turn.say("cancelled"), menu(turn.say)))
    else:
        await wizard.show_question(turn, turn.say("aside-left"), anew=True)


@late.message(Aside(*OURS))
async def unknown_command(_: object, turn: Turn) -> None:
    """The question is asked once more."""
    await asides.show(turn, turn.say("misheard-command"), anew=True)
