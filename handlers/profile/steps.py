"""The questions of the profile, in the order in which they are asked.

Adding a question is one entry in STEPS (and its texts). Each step knows how to ask, what it makes
of typed words, and which options it shows; the wizard walks them.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from actions.contacts import contact_in
from domain.organisations import Form, Kind, Sector, Size, size_of
from domain.people import Detail
from domain.places import Place
from domain.profiles import ESSENTIAL, FURTHER, Answer, Profile, part_of
from domain.regions import country_codes, load_regions
from domain.rules.amounts_typed import amount_in
from domain.rules.fullness import CHOICES, NOT_FULL, day_of, is_far, option_in
from domain.rules.plain_text import cleaned, looks_like_markup, says_something
from domain.topics import load_topics
from handlers.turn import Turn
from locales import names
from locales.speech import Speech

LONGEST_NAME = 120


class Misheard(Exception):
    """The words were no answer to the question; `key` is the sentence that says why."""

    def __init__(self, key: str, n: int | None = None, day: date | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.n = n
        self.day = day

    def said(self, say: Speech) -> Markup:
        """The sentence."""
        return say(self.key, self.n, **({"day": say.date(self.day)} if self.day else {}))


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that is what was typed."""

    answer: Answer
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of typed words: options that are certain, and options to choose from."""

    certain: tuple[str, ...]
    likely: tuple[str, ...]


Understand = Callable[[Turn, str], Awaitable[Understood]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer of one or several options, chosen by buttons or named in words.

    `shown` are the options on buttons from the start; `all` those on the pages of a list (empty:
    there is no list), and `finer` those beneath one of them. `single`: the first one chosen is the
    answer.
    """

    answer: Answer
    understand: Understand
    shown: Callable[[Profile], tuple[str, ...]]
    all: Callable[[Speech], tuple[str, ...]] = lambda _: ()
    finer: Callable[[Speech, str], tuple[str, ...]] = lambda *_: ()
    single: bool = False
    may_be_empty: bool = False
    valid: Callable[[str], bool] = lambda _: True
    settle: Callable[[Turn, frozenset[str]], Any] = lambda _, chosen: chosen


Step = Typed | Chosen


def line(text: str) -> str:
    """One line of plain words; raises Misheard for anything else."""
    said = cleaned(text)
    if not says_something(said):
        raise Misheard("misheard-no-words")
    if looks_like_markup(said):
        raise Misheard("misheard-markup")
    if len(said) > LONGEST_NAME:
        raise Misheard("misheard-too-long", n=LONGEST_NAME)
    return said


def contact(text: str) -> dict[str, str | None]:
    """E-mail address and telephone number; raises Misheard where there is neither."""
    found = contact_in(cleaned(text))
    if found is None:
        raise Misheard("misheard-contact")
    return {"email": found.email, "phone": found.phone}


def _named(options: Callable[[], Mapping[str, Iterable[str]]]) -> Understand:
    async def understand(turn: Turn, text: str) -> Understood:
        guesses = await turn.services.understanding.options(text, options())
        return Understood(
            tuple(one.option for one in guesses if one.exact),
            tuple(one.option for one in guesses),
        )

    return understand


async def _topics(turn: Turn, text: str) -> Understood:
    mentions = await turn.services.understanding.topics(text, turn.language)
    guesses = [one for mention in mentions for one in mention.guesses]
    return Understood(
        tuple(dict.fromkeys(one.topic for one in guesses if one.exact)),
        tuple(dict.fromkeys(one.topic for one in guesses)),
    )


async def _places(turn: Turn, text: str) -> Understood:
    # Even a certain place is confirmed by its button: there is a Frankfurt everywhere.
    found = await turn.services.understanding.places(text, turn.language)
    return Understood((), tuple(guess.place.id for guess in found.guesses[:5]))


async def _regions(turn: Turn, text: str) -> Understood:
    guesses = await turn.services.understanding.regions(text, turn.language)
    return Understood(
        tuple(one.option for one in guesses if one.exact),
        tuple(one.option for one in guesses),
    )


_by_name_of_size = _named(names.sizes_in_all_languages)


async def _sizes(turn: Turn, text: str) -> Understood:
    """A number of people, or a size by its name."""
    people = amount_in(text)
    if people is None:
        return await _by_name_of_size(turn, text)
    return Understood((), (size_of(people).value,))


_by_name_of_goal = _named(names.goals_in_all_languages)


async def _goals(turn: Turn, text: str) -> Understood:
    """Goals by their numbers, or by their names."""
    numbers = [str(int(one)) for one in re.findall(r"\d+", text[:200]) if len(one) <= 2]
    goals = tuple(one for one in dict.fromkeys(numbers) if one in names.GOALS)
    return Understood(goals, goals) if goals else await _by_name_of_goal(turn, text)


_by_words_of_openness = _named(names.open_in_all_languages)


async def _until(turn: Turn, text: str) -> Understood:
    """A date to come, a number of months, or words for being open; raises Misheard for a day that
    has passed, or is too far away."""
    today = turn.clock().date()
    option = option_in(text, turn.language, today)
    if option is None:
        return await _by_words_of_openness(turn, text)
    day = day_of(option, today)
    if day is not None and day <= today:
        raise Misheard("misheard-past-day", day=day)
    if day is not None and is_far(day, today):
        raise Misheard("misheard-far-day", day=day)
    return Understood((), (option,))


