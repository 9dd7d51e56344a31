"""The questions about an exchange, one after the other when it begins, and each by itself when it
is changed later."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from markupsafe import Markup

from actions import exchanges, roles
from actions.contacts import contact_in, holds_a_number, name_beside
from actions.exchanges import Draft
from actions.running import require_runs
from delivery.message import Message
from delivery.presses_of_running import (
    BeginExchange,
    ChangeExchange,
    ConfirmExchange,
    FieldBack,
    FieldDone,
    LeaveDraft,
    SetField,
    SkipField,
    ToggleOption,
)
from delivery.zones import zone_of_writer
from domain.conversations import Conversation
from domain.exchanges import Contact, Entry, Exchange
from domain.joining import LONGEST_TEXT, LONGEST_TITLE
from domain.languages import LANGUAGES
from domain.organisations import Sector
from domain.rules.hours import known_zone
from domain.rules.permissions import Verb
from domain.rules.plain_text import cleaned
from domain.topics import load_topics
from handlers import asides, exchange_settings
from handlers import exchanges as exchange_windows
from handlers.exchange_questions import (
    FIELDS,
    PREVIEW,
    STEP,
    TEXTS,
    drafted,
    question,
    rows,
    skipping,
)
from handlers.leaving import Words, go_on, interrupts
from handlers.menu import menu
from handlers.profile import wizard
from handlers.settings.zones import understood
from handlers.turn import Pressed, Turn
from handlers.typed import unfit
from locales import names

router = Router(name="exchange-fields")

MOST_TOPICS = 8


@router.callback_query(Pressed(BeginExchange))
async def begin(_: object, turn: Turn) -> None:
    """The first question."""
    await roles.require(turn.store, turn.who, Verb.BEGIN_EXCHANGE)
    zone = await zone_of_writer(turn.store, turn.who)
    turn.conversation = turn.conversation.aside(
        STEP, exchange=0, field=FIELDS[0], language=turn.language, draft={"zone": zone}
    )
    await show(turn, anew=True)


@router.callback_query(Pressed(ChangeExchange))
async def change(_: object, turn: Turn, press: ChangeExchange) -> None:
    """One question about an exchange that there is."""
    found = await require_runs(turn.store, turn.who, press.exchange)
    if press.field not in FIELDS:
        turn.toast(turn.say.plain("stale-toast"))
        return
    if press.field in TEXTS and press.language not in LANGUAGES:
        turn.show(exchange_settings.which_language(turn.say, found, press.field))
        return
    turn.conversation = turn.conversation.aside(
        STEP, exchange=found.id, field=press.field, language=press.language, draft=stored(found)
    )
    await show(turn)


def stored(exchange: Exchange) -> dict[str, Any]:
    """What an exchange has, as it lies in a conversation."""
    contact = exchange.contact
    return {
        "title": dict(exchange.title),
        "description": dict(exchange.description),
        "rules": dict(exchange.rules),
        "contact": [contact.name, contact.email, contact.phone],
        "sectors": sorted(exchange.sectors),
        "topics": sorted(exchange.topics),
        "entry": exchange.entry.value,
        "zone": exchange.zone,
    }


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The question that waits, or the preview."""
    text = question(turn)
    lines = [*([note] if note else []), text]
    message = Message(Markup("\n\n").join(lines), rows(turn))
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


@asides.unfinished_when(STEP)
def unfinished(conversation: Conversation) -> bool:
    """Whether something of a new exchange has been answered."""
    pending = conversation.pending
    return not pending.get("exchange") and bool(pending.get("draft", {}).get("title"))


def _field(turn: Turn) -> str:
    return str(turn.conversation.pending.get("field", FIELDS[0]))


async def _stale(turn: Turn, field: str) -> bool:
    """Whether a button belongs to another question than the one that waits; then that is said."""
    if turn.conversation.step == STEP and _field(turn) == field:
        return False
    await wizard.refuse_stale(turn)
    return True


async def _take(turn: Turn, value: object, *, anew: bool = False) -> None:
    """An answer: on to the next question, or changed at once."""
    pending, field = turn.conversation.pending, _field(turn)
    draft = {**pending.get("draft", {}), field: value}
    if exchange := int(pending.get("exchange", 0)):
        only = {field: value}
        await exchanges.change(turn.store, by=turn.who, exchange=exchange, draft=draft_of(only))
        await _changed(turn, exchange)
        return
    await _move(turn, draft, (*FIELDS, PREVIEW)[FIELDS.index(field) + 1], anew=anew)


