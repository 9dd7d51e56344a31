"""Rounds within an exchange, for who runs it: how they stand, who would sit with whom, pause and
stop them, enter members without Telegram. How they are planned is handlers/rounds_starting.py."""

from datetime import date

from aiogram import Router
from markupsafe import Markup

from actions import round_programmes
from actions.round_programmes import Overview
from actions.running import require_runs
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_rounds import (
    ChangeRounds,
    EnterIntoRounds,
    PlanRounds,
    PreviewRound,
    ShowRoundGuests,
    ShowRounds,
)
from delivery.round_cards import name_of
from delivery.round_numbers import groups_card, numbers_card, without_lines
from domain.errors import NotYours
from domain.round_programmes import Programme, WhyNot
from domain.rules.rounds import day_of, numbers_of, why_not
from domain.texts import shown
from handlers.rounds import state_lines
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="rounds-running")

PLAN = "rounds-plan"
MOST_GUESTS = 60
CHOSEN, OPEN = "✅", "▫️"


@router.callback_query(Pressed(ShowRounds))
async def open_rounds(_: object, turn: Turn, press: ShowRounds) -> None:
    """How the rounds stand, in numbers."""
    leave_plan(turn)
    await show_rounds(turn, press.exchange)


def leave_plan(turn: Turn) -> None:
    """A plan that was being made is dropped."""
    if turn.conversation.step == PLAN:
        turn.conversation = turn.conversation.over()


async def show_rounds(turn: Turn, exchange: int, note: Markup | None = None) -> None:
    """The rounds of an exchange as who runs it sees them."""
    say = turn.say
    there = await round_programmes.overview(turn.store, by=turn.who, exchange=exchange)
    parts = [note] if note else []
    parts.append(say("rounds-title", title=shown(there.exchange.title, say.language)))
    if there.programme is None:
        parts.append(say("rounds-run-none"))
    else:
        parts.append(NEWLINE.join(await state_lines(turn, there.programme)))
        parts.append(_answers(turn, there))
    if there.latest is not None:
        sitters = {one.id: one for one in there.sitters}
        numbers = numbers_of(there.seats)
        parts.append(numbers_card(say, there.latest, numbers, there.seats, sitters))
    rows = _rows(turn, there)
    turn.show(Message(Markup("\n\n").join(parts), rows))


def _answers(turn: Turn, there: Overview) -> Markup:
    """How many take part at present, and how many do not."""
    today = day_of(turn.clock(), there.exchange.zone)
    said = [why_not(there.parts.get(one.id), today) for one in there.sitters]
    return turn.say(
        "rounds-answers",
        yes=said.count(None),
        open=said.count(WhyNot.NOT_ANSWERED),
        no=said.count(WhyNot.DECLINED),
        paused=said.count(WhyNot.PAUSED),
    )


def _rows(turn: Turn, there: Overview) -> Keyboard:
    say, number = turn.say, there.exchange.id
    back = (button(say, "button-back", ShowExchange(number)),)
    found = there.programme
    if found is None or not found.running:
        return ((button(say, "button-rounds-plan", PlanRounds(number)),), back)
    rows: list[tuple[Button, ...]] = [(button(say, "button-rounds-preview", PreviewRound(number)),)]
    if any(one.person is None for one in there.sitters):
        rows.append((button(say, "button-rounds-guests", ShowRoundGuests(number)),))
    hold, go_on = ChangeRounds(found.id, "pause", 1), ChangeRounds(found.id, "resume", 1)
    change = (
        button(say, "button-rounds-go-on", go_on)
        if found.paused
        else button(say, "button-rounds-hold", hold)
    )
    stop = button(say, "button-rounds-stop", ChangeRounds(found.id, "stop", 0))
    return (*rows, (change, stop), back)


