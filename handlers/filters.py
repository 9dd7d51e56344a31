"""Filters: one window, chosen by buttons or named in words; what is chosen counts at once."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any

from aiogram import Router
from markupsafe import Markup

from actions import matchmaking
from delivery import search_cards
from delivery.buttons import FindPartners, button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_partners import (
    ClearFilters,
    LeaveOption,
    ShowDismissed,
    ShowFacet,
    ShowFilters,
    ShowTheme,
    TakeOption,
)
from domain.matches import Mode
from domain.organisations import Form, Organisation, Sector
from domain.regions import country_codes, load_regions
from domain.rules.topic_kinship import beneath
from domain.rules.wordings import named, parts_of_a_wish
from domain.searches import RELATIVE, ClimateWish, Facet, Filters
from domain.topics import load_topics
from handlers import asides
from handlers.leaving import Words, interrupts
from handlers.profile.steps import FREQUENT_LANGUAGES, FREQUENT_REGIONS
from handlers.profile.window import CHOSEN, OPENS, PER_PAGE, page_with
from handlers.turn import Pressed, Turn
from locales import names
from locales.speech import Speech

router = Router(name="filters")

STEP = "filters"
MOST_OFFERED = 6

Option = tuple[Facet, str]
_FIXED: dict[Facet, type[StrEnum]] = {
    Facet.SECTORS: Sector,
    Facet.FORMS: Form,
    Facet.WAYS: Mode,
    Facet.CLIMATES: ClimateWish,
}
"""Facets whose options are the members of an enumeration."""
WHOLE_ROWS = (Facet.TOPICS, Facet.WAYS, Facet.CLIMATES)
"""Facets whose options have names too long for two in a row."""


@router.callback_query(Pressed(ShowFilters))
async def open_window(_: object, turn: Turn) -> None:
    """Open the window beneath."""
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn, anew=True)


@router.callback_query(Pressed(ShowFacet))
async def show_facet(_: object, turn: Turn, press: ShowFacet) -> None:
    """Show the options of a facet in the window, or all facets."""
    facet = _facet(press.facet)
    turn.conversation = turn.conversation.aside(
        STEP, facet=facet.value if facet else "", page=max(0, press.page)
    )
    await show(turn)


@router.callback_query(Pressed(ShowTheme))
async def show_theme(_: object, turn: Turn, press: ShowTheme) -> None:
    """Show a theme and its finer topics in the window."""
    if not beneath(press.theme):
        turn.toast(turn.say.plain("stale-toast"))
        return
    page = page_with(_listed(turn.say, Facet.TOPICS), press.theme)
    turn.conversation = turn.conversation.aside(
        STEP, facet=Facet.TOPICS.value, page=page, opened=press.theme
    )
    await show(turn)


@router.callback_query(Pressed(TakeOption, LeaveOption))
async def toggle(_: object, turn: Turn, press: TakeOption | LeaveOption) -> None:
    """Choose an option, or no longer."""
    facet = _facet(press.facet)
    if facet is None or not valid(facet, press.option):
        turn.toast(turn.say.plain("stale-toast"))
        return
    chosen = (await turn.store.searches.of(turn.who.id)).filters.of(facet)
    changed = chosen - {press.option} | (
        {press.option} if isinstance(press, TakeOption) else frozenset()
    )
    await matchmaking.narrow(turn.store, turn.clock, by=turn.who, facet=facet, options=changed)
    before = turn.conversation.pending if turn.conversation.step == STEP else {}
    shown = facet.value if press.page >= 0 else ""
    offered = [one for one in before.get("offered", []) if one != [facet.value, press.option]]
    turn.conversation = turn.conversation.aside(
        STEP,
        facet=shown,
        page=max(0, press.page),
        offered=offered,
        opened=before.get("opened") if facet is Facet.TOPICS else None,
    )
    await show(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Words: what is certain is chosen, what is likely becomes a button."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"), anew=True)
        return
    certain, likely = await understood(turn, turn.text, _facet(_pending(turn, "facet")))
    if not certain and not likely:
        await show(turn, turn.say("misheard-filters"), anew=True)
        return
    filters = (await turn.store.searches.of(turn.who.id)).filters
    for facet in dict.fromkeys(facet for facet, _ in certain):
        added = filters.of(facet) | {option for of, option in certain if of is facet}
        filters = await matchmaking.narrow(
            turn.store, turn.clock, by=turn.who, facet=facet, options=added
        )
    offered = [[facet.value, option] for facet, option in likely if (facet, option) not in certain]
    turn.conversation = turn.conversation.aside(
        STEP, facet=_pending(turn, "facet"), offered=offered[:MOST_OFFERED], page=0
    )
    await show(turn, turn.say("filters-understood"), anew=True)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The window as it stands, in place or in a new message."""
    filters = (await turn.store.searches.of(turn.who.id)).filters
    facet = _facet(_pending(turn, "facet"))
    lines = [note, Markup("")] if note else []
    if facet is None:
        lines += await _overview(turn, filters)
        keyboard = _facets(turn.say, filters)
    else:
        lines += [
            turn.say("filters-facet", facet=turn.say.plain(f"facet-{facet.value}")),
            turn.say("filters-chosen", chosen=_chosen(turn.say, facet, filters)),
        ]
        if facet is Facet.TOPICS:
            lines += [Markup(""), _list_hint(turn)]
        if facet is Facet.CLIMATES:
            lines += _without_climate(turn.say, await turn.store.organisations.of(turn.who.id))
        keyboard = _options_of(turn, facet, filters)
    message = Message(NEWLINE.join(lines), (*_offered(turn, filters), *keyboard))
    # A waiting question of the profile keeps its buttons: it is gone on with afterwards.
    question = not interrupts(turn)
    if anew:
        turn.send(message, question=question)
    else:
        turn.show(message, question=question)