def _open_again(turn: Turn, chosen: frozenset[str]) -> date | None:
    """The day from which on a partner is welcome; None for one that cannot be chosen any more."""
    option, today = next(iter(chosen)), turn.clock().date()
    day = day_of(option, today)
    if day is None or is_far(day, today) or (day <= today and option != NOT_FULL):
        return None
    return day


def _is_region(one: str) -> bool:
    return one in load_regions() or one in country_codes()


def _shareable(profile: Profile) -> tuple[str, ...]:
    """Details can be shared only where they are stated."""
    person = profile.person
    stated = {
        Detail.NAME: person.name,
        Detail.FUNCTION: person.function,
        Detail.EMAIL: person.email,
        Detail.PHONE: person.phone,
    }
    return tuple(detail.value for detail, text in stated.items() if text)


def _themes(say: Speech) -> tuple[str, ...]:
    return names.themes(say.language)


def _finer(say: Speech, theme: str) -> tuple[str, ...]:
    return names.finer(say.language, theme)


def _is_topic(one: str) -> bool:
    return one in load_topics()


def _place(turn: Turn, chosen: frozenset[str]) -> Place | None:
    return turn.services.understanding.place(next(iter(chosen)))


FREQUENT_LANGUAGES = ("de", "en", "fr", "es", "pt", "uk", "ar")
EVERYWHERE = "anywhere"
FREQUENT_REGIONS = (
    EVERYWHERE,
    "sub_saharan_africa",
    "mena",
    "latin_america",
    "eastern_partnership",
    "western_balkans",
    "asia",
    "europe",
)


STEPS: tuple[Step, ...] = (
    Typed(Answer.NAME, line),
    Typed(Answer.FUNCTION, line),
    Typed(Answer.CONTACT, contact),
    Chosen(
        Answer.SHARES,
        _named(names.details_in_all_languages),
        _shareable,
        may_be_empty=True,
        valid=frozenset(Detail).__contains__,
        settle=lambda _, chosen: frozenset(map(Detail, chosen)),
    ),
    Typed(Answer.ORGANISATION, line),
    Chosen(
        Answer.KIND,
        _named(names.kinds_in_all_languages),
        lambda _: tuple(Kind),
        single=True,
        valid=frozenset(Kind).__contains__,
        settle=lambda _, chosen: Kind(next(iter(chosen))),
    ),
    Chosen(
        Answer.SECTORS,
        _named(names.sectors_in_all_languages),
        lambda _: tuple(Sector),
        valid=frozenset(Sector).__contains__,
        settle=lambda _, chosen: frozenset(map(Sector, chosen)),
    ),
    Chosen(Answer.PLACE, _places, lambda _: (), single=True, settle=_place),
    Chosen(Answer.OFFERS, _topics, lambda _: (), _themes, _finer, valid=_is_topic),
    Chosen(Answer.SEEKS, _topics, lambda _: (), _themes, _finer, valid=_is_topic),
    Chosen(
        Answer.LANGUAGES,
        _named(names.languages_in_all_languages),
        lambda _: FREQUENT_LANGUAGES,
        valid=lambda one: one in names.languages_in_all_languages(),
    ),
    Chosen(
        Answer.REGIONS,
        _regions,
        lambda _: FREQUENT_REGIONS,
        valid=_is_region,
    ),
    Chosen(
        Answer.FORMS,
        _named(names.forms_in_all_languages),
        lambda _: tuple(Form),
        valid=frozenset(Form).__contains__,
        settle=lambda _, chosen: frozenset(map(Form, chosen)),
    ),
    Chosen(
        Answer.SIZE,
        _sizes,
        lambda _: tuple(Size),
        single=True,
        valid=frozenset(Size).__contains__,
        settle=lambda _, chosen: Size(next(iter(chosen))),
    ),
    Chosen(
        Answer.ACTIVE,
        _named(names.active_in_all_languages),
        lambda _: names.YES_OR_NO,
        single=True,
        valid=names.YES_OR_NO.__contains__,
        settle=lambda _, chosen: chosen == {"yes"},
    ),
    Chosen(Answer.SDGS, _goals, lambda _: names.GOALS, valid=names.GOALS.__contains__),
    Chosen(
        Answer.REGIONS_EXCLUDED,
        _regions,
        lambda _: tuple(one for one in FREQUENT_REGIONS if one != EVERYWHERE),
        valid=lambda one: one != EVERYWHERE and _is_region(one),
    ),
    Chosen(Answer.FULL_UNTIL, _until, lambda _: CHOICES, single=True, settle=_open_again),
)

BY_ANSWER: Mapping[str, Step] = {step.answer.value: step for step in STEPS}


def number(which: Answer) -> int:
    """The question's number in its part, from 1."""
    return part_of(which).index(which) + 1


def after(which: Answer) -> Step | None:
    """The question after this one, in the same part."""
    following = part_of(which)[number(which) :]
    return BY_ANSWER[following[0].value] if following else None


def before(which: Answer) -> Step | None:
    """The question before this one, in the same part."""
    at = number(which) - 1
    return BY_ANSWER[part_of(which)[at - 1].value] if at else None


def first_open(profile: Profile) -> Step | None:
    """The first question that is not answered: the essential ones, then the further ones."""
    still_open = profile.open_in(ESSENTIAL) or profile.open_in(FURTHER)
    return BY_ANSWER[still_open[0].value] if still_open else None
