"""Whether what was typed can be taken as it is."""

from markupsafe import Markup

from domain.rules.plain_text import says_something
from handlers.turn import Turn


def unfit(turn: Turn, longest: int) -> Markup | None:
    """Why what was said cannot be taken: no text, too long, or no words; None where it can."""
    if turn.text is None:
        return turn.say("misheard-not-text")
    if len(turn.text) > longest:
        return turn.say("misheard-too-long", longest)
    return None if says_something(turn.text) else turn.say("misheard-no-words")