asides.shows(STEP)(show)


async def _overview(turn: Turn, filters: Filters) -> list[Markup]:
    """Every facet, and how many partners pass."""
    say = turn.say
    own = await turn.store.organisations.of(turn.who.id)
    number = 0
    by_climate = filters.of(Facet.CLIMATES)
    if own is not None and own.published:
        number = await matchmaking.number_of_fitting(turn.store, turn.clock, own, filters)
    return [
        say("filters-title"),
        Markup(""),
        *search_cards.facet_lines(say, filters),
        *(_without_climate(say, own) if by_climate else []),
        Markup(""),
        say("filters-count", n=number),
    ]


def _without_climate(say: Speech, own: Organisation | None) -> list[Markup]:
    """That one's own climate is not known, where so: it cannot be compared then."""
    known = own is not None and own.place is not None and own.place.climate
    return [] if known else [say("filters-climate-unknown")]


def _facets(say: Speech, filters: Filters) -> Keyboard:
    buttons = [button(say, f"facet-{facet.value}", ShowFacet(0, facet.value)) for facet in Facet]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    clear = ((button(say, "button-clear-filters", ClearFilters("")),),) if filters.narrowed else ()
    return (
        *rows,
        (button(say, "button-show-partners", FindPartners()),),
        *clear,
        (button(say, "button-dismissed", ShowDismissed(0)),),
    )


def _list_hint(turn: Turn) -> Markup:
    opened = _opened(turn)
    if opened is None:
        return turn.say("list-of-themes")
    return turn.say("list-of-theme", theme=names.topic(turn.language, opened))


def _opened(turn: Turn) -> str | None:
    """The theme whose finer topics are shown."""
    opened = _pending(turn, "opened")
    return opened if opened is not None and beneath(opened) else None


