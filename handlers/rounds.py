"""Rounds within an exchange, for its members: my group, whether I take part, and how it went."""

from datetime import date, timedelta

from aiogram import Router
from markupsafe import Markup

from actions import round_programmes, rounds
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.rounds import (
    Seated,
    helped_rows,
    met_rows,
    opened_words,
    part_rows,
    seated,
    unplaced_words,
)
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_rounds import (
    AskRoundPause,
    PauseRoundsUntil,
    ShowMyRounds,
    ShowRounds,
    TakePart,
    TellMet,
    TellRoundHelped,
)
from delivery.round_cards import rhythm_line
from delivery.zones import zone_of_reader
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange
from domain.people import Detail
from domain.round_programmes import LEFT_OUT, Met, Part, Programme, Seat
from domain.rules.dates_typed import date_in
from domain.rules.rounds import day_of
from domain.texts import shown
from handlers import asides, doors
from handlers.leaving import Words
from handlers.turn import Pressed, Turn
from locales import moments

router = Router(name="rounds")

PAUSE = "rounds-pause"
PAUSES = (14, 28, 91)
"""So many days are offered for a pause."""


@doors.of_exchange(40)
async def door(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """To one's own group, and to what somebody runs."""
    found = standing.exchange.id
    mine = (button(turn.say, "button-rounds-mine", ShowMyRounds(found)),)
    running = (button(turn.say, "button-rounds-run", ShowRounds(found)),)
    return (*(mine if standing.member else ()), *(running if standing.runs else ()))


@router.callback_query(Pressed(ShowMyRounds))
async def open_mine(_: object, turn: Turn, press: ShowMyRounds) -> None:
    """How the rounds stand, for a member."""
    leave_pause(turn)
    await show_mine(turn, press.exchange)


@router.callback_query(Pressed(TakePart))
async def take_part(_: object, turn: Turn, press: TakePart) -> None:
    """Yes or no; who takes part and shows no contact details is told what that means."""
    yes = press.yes == 1
    await round_programmes.take_part(
        turn.store, turn.clock, by=turn.who, programme=press.programme, yes=yes
    )
    leave_pause(turn)
    note = turn.say("rounds-said-yes" if yes else "rounds-said-no")
    if yes and not {Detail.EMAIL, Detail.PHONE} & turn.who.shared().keys():
        note = Markup("\n\n").join([note, turn.say("rounds-no-contact")])
    await show_mine(turn, await _exchange_of(turn, press.programme), note)


async def _exchange_of(turn: Turn, programme: int) -> int:
    found = await turn.store.rounds.programme(programme)
    if found is None:
        raise NotYours
    return found.exchange


@router.callback_query(Pressed(AskRoundPause))
async def ask_pause(_: object, turn: Turn, press: AskRoundPause) -> None:
    """Until when? A button, or a day in words."""
    turn.conversation = turn.conversation.aside(PAUSE, exchange=press.exchange)
    await show_pause(turn)


async def show_pause(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask until when to pause."""
    say, number = turn.say, int(turn.conversation.pending.get("exchange", 0))
    found, _, _ = await round_programmes.own_part(turn.store, by=turn.who, exchange=number)
    today = await _today(turn, number)
    rows: list[tuple[Button, ...]] = []
    if found is not None:
        for days in PAUSES:
            day = today + timedelta(days=days)
            press = PauseRoundsUntil(found.id, day.isoformat())
            rows.append((button(say, "button-rounds-until", press, day=say.date(day)),))
    rows.append((button(say, "button-back", ShowMyRounds(number)),))
    text = Markup("\n\n").join(one for one in (note, say("rounds-pause-question")) if one)
    message = Message(text, tuple(rows))
    if anew:
        turn.send(message, question=True)
    else:
        turn.show(message, question=True)


asides.shows(PAUSE)(show_pause)


@router.message(asides.Aside(PAUSE), Words())
async def hear_pause(_: object, turn: Turn) -> None:
    """A day in words."""
    number = int(turn.conversation.pending.get("exchange", 0))
    today = await _today(turn, number)
    day = date_in(turn.text, turn.language, today) if turn.text is not None else None
    if day is None:
        await show_pause(turn, misheard_day(turn), anew=True)
        return
    found, _, _ = await round_programmes.own_part(turn.store, by=turn.who, exchange=number)
    if found is None:
        raise NotYours
    try:
        await _pause(turn, found.id, day)
    except Refusal as refusal:
        if isinstance(refusal, NotYours) or not found.running:
            raise
        await show_pause(turn, turn.say(refusal.key), anew=True)
        return
    leave_pause(turn)
    await show_mine(turn, number, turn.say("rounds-kept"), anew=True)


def misheard_day(turn: Turn) -> Markup:
    """That no day was found in it, with one as an example."""
    if turn.text is None:
        return turn.say("misheard-not-text")
    return turn.say("misheard-day", day=turn.say.date(turn.clock() + timedelta(days=30)))


@router.callback_query(Pressed(PauseRoundsUntil))
async def pause(_: object, turn: Turn, press: PauseRoundsUntil) -> None:
    """A pause until that day, or none any more."""
    try:
        day = date.fromisoformat(press.day) if press.day else None
    except ValueError:
        turn.toast(turn.say.plain("stale-toast"))
        return
    await _pause(turn, press.programme, day)
    leave_pause(turn)
    number = await _exchange_of(turn, press.programme)
    await show_mine(turn, number, turn.say("rounds-kept"))


async def _pause(turn: Turn, programme: int, day: date | None) -> None:
    await round_programmes.pause_until(
        turn.store, turn.clock, by=turn.who, programme=programme, day=day
    )


def leave_pause(turn: Turn) -> None:
    """The question until when to pause is over, if it waits."""
    if turn.conversation.step == PAUSE:
        turn.conversation = turn.conversation.over()


async def _today(turn: Turn, exchange: int) -> date:
    there = await turn.store.exchanges.by_id(exchange)
    return day_of(turn.clock(), there.zone if there else "UTC")


@router.callback_query(Pressed(TellMet))
async def tell_met(_: object, turn: Turn, press: TellMet) -> None:
    """Met: did it help? Not yet, or cannot: what helps."""
    met = next((one for one in Met if one.value == press.met), None)
    if met is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    await rounds.tell_met(turn.store, turn.clock, by=turn.who, group=press.group, met=met)
    found = await seated(turn.store, turn.who, press.group)
    if found is None:
        raise NotYours
    if met is Met.YES:
        rows = helped_rows(turn.say, press.group)
        note = turn.say("round-helped-question")
        await show_mine(turn, found.exchange.id, note, above=rows)
        return
    await show_mine(turn, found.exchange.id, turn.say(f"round-met-{met.value}"))


@router.callback_query(Pressed(TellRoundHelped))
async def tell_helped(_: object, turn: Turn, press: TellRoundHelped) -> None:
    """Thank you."""
    await rounds.tell_helped(turn.store, by=turn.who, group=press.group, helped=press.helped == 1)
    found = await seated(turn.store, turn.who, press.group)
    if found is None:
        raise NotYours
    await show_mine(turn, found.exchange.id, turn.say("round-helped-thanks"))


async def show_mine(
    turn: Turn,
    exchange: int,
    note: Markup | None = None,
    *,
    above: Keyboard = (),
    anew: bool = False,
) -> None:
    """The rounds of an exchange as a member sees them; `above` are rows of buttons for the note."""
    found, part, own = await round_programmes.own_part(turn.store, by=turn.who, exchange=exchange)
    there = await turn.store.exchanges.by_id(exchange)
    if there is None:
        raise NotYours
    say = turn.say
    parts = [note] if note else []
    parts.append(say("rounds-title", title=shown(there.title, say.language)))
    rows = [*above]
    if found is None:
        parts.append(say("rounds-none"))
    else:
        parts.append(NEWLINE.join([*await state_lines(turn, found), _part_line(turn, part)]))
        latest = await turn.store.rounds.latest(found.id)
        seat = await turn.store.rounds.seat(latest.id, own.id) if latest else None
        parts += await _group(turn, there, seat)
        rows += _met_rows(turn, seat) if not above else ()
        rows += _part_rows(turn, found, part)
    rows.append((button(say, "button-back", ShowExchange(exchange)),))
    message = Message(Markup("\n\n").join(parts), tuple(rows))
    if anew:
        turn.send(message)
    else:
        turn.show(message)


async def state_lines(turn: Turn, found: Programme) -> list[Markup]:
    """How rounds come, and when the next one begins."""
    say = turn.say
    lines = [rhythm_line(say, found)]
    if not found.running:
        lines.append(say("rounds-stopped"))
    elif found.paused:
        lines.append(say("rounds-paused"))
    elif found.next_at is None:
        lines.append(say("rounds-last"))
    else:
        zone = await zone_of_reader(turn.store, turn.who)
        lines.append(say("rounds-next", moment=moments.moment(say, found.next_at, zone)))
    return lines


def _part_line(turn: Turn, part: Part | None) -> Markup:
    say = turn.say
    if part is None:
        return say("rounds-part-open")
    if not part.takes_part:
        return say("rounds-part-no")
    if part.paused_until is not None and part.paused_until > turn.clock().date():
        return say("rounds-part-paused", day=say.date(part.paused_until))
    return say("rounds-part-yes")


async def _group(turn: Turn, exchange: Exchange, seat: Seat | None) -> list[Markup]:
    """One's group in the latest round, or why there is none."""
    say = turn.say
    if seat is None:
        return []
    if seat.why is not None:
        return [unplaced_words(say, exchange, seat.why)] if seat.why in LEFT_OUT else []
    found: Seated | None = (
        await seated(turn.store, turn.who, seat.group) if seat.group is not None else None
    )
    if found is None:
        return []
    if not found.others:
        return [say("round-alone-now")]
    return [await opened_words(turn.store, turn.who, found)]


def _met_rows(turn: Turn, seat: Seat | None) -> Keyboard:
    if seat is None or seat.group is None or seat.helped is not None:
        return ()
    if seat.met is Met.YES:
        return helped_rows(turn.say, seat.group)
    return met_rows(turn.say, seat.group)


def _part_rows(turn: Turn, found: Programme, part: Part | None) -> Keyboard:
    say = turn.say
    if not found.running:
        return ()
    if part is None:
        return part_rows(say, found)
    if not part.takes_part:
        return part_rows(say, found)[:1]
    no_more = (button(say, "button-rounds-no-more", TakePart(found.id, 0)),)
    if part.paused_until is not None and part.paused_until > turn.clock().date():
        over = PauseRoundsUntil(found.id, "")
        return ((button(say, "button-rounds-pause-over", over),), no_more)
    return ((button(say, "button-rounds-pause", AskRoundPause(found.exchange)),), no_more)
