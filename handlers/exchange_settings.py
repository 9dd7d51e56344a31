"""What can be changed of an exchange by those who run it: its fields, its coordinators, its end."""

from aiogram import Router
from markupsafe import Markup

from actions import exchanges
from actions.running import require_runs
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.exchange_cards import exchange_card, title_of
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_running import (
    ChangeExchange,
    CloseExchange,
    Entrust,
    ShowExchangeSettings,
    ShowInvitations,
    ShowRunners,
)
from domain.exchanges import Exchange
from domain.people import Person
from domain.roles import Role
from handlers import doors
from handlers import exchanges as exchange_windows
from handlers.exchange_questions import FIELDS
from handlers.profile.window import CHOSEN
from handlers.turn import Pressed, Turn
from locales import moments, names
from locales.speech import Speech, own_names

router = Router(name="exchange-settings")

MOST_SHOWN = 40


@doors.of_exchange(890)
async def door(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """The settings, for those who run it."""
    if not standing.runs:
        return ()
    press = ShowExchangeSettings(standing.exchange.id)
    return (button(turn.say, "button-exchange-settings", press),)


@router.callback_query(Pressed(ShowExchangeSettings))
async def show(_: object, turn: Turn, press: ShowExchangeSettings) -> None:
    """All of them."""
    turn.show(await window(turn, press.exchange))


async def window(turn: Turn, exchange: int, note: Markup | None = None) -> Message:
    """What there is, and a button to change each."""
    say = turn.say
    found = await require_runs(turn.store, turn.who, exchange)
    running = await turn.store.exchanges.coordinators(exchange)
    parts = [
        note,
        say("exchange-settings-title"),
        exchange_card(say, found),
        NEWLINE.join(
            [
                say("exchange-in-languages", languages=_languages(say, found)),
                say("exchange-zone", zone=moments.zone_name(say, found.zone)),
                say("exchange-run-by", names=_listed(say, running)),
            ]
        ),
    ]
    return Message(Markup("\n\n").join(one for one in parts if one), _rows(say, found))


def _languages(say: Speech, found: Exchange) -> Markup:
    return say.listing(say.language_name(one) for one in found.title)


def _listed(say: Speech, people: tuple[Person, ...]) -> Markup:
    return say.listing(names.person_alone(say, one) for one in people)


def _rows(say: Speech, found: Exchange) -> Keyboard:
    back = ((button(say, "button-show-exchange", ShowExchange(found.id)),),)
    if not found.running:
        return back
    fields = [
        button(say, f"button-exchange-{field}", ChangeExchange(found.id, field, ""))
        for field in FIELDS
    ]
    return (
        *(tuple(fields[at : at + 2]) for at in range(0, len(fields), 2)),
        (button(say, "button-invitations", ShowInvitations(found.id)),),
        (button(say, "button-runners", ShowRunners(found.id)),),
        (button(say, "button-close-exchange", CloseExchange(found.id, 0)),),
        *back,
    )


def which_language(say: Speech, found: Exchange, field: str) -> Message:
    """In which language a text is to be changed, or added."""
    there = {"title": found.title, "description": found.description, "rules": found.rules}[field]
    buttons = [
        Button(
            f"{CHOSEN} {name}" if there.get(code) else name,
            data=ChangeExchange(found.id, field, code).pack(),
        )
        for code, name in own_names().items()
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append((button(say, "button-back-to-settings", ShowExchangeSettings(found.id)),))
    return Message(say("exchange-which-language"), tuple(rows))


@router.callback_query(Pressed(ShowRunners))
async def show_runners(_: object, turn: Turn, press: ShowRunners) -> None:
    """Who runs it, and who could."""
    turn.show(await _runners(turn, press.exchange))


@router.callback_query(Pressed(Entrust))
async def entrust(_: object, turn: Turn, press: Entrust) -> None:
    """One more who runs it, or one less."""
    if press.runs == 1:
        await exchanges.entrust(
            turn.store, turn.clock, by=turn.who, exchange=press.exchange, person=press.person
        )
    else:
        await exchanges.relieve(
            turn.store, by=turn.who, exchange=press.exchange, person=press.person
        )
    turn.show(await _after(turn, press.exchange))


async def _after(turn: Turn, exchange: int) -> Message:
    """Who has relieved themself runs it no longer, and is shown its window."""
    ids = {one.id for one in await turn.store.exchanges.coordinators(exchange)}
    roles = await turn.store.roles.of(turn.who.id)
    if turn.who.id in ids or Role.ADMINISTRATOR in roles:
        return await _runners(turn, exchange, turn.say("settings-kept"))
    return await exchange_windows.window(turn, exchange, turn.say("settings-kept"))


async def _runners(turn: Turn, exchange: int, note: Markup | None = None) -> Message:
    say = turn.say
    found = await require_runs(turn.store, turn.who, exchange)
    running = await turn.store.exchanges.coordinators(exchange)
    ids = {one.id for one in running}
    others = [one for one in await turn.store.roles.holding(Role.COORDINATOR) if one.id not in ids]
    parts = [note, say("runners", title=title_of(say, found), names=_listed(say, running))]
    rows: list[tuple[Button, ...]] = []
    for one in (*running, *others[:MOST_SHOWN]):
        key = "button-relieve" if one.id in ids else "button-entrust"
        name = names.cut(names.person_alone(say, one))
        press = Entrust(exchange, one.id, 0 if one.id in ids else 1)
        rows.append((button(say, key, press, name=name),))
    rows.append((button(say, "button-back-to-settings", ShowExchangeSettings(exchange)),))
    return Message(Markup("\n\n").join(one for one in parts if one), tuple(rows))


@router.callback_query(Pressed(CloseExchange))
async def close(_: object, turn: Turn, press: CloseExchange) -> None:
    """End it, after a second look."""
    say = turn.say
    if press.sure == 1:
        await exchanges.close(turn.store, turn.clock, by=turn.who, exchange=press.exchange)
        note = say("exchange-closed-now")
        turn.show(await exchange_windows.window(turn, press.exchange, note))
        return
    found = await require_runs(turn.store, turn.who, press.exchange)
    yes = button(say, "button-close-sure", CloseExchange(found.id, 1))
    no = button(say, "button-back-to-settings", ShowExchangeSettings(found.id))
    turn.show(Message(say("close-question", title=title_of(say, found)), ((yes,), (no,))))