def _options_of(turn: Turn, facet: Facet, filters: Filters) -> Keyboard:
    """A page of options, or of one theme; and where to go from there."""
    opened = _opened(turn) if facet is Facet.TOPICS else None
    rows = _page_of(turn, facet, filters) if opened is None else _theme(turn, opened, filters)
    return (
        *rows,
        (button(turn.say, "button-all-filters", ShowFacet(0, "")),),
        (button(turn.say, "button-show-partners", FindPartners()),),
    )


def _theme(turn: Turn, opened: str, filters: Filters) -> list[tuple[Button, ...]]:
    say, page = turn.say, int(_pending(turn, "page") or 0)
    options = (opened, *names.finer(say.language, opened))
    back = button(say, "button-all-themes", ShowFacet(page, Facet.TOPICS.value))
    return [*_rows(say, Facet.TOPICS, options, filters, page), (back,)]


def _page_of(turn: Turn, facet: Facet, filters: Filters) -> list[tuple[Button, ...]]:
    """A page of options. What is chosen and not on it stands above; themes are opened, so that
    all that is chosen of them does."""
    say = turn.say
    listed = _listed(say, facet)
    last = (len(listed) - 1) // PER_PAGE
    page = min(int(_pending(turn, "page") or 0), last)
    options = listed[page * PER_PAGE : (page + 1) * PER_PAGE]
    themes = options if facet is Facet.TOPICS else ()
    elsewhere = [one for one in sorted(filters.of(facet)) if themes or one not in options]
    rows = _rows(say, facet, [*elsewhere[:PER_PAGE], *(() if themes else options)], filters, page)
    rows += [(_opener(say, one),) for one in themes]
    turning = []
    if page > 0:
        turning.append(button(say, "button-page-before", ShowFacet(page - 1, facet.value)))
    if page < last:
        turning.append(button(say, "button-page-after", ShowFacet(page + 1, facet.value)))
    return [*rows, *([tuple(turning)] if turning else [])]


def _opener(say: Speech, theme: str) -> Button:
    return Button(f"{names.topic(say.language, theme)} {OPENS}", data=ShowTheme(theme).pack())


def _rows(
    say: Speech, facet: Facet, options: Iterable[str], filters: Filters, page: int
) -> list[tuple[Button, ...]]:
    words = search_cards.option_words(say, facet)
    buttons = [
        Button(f"{CHOSEN} {words(one)}", data=LeaveOption(page, facet.value, one).pack())
        if one in filters.of(facet)
        else Button(words(one), data=TakeOption(page, facet.value, one).pack())
        for one in options
    ]
    width = 1 if facet in WHOLE_ROWS else 2
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def _offered(turn: Turn, filters: Filters) -> Keyboard:
    """What may have been meant, each to be confirmed by its button."""
    rows: list[tuple[Button, ...]] = []
    shown = _facet(_pending(turn, "facet"))
    for name, option in turn.conversation.pending.get("offered", []):
        facet = Facet(name)
        page = -1 if shown is None else 0
        if option not in filters.of(facet):
            words = search_cards.option_words(turn.say, facet)(option)
            label = turn.say.plain(f"facet-{name}")
            rows.append((Button(f"{label}: {words}", data=TakeOption(page, name, option).pack()),))
    return tuple(rows)


def _chosen(say: Speech, facet: Facet, filters: Filters) -> Markup:
    return search_cards.facet_text(say, facet, filters.of(facet))


def _listed(say: Speech, facet: Facet) -> tuple[str, ...]:
    """The options of a facet that buttons offer; others can be named in words."""
    if facet is Facet.TOPICS:
        return names.themes(say.language)
    if facet is Facet.REGIONS:
        return tuple(one for one in FREQUENT_REGIONS if one != "anywhere")
    if facet is Facet.LANGUAGES:
        return tuple(FREQUENT_LANGUAGES)
    return tuple(one.value for one in _FIXED[facet])


def valid(facet: Facet, option: str) -> bool:
    """Whether there is such an option."""
    if facet is Facet.TOPICS:
        return option in load_topics()
    if facet is Facet.REGIONS:
        return option in load_regions() or option in country_codes()
    if facet is Facet.LANGUAGES:
        return option in names.languages_in_all_languages()
    return option in {one.value for one in _FIXED[facet]}