async def _changed(turn: Turn, exchange: int) -> None:
    turn.conversation = turn.conversation.over()
    turn.show(await exchange_settings.window(turn, exchange, turn.say("settings-kept")))
    if turn.press is not None:
        await go_on(turn)


async def _move(turn: Turn, draft: dict[str, Any], field: str, *, anew: bool) -> None:
    kept = turn.conversation.pending
    turn.conversation = turn.conversation.over().aside(
        STEP, exchange=0, field=field, language=kept.get("language", turn.language), draft=draft
    )
    await show(turn, anew=anew)


@router.callback_query(Pressed(FieldBack))
async def back(_: object, turn: Turn, press: FieldBack) -> None:
    """To the question before."""
    pending = turn.conversation.pending
    order = (*FIELDS, PREVIEW)
    here = order.index(press.field) if press.field in order else 0
    if await _stale(turn, press.field):
        return
    await _move(turn, pending.get("draft", {}), order[max(0, here - 1)], anew=False)


@router.callback_query(Pressed(SkipField))
async def skip(_: object, turn: Turn, press: SkipField) -> None:
    """Leave it empty; of a text, in this language."""
    if await _stale(turn, press.field):
        return
    if skipping(turn, press.field) is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    await _take(turn, _texts(turn, "") if press.field in TEXTS else [])


def _texts(turn: Turn, text: str) -> dict[str, str]:
    """The field's texts with this one in the language that is asked for; "" takes it away. Of an
    exchange that there is, this one alone: others may be written in other languages meanwhile."""
    pending = turn.conversation.pending
    language = pending.get("language", turn.language)
    if pending.get("exchange"):
        return {language: text}
    kept = {**(pending.get("draft", {}).get(_field(turn)) or {}), language: text}
    return {language: one for language, one in kept.items() if one}


@router.callback_query(Pressed(ToggleOption))
async def toggle(_: object, turn: Turn, press: ToggleOption) -> None:
    """Choose one of several, or no longer."""
    known: dict[str, frozenset[str]] = {
        "sectors": frozenset(Sector),
        "topics": frozenset(load_topics()),
    }
    if await _stale(turn, press.field):
        return
    if press.option not in known.get(press.field, frozenset()):
        turn.toast(turn.say.plain("stale-toast"))
        return
    draft = turn.conversation.pending.get("draft", {})
    chosen = frozenset(draft.get(press.field) or []) ^ {press.option}
    offered = turn.conversation.pending.get("offered", [])
    turn.conversation = turn.conversation.choosing(
        draft={**draft, press.field: sorted(chosen)},
        offered=list(dict.fromkeys([*offered, press.option])),
    )
    await show(turn)


@router.callback_query(Pressed(FieldDone))
async def done(_: object, turn: Turn, press: FieldDone) -> None:
    """What is chosen is the answer."""
    if await _stale(turn, press.field):
        return
    draft = turn.conversation.pending.get("draft", {})
    if press.field in ("sectors", "topics"):
        await _take(turn, draft.get(press.field) or [])
    else:
        turn.toast(turn.say.plain("stale-toast"))


@router.callback_query(Pressed(SetField))
async def set_field(_: object, turn: Turn, press: SetField) -> None:
    """A button's answer."""
    if await _stale(turn, press.field):
        return
    value = _of_button(turn, press)
    if value is None:
        turn.toast(turn.say.plain("stale-toast"))
    else:
        await _take(turn, value)