@router.callback_query(Pressed(ChangeRounds))
async def change(_: object, turn: Turn, press: ChangeRounds) -> None:
    """Pause, go on, or stop after a second look."""
    say = turn.say
    verbs = {
        "pause": round_programmes.pause,
        "resume": round_programmes.resume,
        "stop": round_programmes.stop,
    }
    if press.what not in verbs:
        turn.toast(say.plain("stale-toast"))
        return
    if press.what == "stop" and press.sure != 1:
        found = await _looked_at(turn, press.programme)
        yes = button(say, "button-rounds-stop-sure", ChangeRounds(found.id, "stop", 1))
        back = button(say, "button-back", ShowRounds(found.exchange))
        turn.show(Message(say("rounds-stop-question"), ((yes,), (back,))))
        return
    done = await verbs[press.what](turn.store, turn.clock, by=turn.who, programme=press.programme)
    await show_rounds(turn, done.exchange, say(f"rounds-done-{press.what}"))


async def _looked_at(turn: Turn, programme: int) -> Programme:
    found = await turn.store.rounds.programme(programme)
    if found is None:
        raise NotYours
    await require_runs(turn.store, turn.who, found.exchange)
    return found


@router.callback_query(Pressed(ShowRoundGuests))
async def open_guests(_: object, turn: Turn, press: ShowRoundGuests) -> None:
    """Members without Telegram, and whether they take part."""
    await show_guests(turn, press.exchange)


async def show_guests(turn: Turn, exchange: int) -> None:
    """The same in place."""
    say = turn.say
    there = await round_programmes.overview(turn.store, by=turn.who, exchange=exchange)
    rows: list[tuple[Button, ...]] = []
    for one in there.sitters:
        if one.person is not None or there.programme is None or len(rows) == MOST_GUESTS:
            continue
        part = there.parts.get(one.id)
        yes = part is not None and part.takes_part
        press = EnterIntoRounds(there.programme.id, one.id, 0 if yes else 1)
        name = names.cut(name_of(say, one), 50)
        rows.append((Button(f"{CHOSEN if yes else OPEN} {name}", data=press.pack()),))
    rows.append((button(say, "button-back", ShowRounds(exchange)),))
    turn.show(Message(say("rounds-guests"), tuple(rows)))


@router.callback_query(Pressed(EnterIntoRounds))
async def enter(_: object, turn: Turn, press: EnterIntoRounds) -> None:
    """Somebody without Telegram takes part, or no longer."""
    await round_programmes.enter(
        turn.store, turn.clock, by=turn.who, programme=press.programme,
        membership=press.membership, yes=press.yes == 1,
    )  # fmt: skip
    found = await _looked_at(turn, press.programme)
    await show_guests(turn, found.exchange)


@router.callback_query(Pressed(PreviewRound))
async def preview(_: object, turn: Turn, press: PreviewRound) -> None:
    """Who would sit with whom in the next round, and why."""
    found = await turn.store.rounds.running_in(press.exchange)
    there = await require_runs(turn.store, turn.who, press.exchange)
    if found is None:
        await show_rounds(turn, press.exchange)
        return
    on = day_of(found.next_at or turn.clock(), there.zone)
    text = await previewed(turn, press.exchange, found.size, on, everybody=False)
    back = (button(turn.say, "button-back", ShowRounds(press.exchange)),)
    turn.show(Message(text, (back,)))


async def previewed(turn: Turn, exchange: int, size: int, on: date, *, everybody: bool) -> Markup:
    """A round as it would be, in words; `everybody`: as if all members took part."""
    say = turn.say
    placing = await round_programmes.preview(
        turn.store, turn.clock, by=turn.who, exchange=exchange, size=size, on=on
    )
    sitters = {one.id: one for one in placing.sitters}
    without: dict[WhyNot, list[int]] = {}
    for one in placing.made.unplaced:
        without.setdefault(WhyNot(one.why.value), []).append(one.organisation)
    for member, why in placing.standing.items():
        if why is not None:
            without.setdefault(why, []).append(member)
    head = say("rounds-preview-everybody" if everybody else "rounds-preview")
    groups = groups_card(say, placing.made.groups, placing.sitters)
    left_out = NEWLINE.join(without_lines(say, without, sitters))
    parts = (head, groups or say("rounds-preview-nobody"), left_out)
    return Markup("\n\n").join(part for part in parts if part)
