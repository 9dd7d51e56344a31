"""Options in words: what stands in a profile by its ids, as a reader calls it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from markupsafe import Markup

from domain.profiles import Answer
from domain.rules.fullness import NOT_FULL, months_of
from locales import names
from locales.speech import Speech

SHOWN = 12
"""So many items of a list are named on a card: a card must fit into a message."""
ON_OWN_CARD = 6
"""As many on one's own card, which names every answer."""


def options_text(say: Speech, which: Answer, chosen: Iterable[str], *, most: int = SHOWN) -> Markup:
    """Chosen options in words; long lists end with how many more there are."""
    worded = option_words(say, which)
    words = (
        [worded(one) for one in sorted(chosen, key=int)]
        if which is Answer.SDGS
        else sorted(map(worded, chosen))
    )
    return listed(say, words, most) if words else Markup("{}").format(say.plain("nothing-chosen"))


def listed(say: Speech, words: Sequence[str], most: int = SHOWN) -> Markup:
    """Words after each other; long lists end with how many more there are."""
    if len(words) <= most:
        return say.listing(words)
    return say.listing([*words[:most], say.plain("and-more", n=len(words) - most)])


def option_words(say: Speech, which: Answer) -> Callable[[str], str]:
    """How the options of an answer are worded: a function from a stored id to words."""
    language = say.language
    worded: dict[Answer, Callable[[str], str]] = {
        Answer.SHARES: lambda one: say.plain(f"detail-{one}"),
        Answer.KIND: lambda one: say.plain(f"kind-{one}"),
        Answer.SECTORS: lambda one: say.plain(f"sector-{one}"),
        Answer.OFFERS: lambda one: names.topic(language, one),
        Answer.SEEKS: lambda one: names.topic(language, one),
        Answer.LANGUAGES: say.language_name,
        Answer.REGIONS: lambda one: names.region(language, one),
        Answer.FORMS: lambda one: say.plain(f"filter-form-{one}"),
        Answer.SIZE: lambda one: say.plain(f"size-{one}"),
        Answer.ACTIVE: lambda one: say.plain(f"active-{one}"),
        Answer.SDGS: lambda one: names.goal(language, one),
        Answer.REGIONS_EXCLUDED: lambda one: names.region(language, one),
        Answer.FULL_UNTIL: lambda one: until_words(say, one),
    }
    return worded.get(which, str)


def trait_words(say: Speech, trait: str) -> str:
    """A trait of an organisation (domain/rules/taste.py): its country, its size or a topic."""
    kind, _, which = trait.partition(":")
    worded: dict[str, Callable[[str], str]] = {
        "country": say.country,
        "size": option_words(say, Answer.SIZE),
        "topic": option_words(say, Answer.OFFERS),
    }
    return worded[kind](which)


def until_words(say: Speech, option: str) -> str:
    """From when on a further partner is welcome: now, after some months, or from a day on."""
    if option == NOT_FULL:
        return say.plain("full-not")
    months = months_of(option)
    if months is not None:
        return say.plain("full-for-months", months)
    return say.plain("full-until", day=say.date(date.fromisoformat(option)))
