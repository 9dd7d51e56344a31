"""Asides: questions in between, such as "until when?", beneath which another may wait.

A conversation registers how its question is shown; words for it are heard by that conversation's
own router, which stands before the profile's. `Conversation.over()` goes back to what waited.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.filters import Filter
from markupsafe import Markup

from domain.conversations import Conversation
from domain.profiles import Answer
from handlers.turn import Turn

Show = Callable[[Turn, Markup | None, bool], Awaitable[None]]

SHOWN: dict[str, Show] = {}
"""How the question of each step is shown: with a note above it, and whether in a new message."""


def shows(step: str) -> Callable[[Show], Show]:
    """Register a function that shows the question of a step."""

    def register(show: Show) -> Show:
        SHOWN[step] = show
        return show

    return register


async def show(turn: Turn, note: Markup | None = None, *, anew: bool = False) -> bool:
    """Show the question in between that waits; False when none does."""
    shown = SHOWN.get(str(turn.conversation.step))
    if shown is None:
        return False
    await shown(turn, note, anew)
    return True


Unfinished = Callable[[Conversation], bool]

UNFINISHED: dict[str, Unfinished] = {}
"""Of dialogues of several questions, whether something has been answered that would be lost."""


def unfinished_when(*steps: str) -> Callable[[Unfinished], Unfinished]:
    """Register a predicate for all steps of a dialogue: where it holds, the dialogue goes on
    waiting while whoever is in it looks at something else."""

    def register(unfinished: Unfinished) -> Unfinished:
        UNFINISHED.update(dict.fromkeys(steps, unfinished))
        return unfinished

    return register


def is_unfinished(conversation: Conversation) -> bool:
    """Whether answers would be lost if this question were over now."""
    unfinished = UNFINISHED.get(str(conversation.step))
    return unfinished is not None and unfinished(conversation)


def of_one_dialogue(one: Conversation, other: Conversation) -> bool:
    """Whether both stand in the same dialogue of several questions."""
    dialogue = UNFINISHED.get(str(one.step))
    return dialogue is not None and dialogue is UNFINISHED.get(str(other.step))


Come = Callable[[Turn], Awaitable[bool]]

AFTER: dict[Answer, Come] = {}
"""What another conversation may ask after an answer of the profile."""


def comes_after(*answers: Answer) -> Callable[[Come], Come]:
    """Register a function that is called once one of these answers is stored. It may put a
    question in between, beneath which the next one of the profile waits; False where it did not."""

    def register(come: Come) -> Come:
        AFTER.update(dict.fromkeys(answers, come))
        return come

    return register


class Aside(Filter):
    """One of these questions in between waits for an answer."""

    def __init__(self, *steps: str) -> None:
        self._steps = steps

    async def __call__(self, _: Any, turn: Turn) -> bool:
        """Whether one does."""
        return turn.person is not None and turn.conversation.step in self._steps
