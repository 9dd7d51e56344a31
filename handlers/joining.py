"""Joining an exchange: from its window or by a link, in as few words as it takes; leaving it."""

from typing import Any

from aiogram import Router
from markupsafe import Markup

from actions import entry_codes, exchange_lists, joining
from delivery.buttons import button
from delivery.exchange_cards import contact_line, title_of
from delivery.message import Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_joining import (
    AskToJoin,
    JoinByCode,
    LeaveExchange,
    LeaveJoining,
    ShowExchanges,
    TakeRequestBack,
    WithoutNote,
)
from domain.errors import Refusal
from domain.exchanges import Exchange, Membership
from domain.joining import LONGEST_NAME, LONGEST_NOTE
from domain.profiles import Answer
from domain.rules.joining import comes_in_at_once
from domain.rules.plain_text import cleaned
from handlers import asides, exchanges, links
from handlers.leaving import Words, go_on, interrupts
from handlers.menu import menu
from handlers.profile import taken, wizard
from handlers.turn import Pressed, Turn
from handlers.typed import unfit

router = Router(name="joining")

STEP = "joining"
LINK = "join_"
NAME, ORGANISATION, NOTE = "name", "organisation", "note"
OF_THE_PROFILE = {NAME: Answer.NAME, ORGANISATION: Answer.ORGANISATION}
"""What is asked here and in the profile."""


@links.follows(LINK)
async def follow(turn: Turn, rest: str) -> None:
    """By a link: to an exchange that is listed, by its number; or with a code that lets in."""
    if rest.isdecimal() and len(rest) < entry_codes.LENGTH:
        await _arrive(turn, int(rest) if len(rest) < 19 else 0)
        return
    led = await entry_codes.follow(turn.store, turn.clock, by=turn.who, code=rest)
    if led.exchange is not None and led.invitation is not None:
        await _arrive(turn, led.exchange.id, code=rest, invitation=led.invitation)
    elif led.exchange is not None:
        turn.send(turn.say("entry-code-ended", contact=contact_line(turn.say, led.exchange)))
    else:
        turn.send(turn.say("entry-code-wrong"))


async def _arrive(
    turn: Turn, exchange: int, *, code: str | None = None, invitation: str | None = None
) -> None:
    """Its window; who has no profile yet has come to join, and is asked for what that takes."""
    turn.send(await exchanges.window(turn, exchange, code=code))
    there = await turn.store.memberships.between(exchange, turn.who.id)
    found = await turn.store.exchanges.by_id(exchange)
    taking_part = there is not None and (there.open or there.takes_part)
    if turn.who.name is None and not taking_part and found is not None and found.running:
        await _begin(turn, exchange, invitation, anew=True)


@router.callback_query(Pressed(AskToJoin))
async def ask(_: object, turn: Turn, press: AskToJoin) -> None:
    """Ask to take part."""
    await _begin(turn, press.exchange, None)


@router.callback_query(Pressed(JoinByCode))
async def ask_by_code(_: object, turn: Turn, press: JoinByCode) -> None:
    """The same with a code, which may have ended since."""
    led = await entry_codes.follow(turn.store, turn.clock, by=turn.who, code=press.invitation)
    if led.exchange is None:
        turn.show(turn.say("entry-code-wrong"))
    elif led.invitation is None:
        turn.show(turn.say("entry-code-ended", contact=contact_line(turn.say, led.exchange)))
    else:
        await _begin(turn, led.exchange.id, led.invitation)


async def _begin(turn: Turn, exchange: int, invitation: str | None, *, anew: bool = False) -> None:
    """Ask for what is missing, or join."""
    found = await exchange_lists.seen(
        turn.store, turn.clock, to=turn.who, exchange=exchange, invited=invitation is not None
    )
    if found is None:
        raise Refusal("refusal-exchange-gone")
    there = found.membership
    if there is not None and (there.open or there.takes_part):
        turn.show(await exchanges.window(turn, exchange))
        return
    wanted = await _wanted(turn, found.exchange, there, invited=invitation is not None)
    turn.conversation = turn.conversation.aside(
        STEP, exchange=exchange, invitation=invitation, wanted=wanted, said={}
    )
    if wanted:
        await show(turn, anew=anew)
    else:
        await _join(turn)


