"""When members are reminded of the sessions of an exchange: each for themselves, and for all."""

from collections.abc import Callable, Collection, Iterable

from aiogram import Router
from markupsafe import Markup

from actions import reminders
from actions.running import require_runs
from delivery.buttons import Press, button
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_reminders import (
    RemindMe,
    RemindMeAlike,
    RemindMembers,
    RemindMembersAlike,
    ShowMyReminders,
    ShowRemindersOf,
)
from domain.errors import NotYours
from domain.exchanges import USUAL_REMINDERS, Exchange, Membership
from domain.rules.reminders import CHOICES, distance, with_distance
from domain.rules.wishes import wishes
from domain.texts import shown
from domain.told import Told
from handlers import doors
from handlers.doors import Standing
from handlers.turn import Pressed, Turn
from locales.speech import Speech

router = Router(name="reminders")

CHOSEN, OPEN = "✅", "▫️"


@doors.of_exchange(64)
async def door_of_members(turn: Turn, standing: Standing) -> tuple[Button, ...]:
    """Members choose for themselves."""
    if not standing.member:
        return ()
    return (button(turn.say, "button-reminders-mine", ShowMyReminders(standing.exchange.id)),)


@doors.of_exchange(65)
async def door_of_who_runs_it(turn: Turn, standing: Standing) -> tuple[Button, ...]:
    """Who runs an exchange chooses for all."""
    if not standing.runs:
        return ()
    press = ShowRemindersOf(standing.exchange.id)
    return (button(turn.say, "button-reminders-of-exchange", press),)


@router.callback_query(Pressed(ShowMyReminders))
async def show_mine(_: object, turn: Turn, press: ShowMyReminders) -> None:
    """One's own, in place."""
    await _show_mine(turn, await _own(turn, press.exchange))


@router.callback_query(Pressed(RemindMe))
async def remind_me(_: object, turn: Turn, press: RemindMe) -> None:
    """One distance more, or less: beginning with what the exchange has."""
    membership = await _own(turn, press.exchange)
    before = await _distances(turn, membership)
    wanted = with_distance(before, press.minutes, wished=press.wished == 1)
    await _remind_me(turn, press.exchange, wanted)


@router.callback_query(Pressed(RemindMeAlike))
async def remind_me_alike(_: object, turn: Turn, press: RemindMeAlike) -> None:
    """As all others, or never."""
    await _remind_me(turn, press.exchange, None if press.wished == 1 else ())


@router.callback_query(Pressed(ShowRemindersOf))
async def show_of_exchange(_: object, turn: Turn, press: ShowRemindersOf) -> None:
    """An exchange's, in place."""
    _show_of(turn, await require_runs(turn.store, turn.who, press.exchange))


@router.callback_query(Pressed(RemindMembers))
async def remind_members(_: object, turn: Turn, press: RemindMembers) -> None:
    """One distance more, or less."""
    there = await require_runs(turn.store, turn.who, press.exchange)
    wanted = with_distance(there.reminders, press.minutes, wished=press.wished == 1)
    await _remind_members(turn, press.exchange, wanted)


@router.callback_query(Pressed(RemindMembersAlike))
async def remind_members_alike(_: object, turn: Turn, press: RemindMembersAlike) -> None:
    """As is usual, or never."""
    await _remind_members(turn, press.exchange, USUAL_REMINDERS if press.wished == 1 else ())


async def _remind_me(turn: Turn, exchange: int, wanted: Collection[int] | None) -> None:
    changed = await reminders.remind_me(
        turn.store, turn.clock, by=turn.who, exchange=exchange, minutes=wanted
    )
    await _show_mine(turn, changed, turn.say("reminders-kept"))


async def _remind_members(turn: Turn, exchange: int, wanted: Collection[int]) -> None:
    changed = await reminders.remind_exchange(
        turn.store, turn.clock, by=turn.who, exchange=exchange, minutes=wanted
    )
    _show_of(turn, changed, turn.say("reminders-kept"))


async def _own(turn: Turn, exchange: int) -> Membership:
    membership = await turn.store.memberships.between(exchange, turn.who.id)
    if membership is None or not membership.takes_part:
        raise NotYours
    return membership


async def _exchange_of(turn: Turn, membership: Membership) -> Exchange:
    found = await turn.store.exchanges.by_id(membership.exchange)
    if found is None:
        raise NotYours
    return found


async def _distances(turn: Turn, membership: Membership) -> tuple[int, ...]:
    if membership.reminders is not None:
        return membership.reminders
    return (await _exchange_of(turn, membership)).reminders


async def _show_mine(turn: Turn, membership: Membership, note: Markup | None = None) -> None:
    say, exchange = turn.say, await _exchange_of(turn, membership)
    own = membership.reminders is not None
    lines = [
        say("reminders-mine", exchange=shown(exchange.title, turn.language)),
        *([note] if note else []),
        chosen_line(say, await _distances(turn, membership)),
        say("reminders-own" if own else "reminders-as-exchange"),
        *([] if Told.REMINDERS in wishes(turn.who) else [say("reminders-switched-off")]),
        say("reminders-question-mine"),
    ]
    rows = _choices(
        say,
        await _distances(turn, membership),
        lambda minutes, wished: RemindMe(exchange.id, minutes, wished),
    )
    alike = button(say, "button-reminders-as-exchange", RemindMeAlike(exchange.id, 1))
    none = button(say, "button-reminders-none", RemindMeAlike(exchange.id, 0))
    _show(turn, exchange, lines, (*rows, (alike,), (none,)))


def _show_of(turn: Turn, exchange: Exchange, note: Markup | None = None) -> None:
    say = turn.say
    lines = [
        say("reminders-of-exchange", exchange=shown(exchange.title, turn.language)),
        *([note] if note else []),
        chosen_line(say, exchange.reminders),
        say("reminders-for-all"),
        say("reminders-question-exchange"),
    ]
    rows = _choices(
        say,
        exchange.reminders,
        lambda minutes, wished: RemindMembers(exchange.id, minutes, wished),
    )
    usual = button(say, "button-reminders-usual", RemindMembersAlike(exchange.id, 1))
    none = button(say, "button-reminders-none", RemindMembersAlike(exchange.id, 0))
    _show(turn, exchange, lines, (*rows, (usual,), (none,)))


def _show(
    turn: Turn,
    exchange: Exchange,
    lines: Iterable[Markup],
    rows: tuple[tuple[Button, ...], ...],
) -> None:
    back = (button(turn.say, "button-reminders-back", ShowExchange(exchange.id)),)
    turn.show(Message(Markup("\n\n").join(lines), (*rows, back)))


def chosen_line(say: Speech, distances: Collection[int]) -> Markup:
    """When there is a reminder, in words."""
    if not distances:
        return say("reminders-none")
    longest_first = sorted(distances, reverse=True)
    return say(
        "reminders-chosen", distances=say.listing(_before(say, one) for one in longest_first)
    )


def _choices(
    say: Speech, distances: Collection[int], press: Callable[[int, int], Press]
) -> tuple[tuple[Button, ...], ...]:
    """A button a distance, two in a row: those that are offered, and what is chosen beside them."""
    offered = sorted({*CHOICES, *distances}, reverse=True)
    buttons = [
        Button(
            f"{CHOSEN if one in distances else OPEN} {_before(say, one)}",
            data=press(one, int(one not in distances)).pack(),
        )
        for one in offered
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _before(say: Speech, minutes: int) -> str:
    span = distance(minutes)
    return say.plain(f"reminder-before-{span.unit.value}", span.number)
