"""Feedback: a few words to the coordinators."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from markupsafe import Markup

from actions import concerns
from delivery.buttons import button
from delivery.message import Message
from delivery.presses_of_concerns import GiveFeedback, LeaveFeedback
from domain.concerns import LONGEST_WORDS
from domain.rules.plain_text import says_something
from handlers import asides
from handlers.leaving import Words, go_on, interrupts
from handlers.menu import menu
from handlers.profile import wizard
from handlers.turn import Pressed, Turn

router = Router(name="feedback")

STEP = "feedback"


@router.message(Command("feedback"))
async def ask(_: object, turn: Turn, command: CommandObject) -> None:
    """Ask what they would like to tell; or take what stands behind the command."""
    turn.conversation = turn.conversation.aside(STEP)
    if command.args:
        await _take(turn, command.args)
    else:
        await show(turn)


@router.callback_query(Pressed(GiveFeedback))
async def ask_beneath(_: object, turn: Turn) -> None:
    """The same, from a button; the message above it stays."""
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveFeedback))
async def leave(_: object, turn: Turn) -> None:
    """Tell nothing."""
    if turn.conversation.step != STEP:
        await wizard.refuse_stale(turn)
        return
    turn.conversation = turn.conversation.over()
    turn.show(turn.say("feedback-left"))
    await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Pass these words on."""
    await _take(turn, turn.text)


async def _take(turn: Turn, words: str | None) -> None:
    if words is None:
        await show(turn, turn.say("misheard-not-text"))
    elif len(words) > LONGEST_WORDS:
        await show(turn, turn.say("misheard-too-long", LONGEST_WORDS))
    elif not says_something(words):
        await show(turn, turn.say("misheard-no-words"))
    else:
        passed = await concerns.give_feedback(turn.store, turn.clock, by=turn.who, words=words)
        turn.conversation = turn.conversation.over()
        thanks = turn.say("feedback-thanks" if passed.somebody_reads else "feedback-nobody-yet")
        waits = turn.conversation.step is not None
        turn.send(thanks if waits else Message(thanks, menu(turn.say)))
        await go_on(turn)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for words."""
    lines = [*([note] if note else []), turn.say("feedback-question", LONGEST_WORDS)]
    leave_it = ((button(turn.say, "button-leave-feedback", LeaveFeedback()),),)
    message = Message(Markup("\n\n").join(lines), leave_it)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)
