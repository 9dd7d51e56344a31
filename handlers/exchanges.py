"""Exchanges: the list of what fits, searching it in words, and the window of one."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from markupsafe import Markup

from actions import exchange_lists, roles
from actions.exchange_lists import Listed, Listing
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.exchange_cards import coming_line, entry_line, exchange_card, title_of
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_joining import (
    AskToJoin,
    JoinByCode,
    LeaveExchange,
    LeaveSearch,
    SearchExchanges,
    ShowExchanges,
    TakeRequestBack,
)
from delivery.presses_of_running import BeginExchange
from delivery.zones import zone_of_reader
from domain.errors import Refusal
from domain.exchanges import Entry, MembershipState
from domain.rules.holding import WHERE_UNKNOWN
from domain.rules.permissions import Verb
from domain.rules.plain_text import cleaned, says_something
from handlers import asides, doors
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="exchanges")

STEP = "exchange-search"
MOST_SEARCHED = 50
"""Bytes of the words that are searched for: they travel in the buttons that turn pages."""


@router.message(Command("exchanges"))
async def show_first(_: object, turn: Turn, command: CommandObject) -> None:
    """What fits best; or what the words behind the command mean."""
    turn.conversation = turn.conversation.over()
    turn.send(await _page(turn, 0, searched(command.args or "")))


@router.callback_query(Pressed(ShowExchanges))
async def show_page(_: object, turn: Turn, press: ShowExchanges) -> None:
    """A page of them, in place."""
    turn.show(await _page(turn, press.page, press.words))


@router.callback_query(Pressed(SearchExchanges))
async def ask_for_words(_: object, turn: Turn) -> None:
    """Ask what to search for, beneath the list."""
    turn.conversation = turn.conversation.aside(STEP)
    await show_search(turn, anew=True)


@router.callback_query(Pressed(LeaveSearch))
async def leave_search(_: object, turn: Turn) -> None:
    """Back to all of them."""
    left = turn.conversation.step == STEP
    turn.show(await _page(turn, 0, ""))
    if left:
        turn.conversation = turn.conversation.over()
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Search for these words."""
    words = searched(turn.text or "")
    if not says_something(words):
        await show_search(turn, turn.say("misheard-no-words"))
        return
    turn.conversation = turn.conversation.over()
    turn.send(await _page(turn, 0, words))


