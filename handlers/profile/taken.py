"""What another conversation has just heard is not asked once more by the profile."""

from collections.abc import Mapping

from markupsafe import Markup

from actions import profiles
from domain.profiles import Answer
from handlers import asides
from handlers.profile import wizard
from handlers.profile.steps import BY_ANSWER, Misheard, Typed
from handlers.turn import Turn


async def take(turn: Turn, said: Mapping[Answer, str], note: Markup) -> bool:
    """Where a question of the profile waits, take these words for those of its answers that are
    not stated, and go on with the next one that is not, in a new message with a `note` above it.
    False where nothing was taken, and nothing said."""
    if turn.conversation.step not in BY_ANSWER:
        return False
    profile = await profiles.profile_of(turn.store, turn.who)
    taken = {
        which: value
        for which, words in said.items()
        if profile.answer(which) is None and (value := _read(which, words)) is not None
    }
    if not taken:
        return False
    turn.person = await profiles.take_over(turn.store, turn.clock, turn.who, taken)
    await wizard.spare(turn, taken.keys())
    if not await _comes_between(turn, taken) and turn.conversation.step is not None:
        await wizard.show_question(turn, note, anew=True)
    return True


def _read(which: Answer, words: str) -> str | None:
    """What the profile's own question would make of these words; None where it asks again."""
    step = BY_ANSWER[which]
    try:
        return str(step.read(words)) if isinstance(step, Typed) else None
    except Misheard:
        return None


async def _comes_between(turn: Turn, taken: Mapping[Answer, str]) -> bool:
    """Whether another conversation asks something first, as after an answer to the question."""
    for which in taken:
        come = asides.AFTER.get(which)
        if come is not None and await come(turn):
            return True
    return False
