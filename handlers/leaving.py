"""Questions in between about partners: heard as words, left by command."""

from dataclasses import asdict

from aiogram import Router
from aiogram.filters import Command, Filter

from delivery.message import Message
from domain.conversations import Conversation
from domain.planning import Question
from handlers import asides
from handlers.asides import Aside
from handlers.menu import menu
from handlers.profile import wizard
from handlers.turn import Edit, Send, Turn

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
    "announcement",
    "exchange-search",
    "joining",
    "enquiry",
    "exchange",
    "entering",
    "contribution",
    "rounds-pause",
    "rounds-plan",
    "session-text",
    "paper",
    "helped",
    "follow-up",
    "follow-up-day",
    "practice-title",
    "practice-words",
    "practice-topics",
    "practice-readers",
    *(question.value for question in Question),
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
        turn.send(Message(turn.say("aside-over"), menu(turn.say)))
    else:
        await go_on(turn)


async def go_on(turn: Turn) -> None:
    """A question of the profile that waited beneath is put once more, with its buttons."""
    if turn.conversation.step is not None:
        await wizard.show_question(turn, turn.say("aside-left"), anew=True)


async def go_on_after_words(turn: Turn, before: Conversation) -> None:
    """The same, wherever words have ended a question in between and its conversation has not put
    the other one itself: what waits must be the last thing that is read."""
    put = any(isinstance(one, Send | Edit) and one.question for one in turn.sayings)
    if not put and _heard_words(turn, before) and _ended(turn.conversation, before):
        await go_on(turn)


async def keep_unfinished(turn: Turn, before: Conversation) -> None:
    """A dialogue whose answers would be lost goes on waiting while its writer looks at something
    else: beneath another question, or put once more after a command. Its own buttons end it."""
    waits = next((one for one in (before, before.over()) if asides.is_unfinished(one)), None)
    now = turn.conversation
    if waits is None or now == before:
        return
    if now in (waits, waits.over()) and _looks_around(turn):
        turn.conversation = waits
        await wizard.show_question(turn, turn.say("dialogue-waits"), anew=True)
    elif now.over() == waits.over() != now and not asides.of_one_dialogue(now, waits):
        turn.conversation = now.choosing(beneath=asdict(waits))


def _looks_around(turn: Turn) -> bool:
    command = (turn.text or "").split(maxsplit=1)
    return bool(command) and command[0].startswith("/") and command[0] != "/cancel"


def after_refusal(turn: Turn, before: Conversation) -> Conversation:
    """Where somebody stands whose words have been refused: the same words would be refused again,
    so that the question in between is over. A press that is refused changes nothing."""
    return before.over() if _heard_words(turn, before) else before


def _heard_words(turn: Turn, before: Conversation) -> bool:
    return (
        before.step in asides.SHOWN
        and turn.press is None
        and (turn.text is not None or turn.upload is not None)
        and not (turn.text or "").startswith("/")
    )


def _ended(now: Conversation, before: Conversation) -> bool:
    return now == before.over() != before


@late.message(Aside(*OURS))
async def unknown_command(_: object, turn: Turn) -> None:
    """The question is asked once more."""
    await asides.show(turn, turn.say("misheard-command"), anew=True)