async def _wanted(
    turn: Turn, exchange: Exchange, there: Membership | None, *, invited: bool
) -> list[str]:
    """What is not known yet and coordinators need, and a note where they decide."""
    own = await turn.store.organisations.of(turn.who.id)
    known = {
        NAME: turn.who.name or (there and there.name),
        ORGANISATION: (own and own.name) or (there and there.organisation),
        NOTE: comes_in_at_once(exchange, invited=invited),
    }
    return [what for what, is_known in known.items() if not is_known]


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """An answer to what was asked."""
    pending = turn.conversation.pending
    wanted = list(pending.get("wanted", [])) or [NOTE]
    note = unfit(turn, LONGEST_NOTE if wanted[0] == NOTE else LONGEST_NAME)
    if note is not None:
        await show(turn, note, anew=True)
        return
    text = turn.text or ""
    said = {**pending.get("said", {}), wanted[0]: text if wanted[0] == NOTE else cleaned(text)}
    turn.conversation = turn.conversation.choosing(wanted=wanted[1:], said=said)
    if wanted[1:]:
        await show(turn, anew=True)
    else:
        await _join(turn)


@router.callback_query(Pressed(WithoutNote))
async def without_note(_: object, turn: Turn, press: WithoutNote) -> None:
    """Nothing to add."""
    pending = turn.conversation.pending
    here = turn.conversation.step == STEP and pending.get("exchange") == press.exchange
    if not here or pending.get("wanted") != [NOTE]:
        await wizard.refuse_stale(turn)
        return
    await _join(turn)


@router.callback_query(Pressed(LeaveJoining))
async def leave_joining(_: object, turn: Turn, press: LeaveJoining) -> None:
    """Do not ask after all."""
    left = turn.conversation.step == STEP
    turn.show(await exchanges.window(turn, press.exchange, turn.say("joining-left")))
    if left:
        turn.conversation = turn.conversation.over()
        await go_on(turn)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for what is wanted next."""
    say, pending = turn.say, turn.conversation.pending
    exchange = await turn.store.exchanges.by_id(int(pending.get("exchange", 0)))
    asked = (pending.get("wanted") or [NOTE])[0]
    title = title_of(say, exchange) if exchange else say.plain("not-stated")
    lines = [*([note] if note else []), say(f"joining-{asked}", title=title)]
    rows = []
    number = exchange.id if exchange else 0
    if asked == NOTE:
        rows.append((button(say, "button-without-note", WithoutNote(number)),))
    rows.append((button(say, "button-leave-joining", LeaveJoining(number)),))
    message = Message(Markup("\n\n").join(lines), tuple(rows))
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _join(turn: Turn) -> None:
    pending: dict[str, Any] = turn.conversation.pending
    said = pending.get("said", {})
    made = await joining.ask(
        turn.store,
        turn.clock,
        by=turn.who,
        exchange=int(pending.get("exchange", 0)),
        invitation=pending.get("invitation"),
        **said,
    )
    turn.conversation = turn.conversation.over()
    turn.show(await _joined(turn, made))
    turn.message_id = None  # What follows stands beneath it, also after a press.
    heard = {which: said[what] for what, which in OF_THE_PROFILE.items() if what in said}
    if await taken.take(turn, heard, turn.say("joining-taken-over")):
        return
    if turn.press is not None:
        await go_on(turn)


async def _joined(turn: Turn, made: Membership) -> Message:
    """What came of it, and what can be done meanwhile."""
    say = turn.say
    exchange = await turn.store.exchanges.by_id(made.exchange)
    title = title_of(say, exchange) if exchange else ""
    key = "joined-at-once" if made.takes_part else "joining-sent"
    rows: Keyboard = ((button(say, "button-show-exchange", ShowExchange(made.exchange)),),)
    if made.open:
        rows += ((button(say, "button-take-request-back", TakeRequestBack(made.exchange)),),)
    return Message(say(key, title=title), (*rows, *menu(say)))


@router.callback_query(Pressed(TakeRequestBack))
async def take_back(_: object, turn: Turn, press: TakeRequestBack) -> None:
    """Wait no longer."""
    await joining.withdraw(turn.store, turn.clock, by=turn.who, exchange=press.exchange)
    turn.show(await _window_or_list(turn, press.exchange, turn.say("request-taken-back")))


@router.callback_query(Pressed(LeaveExchange))
async def leave(_: object, turn: Turn, press: LeaveExchange) -> None:
    """Take part no longer; its window offers to join again."""
    await joining.leave(turn.store, turn.clock, by=turn.who, exchange=press.exchange)
    turn.show(await _window_or_list(turn, press.exchange, turn.say("exchange-left")))


async def _window_or_list(turn: Turn, exchange: int, note: Markup) -> Message:
    """The window; where they may not see it any more, only what was done."""
    found = await exchange_lists.seen(turn.store, turn.clock, to=turn.who, exchange=exchange)
    if found is not None:
        return await exchanges.window(turn, exchange, note)
    back = (button(turn.say, "button-other-exchanges", ShowExchanges(0, "")),)
    return Message(note, (back,))