async def show_search(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for words."""
    lines = [*([note] if note else []), turn.say("exchange-search-question")]
    rows = ((button(turn.say, "button-all-exchanges", LeaveSearch()),),)
    message = Message(Markup("\n\n").join(lines), rows)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show_search)


@router.callback_query(Pressed(ShowExchange))
async def show_one(_: object, turn: Turn, press: ShowExchange) -> None:
    """One of them, in place."""
    turn.show(await window(turn, press.exchange))


def searched(words: str) -> str:
    """What is searched for: the words on one line, as many as fit into a button."""
    kept = cleaned(words).encode()[:MOST_SEARCHED]
    return kept.decode(errors="ignore").strip()


async def _page(turn: Turn, number: int, words: str) -> Message:
    say = turn.say
    page = await exchange_lists.listing(
        turn.store, turn.clock, turn.services.understanding, to=turn.who, words=words, page=number
    )
    if words:
        title = say("exchanges-found", words=words) if page.total else None
        lines = [title or say("exchanges-no-hit", words=words)]
    else:
        lines = [say("exchanges-title") if page.total else say("exchanges-none")]
    zone = await zone_of_reader(
        turn.store, turn.who, page.here[0].exchange.zone if page.here else WHERE_UNKNOWN
    )
    first = page.number * exchange_lists.PER_PAGE + 1
    rows: list[tuple[Button, ...]] = []
    for place, one in enumerate(page.here, first):
        lines += [Markup(""), _line(turn, place, one, zone)]
        name = f"{place}. {names.cut(title_of(say, one.exchange), 50)}"
        rows.append((Button(name, data=ShowExchange(one.exchange.id).pack()),))
    return Message(NEWLINE.join(lines), (*rows, *await _beneath(turn, page, words)))


async def _beneath(turn: Turn, page: Listing, words: str) -> Keyboard:
    """Turning pages, searching, and beginning one."""
    say = turn.say
    turning = []
    if page.number > 0:
        turning.append(button(say, "button-page-before", ShowExchanges(page.number - 1, words)))
    if page.number < page.last:
        turning.append(button(say, "button-page-after", ShowExchanges(page.number + 1, words)))
    rows = [tuple(turning)] if turning else []
    rows.append((button(say, "button-search-exchanges", SearchExchanges()),))
    if words:
        rows.append((button(say, "button-all-exchanges", ShowExchanges(0, "")),))
    if await roles.allowed(turn.store, turn.who, Verb.BEGIN_EXCHANGE):
        rows.append((button(say, "button-new-exchange", BeginExchange()),))
    return tuple(rows)


def _line(turn: Turn, place: int, one: Listed, zone: str) -> Markup:
    say = turn.say
    title = title_of(say, one.exchange)
    lines = [say("exchange-line", number=place, title=title), _standing(turn, one)]
    if one.coming is not None:
        lines.append(coming_line(say, one.coming, zone))
    return NEWLINE.join(lines)


def _standing(turn: Turn, one: Listed) -> Markup:
    """How the reader stands to it; where not at all, who may join."""
    own = _own_line(turn, one)
    return own or entry_line(turn.say, one.exchange)


def _own_line(turn: Turn, one: Listed) -> Markup | None:
    say, there = turn.say, one.membership
    if there is not None and there.open:
        return say("exchange-waits", date=say.date(there.asked_at))
    if one.runs:
        return say("exchange-run")
    return say("exchange-taking-part") if there is not None and there.takes_part else None


async def window(
    turn: Turn, exchange: int, note: Markup | None = None, *, code: str | None = None
) -> Message:
    """One exchange, and what can be done; `code`: they come with one that lets them in. Raises a
    refusal where they may not see it."""
    say = turn.say
    found = await exchange_lists.seen(
        turn.store, turn.clock, to=turn.who, exchange=exchange, invited=code is not None
    )
    if found is None:
        raise Refusal("refusal-exchange-gone")
    members = await turn.store.memberships.number(exchange)
    zone = await zone_of_reader(turn.store, turn.who, found.exchange.zone)
    parts = [note, _own_line(turn, found), exchange_card(say, found.exchange, members=members)]
    if found.exchange.running:
        parts.append(coming_line(say, found.coming, zone))
    standing = doors.Standing(found.exchange, found.membership, found.runs)
    rows = (
        *_joining(turn, found, code),
        *await doors.rows_of_exchange(turn, standing),
        *_leaving(turn, found),
        (button(say, "button-all-exchanges", ShowExchanges(0, "")),),
    )
    return Message(Markup("\n\n").join(part for part in parts if part), rows)


def _joining(turn: Turn, one: Listed, code: str | None) -> Keyboard:
    """The button by which they ask, where they do not take part yet."""
    there = one.membership
    if not one.exchange.running or (there is not None and there.takes_part):
        return ()
    if code is not None:
        return ((button(turn.say, "button-join", JoinByCode(code)),),)
    if one.exchange.entry is Entry.BY_INVITATION or (there is not None and there.open):
        return ()
    key = "button-join" if one.exchange.entry is Entry.OPEN else "button-ask-to-join"
    if there is not None and there.state is MembershipState.LEFT:
        key = "button-join-again"
    return ((button(turn.say, key, AskToJoin(one.exchange.id)),),)


def _leaving(turn: Turn, one: Listed) -> Keyboard:
    there = one.membership
    if there is not None and there.open:
        return ((button(turn.say, "button-take-request-back", TakeRequestBack(one.exchange.id)),),)
    if there is not None and there.takes_part:
        return ((button(turn.say, "button-leave-exchange", LeaveExchange(one.exchange.id)),),)
    return ()