def _of_button(turn: Turn, press: SetField) -> object | None:
    """What a button stands for; None where it stands for nothing."""
    if press.field == "entry" and press.value in set(Entry):
        return press.value
    if press.field == "zone" and known_zone(press.value):
        return press.value
    if press.field == "contact" and turn.who.name and turn.who.email:
        return [turn.who.name, turn.who.email, turn.who.phone]
    return None


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Words for the question that waits."""
    field = _field(turn)
    note = unfit(turn, LONGEST_TITLE if field == "title" else LONGEST_TEXT)
    if note is not None:
        await show(turn, note, anew=True)
        return
    reads = READS.get(field)
    if reads is None:
        await show(turn, turn.say("misheard-exchange-choice"), anew=True)
        return
    misheard = await reads(turn, turn.text or "")
    if misheard is not None:
        await show(turn, misheard, anew=True)


Reads = Callable[[Turn, str], Awaitable[Markup | None]]
"""Takes words for a field; returns what to say where they do not answer it."""


async def _read_text(turn: Turn, text: str) -> None:
    said = cleaned(text) if _field(turn) == "title" else text.strip()
    await _take(turn, _texts(turn, said), anew=True)


async def _read_contact(turn: Turn, text: str) -> Markup | None:
    found, name = contact_in(text), cleaned(name_beside(text))
    named = 0 < len(name) <= LONGEST_TITLE and not holds_a_number(name)
    if found is None or found.email is None or not named:
        return turn.say("misheard-named-contact")
    await _take(turn, [name, found.email, found.phone], anew=True)
    return None


async def _read_sectors(turn: Turn, text: str) -> Markup | None:
    guesses = await turn.services.understanding.options(text, names.sectors_in_all_languages())
    return await _choose(turn, [one.option for one in guesses], [])


async def _read_topics(turn: Turn, text: str) -> Markup | None:
    mentions = await turn.services.understanding.topics(text, turn.language)
    best = [one.guesses[0].topic for one in mentions if one.guesses]
    others = [guess.topic for one in mentions for guess in one.guesses[1:]]
    return await _choose(turn, best, others)


async def _choose(turn: Turn, best: list[str], others: list[str]) -> Markup | None:
    """Choose what was certainly meant, and offer the rest beneath."""
    if not best:
        return turn.say("misheard-exchange-options")
    pending, field = turn.conversation.pending, _field(turn)
    draft = pending.get("draft", {})
    chosen = sorted({*(draft.get(field) or []), *best})
    offered = list(dict.fromkeys([*pending.get("offered", []), *chosen, *others]))
    turn.conversation = turn.conversation.choosing(
        draft={**draft, field: chosen}, offered=offered[: max(MOST_TOPICS, len(chosen))]
    )
    await show(turn, anew=True)
    return None


async def _read_zone(turn: Turn, text: str) -> Markup | None:
    offers = await understood(turn, text)
    if len(offers) == 1:
        await _take(turn, offers[0][1], anew=True)
        return None
    turn.conversation = turn.conversation.choosing(offered=offers)
    return turn.say("settings-zone-which" if offers else "misheard-zone")


READS: dict[str, Reads] = {
    **dict.fromkeys(TEXTS, _read_text),
    "contact": _read_contact,
    "sectors": _read_sectors,
    "topics": _read_topics,
    "zone": _read_zone,
}


@router.callback_query(Pressed(ConfirmExchange))
async def confirm(_: object, turn: Turn) -> None:
    """Begin it as the preview shows it."""
    if await _stale(turn, PREVIEW):
        return
    draft = drafted(turn)
    made = await exchanges.begin(turn.store, turn.clock, by=turn.who, draft=draft_of(draft))
    turn.conversation = turn.conversation.over()
    turn.show(await exchange_windows.window(turn, made.id, turn.say("exchange-begun")))
    await go_on(turn)


def draft_of(data: dict[str, Any]) -> Draft:
    """What lies in a conversation, as the action takes it."""
    contact, entry = data.get("contact"), data.get("entry")
    sectors, topics = data.get("sectors"), data.get("topics")
    return Draft(
        title=data.get("title"),
        description=data.get("description"),
        rules=data.get("rules"),
        contact=Contact(*contact) if contact else None,
        sectors=None if sectors is None else frozenset(map(Sector, sectors)),
        topics=None if topics is None else frozenset(topics),
        entry=Entry(entry) if entry else None,
        zone=data.get("zone"),
    )


@router.callback_query(Pressed(LeaveDraft))
async def leave(_: object, turn: Turn) -> None:
    """Ask no more; what is begun stays as it is."""
    if turn.conversation.step != STEP:
        await wizard.refuse_stale(turn)
        return
    exchange = int(turn.conversation.pending.get("exchange", 0))
    turn.conversation = turn.conversation.over()
    if exchange:
        turn.show(await exchange_settings.window(turn, exchange))
    else:
        turn.show(Message(turn.say("exchange-draft-left"), menu(turn.say)))
    await go_on(turn)
