"""The questions of the dialogue: how each is asked, what it makes of typed words and of buttons.

Adding a question is an entry in STEPS, its value in domain/planning.py, and its texts.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from delivery.message import Button, Keyboard
from delivery.presses_of_sessions import Answer
from domain.languages import LANGUAGES
from domain.planning import (
    LONGEST_AGENDA,
    LONGEST_LINE,
    LONGEST_TITLE,
    MOST_SEATS,
    Draft,
    Question,
)
from domain.rules.amounts_typed import amount_in
from domain.rules.plain_text import cleaned, says_something
from domain.rules.sessions import is_link
from domain.sessions import Form
from handlers.profile.steps import Misheard
from handlers.profile.window import CHOSEN
from handlers.turn import Turn
from locales import names

SKIP = "-"
"""The option of a button that leaves a question open."""


@dataclass(frozen=True, slots=True)
class Took:
    """What came of an answer. `stay`: the question goes on waiting; `note` stands above the next
    one."""

    draft: Draft
    note: Markup | None = None
    stay: bool = False


Read = Callable[[Turn, Draft, str], Awaitable[Took]]
Pick = Callable[[Turn, Draft, str], Took | None]
Rows = Callable[[Turn, Draft], Keyboard]
Lines = Callable[[Turn, Draft], list[Markup]]


@dataclass(frozen=True, slots=True)
class Step:
    """A question. `read` raises Misheard for words that are no answer, `pick` is None for an option
    that there is not; `applies` says whether it is asked at all, `given` whether it is answered
    already; `beneath` stands beneath the question."""

    question: Question
    read: Read
    pick: Pick
    rows: Rows = lambda *_: ()
    beneath: Lines = lambda *_: []
    applies: Callable[[Draft], bool] = lambda _: True
    given: Callable[[Draft], bool] = lambda _: False
    optional: bool = False


def option(turn: Turn, question: Question, key: str, value: str, n: int | None = None) -> Button:
    """A button that answers a question."""
    return Button(turn.say.plain(key, n), data=Answer(question.value, value).pack())


def no_options(_: Turn, __: Draft, ___: str) -> Took | None:
    """There is nothing to choose from."""
    return None


def _words(text: str, most: int, *, lines: bool = False) -> str:
    several = [cleaned(one) for one in text.splitlines()] if lines else [cleaned(text)]
    said = "\n".join(several).strip()
    if not says_something(said):
        raise Misheard("misheard-no-words")
    if len(said) > most:
        raise Misheard("misheard-too-long", n=most)
    return said


def _text(field: str, most: int, *, lines: bool = False) -> tuple[Read, Pick]:
    """A question whose answer is what is typed; skipping it leaves it open."""

    async def read(_: Turn, draft: Draft, text: str) -> Took:
        return _with(draft, _words(text, most, lines=lines))

    def pick(_: Turn, draft: Draft, chosen: str) -> Took | None:
        return _with(draft, None) if chosen == SKIP else None

    def _with(draft: Draft, value: str | None) -> Took:
        values: dict[str, Any] = {field: value}
        return Took(replace(draft, **values))

    return read, pick


async def _read_link(_: Turn, draft: Draft, text: str) -> Took:
    said = cleaned(text)
    whole = said if "://" in said else f"https://{said}"
    if not is_link(whole):
        raise Misheard("refusal-session-link")
    return Took(replace(draft, link=whole))


def _skip_link(_: Turn, draft: Draft, chosen: str) -> Took | None:
    return Took(replace(draft, link=None)) if chosen == SKIP else None


async def _read_form(turn: Turn, draft: Draft, text: str) -> Took:
    named = names.session_forms_in_all_languages()
    guesses = await turn.services.understanding.options(text, named)
    if not guesses:
        raise Misheard("misheard-plan-button")
    return Took(replace(draft, form=guesses[0].option))


def _pick_form(_: Turn, draft: Draft, chosen: str) -> Took | None:
    known = chosen in {one.value for one in Form}
    return Took(replace(draft, form=chosen)) if known else None


def _forms(turn: Turn, _: Draft) -> Keyboard:
    return tuple(
        (option(turn, Question.FORM, f"button-form-{one.value}", one.value),) for one in Form
    )


async def _read_capacity(_: Turn, draft: Draft, text: str) -> Took:
    amount = amount_in(text)
    if amount is None or amount > MOST_SEATS:
        raise Misheard("refusal-session-capacity")
    return Took(replace(draft, capacity=amount))


def _pick_capacity(_: Turn, draft: Draft, chosen: str) -> Took | None:
    return Took(replace(draft, capacity=None)) if chosen == SKIP else None


def _no_limit(turn: Turn, _: Draft) -> Keyboard:
    return ((option(turn, Question.CAPACITY, "button-no-limit", SKIP),),)


async def _languages_in(turn: Turn, text: str) -> tuple[str, ...]:
    named = names.languages_in_all_languages()
    guesses = await turn.services.understanding.options(text, named)
    found = tuple(dict.fromkeys(one.option for one in guesses if one.option in LANGUAGES))
    if not found:
        raise Misheard("misheard-plan-language")
    return found


async def _read_language(turn: Turn, draft: Draft, text: str) -> Took:
    return _spoken(draft, (await _languages_in(turn, text))[0])


def _pick_language(_: Turn, draft: Draft, chosen: str) -> Took | None:
    if chosen == SKIP:
        return Took(replace(draft, language=None, interpreters=()))
    return _spoken(draft, chosen) if chosen in LANGUAGES else None


def _spoken(draft: Draft, language: str) -> Took:
    others = tuple(one for one in draft.interpreters if one != language)
    return Took(replace(draft, language=language, interpreters=others))


def _languages(turn: Turn, _: Draft) -> Keyboard:
    return _two_a_row(
        [
            Button(turn.say.language_name(one), data=Answer(Question.LANGUAGE.value, one).pack())
            for one in LANGUAGES
        ]
    )


async def _read_interpreters(turn: Turn, draft: Draft, text: str) -> Took:
    found = set(await _languages_in(turn, text)) - {draft.language}
    return Took(replace(draft, interpreters=tuple(sorted(found))))


def _pick_interpreters(_: Turn, draft: Draft, chosen: str) -> Took | None:
    """Each is chosen and given up by a button of its own, so that a double tap does no harm."""
    sign, language = chosen[:1], chosen[1:]
    if chosen == SKIP:
        return Took(draft)
    if language not in LANGUAGES or sign not in "+!":
        return None
    now = {*draft.interpreters, language} if sign == "+" else {*draft.interpreters} - {language}
    return Took(replace(draft, interpreters=tuple(sorted(now))), stay=True)


def _interpreters(turn: Turn, draft: Draft) -> Keyboard:
    buttons = []
    for one in LANGUAGES:
        if one != draft.language:
            chosen = one in draft.interpreters
            press = Answer(Question.INTERPRETERS.value, f"{'!' if chosen else '+'}{one}")
            name = turn.say.language_name(one)
            buttons.append(Button(f"{CHOSEN} {name}" if chosen else name, data=press.pack()))
    key = "button-interpreters-done" if draft.interpreters else "button-no-interpreters"
    done = option(turn, Question.INTERPRETERS, key, SKIP)
    return (*_two_a_row(buttons), (done,))


def _two_a_row(buttons: list[Button]) -> Keyboard:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def minutes(length: timedelta) -> int:
    """A length in whole minutes."""
    return length // timedelta(minutes=1)


_TITLE = _text("title", LONGEST_TITLE)
_PLACE = _text("place", LONGEST_LINE)
_AGENDA = _text("agenda", LONGEST_AGENDA, lines=True)
_GUESTS = _text("guests", LONGEST_LINE)

PLAIN: Mapping[Question, Step] = {
    one.question: one
    for one in (
        Step(Question.TITLE, _TITLE[0], no_options),
        Step(Question.FORM, _read_form, _pick_form, _forms),
        Step(
            Question.PLACE, *_PLACE, optional=True,
            applies=lambda draft: draft.form != Form.ONLINE.value,
        ),
        Step(
            Question.LINK, _read_link, _skip_link, optional=True,
            applies=lambda draft: draft.form != Form.IN_PERSON.value,
        ),
        Step(Question.CAPACITY, _read_capacity, _pick_capacity, _no_limit),
        Step(Question.LANGUAGE, _read_language, _pick_language, _languages, optional=True),
        Step(
            Question.INTERPRETERS, _read_interpreters, _pick_interpreters, _interpreters,
            applies=lambda draft: draft.language is not None,
        ),
        Step(Question.AGENDA, *_AGENDA, optional=True),
        Step(Question.GUESTS, *_GUESTS, optional=True),
    )
}  # fmt: skip
"""The questions about what a session is like; when it is, is asked by times.py."""