async def understood(
    turn: Turn, text: str, facet: Facet | None
) -> tuple[list[Option], list[Option]]:
    """Options that are certainly meant, and those that may be; of one facet or of all."""
    certain: list[Option] = []
    likely: list[Option] = []
    if facet is None:
        await _understand_all(turn, text, certain, likely)
    else:
        await _understand(turn, text, facet, certain, likely)
    return certain, likely


async def _understand_all(
    turn: Turn, text: str, certain: list[Option], likely: list[Option]
) -> None:
    """Options of any facet. "The same climate" names no topic, so it is looked for first, and the
    rest is for the others. A sector counts only where no topic is meant: "wastewater" is both, and
    narrows once."""
    forms = _phrases(Facet.FORMS)
    relative = {**_phrases(Facet.WAYS), **_phrases(Facet.CLIMATES)}
    meant, rest = named(text, {name: one for name, one in relative.items() if name not in forms})
    certain += sorted(meant)
    if not any(map(str.isalnum, rest)):
        return
    for facet in Facet:
        if facet not in RELATIVE and facet is not Facet.SECTORS:
            await _understand(turn, rest, facet, certain, likely)
    if not any(facet is Facet.TOPICS for facet, _ in certain):
        await _understand(turn, rest, Facet.SECTORS, certain, likely)
    # A "mentor" is a form of partnership already; that it is a way, too, is only likely.
    for facet in Facet:
        if facet in RELATIVE:
            await _understand(turn, rest, facet, likely, likely)


@cache
def _phrases(facet: Facet) -> dict[str, Option]:
    """Words for the options of a facet, in small letters, and which option they mean."""
    return {
        " ".join(name.casefold().split()): (facet, option)
        for option, several in _names_of(facet).items()
        for name in several
    }


async def _understand(
    turn: Turn, text: str, facet: Facet, certain: list[Option], likely: list[Option]
) -> None:
    understanding = turn.services.understanding
    if facet in RELATIVE:
        # "Give and take" is one name, though "and" often leads from one thing to the next.
        meant, _ = named(text, _phrases(facet))
        guesses = () if meant else await understanding.options(text, _names_of(facet))
        found = [(option, True) for _, option in sorted(meant)]
        found += [(one.option, one.exact) for one in guesses]
    elif facet is Facet.TOPICS:
        mentions = await understanding.topics(text, turn.language)
        found = [(one.topic, one.exact) for each in mentions for one in each.guesses]
    elif facet is Facet.REGIONS:
        guesses = await understanding.regions(parts_of_a_wish(text), turn.language)
        found = [(one.option, one.exact) for one in guesses]
    else:
        guesses = await understanding.options(parts_of_a_wish(text), _names_of(facet))
        # What is only like a name is of no interest beside the name itself.
        exact = [one for one in guesses if one.exact]
        found = [(one.option, one.exact) for one in exact or guesses]
    certain += [(facet, option) for option, exact in found if exact and valid(facet, option)]
    likely += [(facet, option) for option, exact in found if not exact and valid(facet, option)]


@cache
def _names_of(facet: Facet) -> dict[str, tuple[str, ...]]:
    several = {
        Facet.SECTORS: names.sectors_in_all_languages,
        Facet.FORMS: names.forms_in_all_languages,
        Facet.LANGUAGES: names.languages_in_all_languages,
        Facet.WAYS: names.ways_in_all_languages,
        Facet.CLIMATES: names.climates_in_all_languages,
    }
    return dict(several[facet]())


def _facet(name: object) -> Facet | None:
    return Facet(name) if name in {one.value for one in Facet} else None


def _pending(turn: Turn, name: str) -> Any:
    return turn.conversation.pending.get(name) if turn.conversation.step == STEP else None
