"""Partnerships in words."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.partnerships import Told
from locales.speech import Speech


def partnership_words(say: Speech, told: Told, *, known: bool = False) -> Markup:
    """With whom, of which kind, since when, on one line."""
    pieces = [told.partner]
    if told.kind is not None:
        pieces.append(say.plain(f"partnership-{told.kind.value}"))
    if told.since is not None:
        pieces.append(say.plain("partnership-since", year=told.since))
    if known:
        pieces.append(say.plain("partnership-known"))
    return say.listing(pieces)


ON_A_CARD = 3


def several_partnerships(say: Speech, several: Sequence[Told]) -> Markup:
    """The first partnerships on one line, and how many more there are."""
    words = [partnership_words(say, one) for one in several[:ON_A_CARD]]
    if len(several) > ON_A_CARD:
        words.append(Markup("{}").format(say.plain("and-more", len(several) - ON_A_CARD)))
    return Markup("; ").join(words)


def partnerships_line(say: Speech, several: Sequence[Told]) -> Markup:
    """Existing partnerships on one's own card."""
    nothing = Markup("<i>{}</i>").format(say.plain("not-stated"))
    label = Markup("{}").format(say.plain("answer-partnerships"))
    value = several_partnerships(say, several) if several else nothing
    return say("labelled-line", label=label, value=value)
