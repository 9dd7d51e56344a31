"""Invitations into an exchange: codes that let people in, and QR codes for flyers."""

from collections.abc import Sequence

from aiogram import Bot, Router
from markupsafe import Markup

from actions import entry_codes
from actions.running import require_runs
from delivery.buttons import button
from delivery.exchange_cards import title_of
from delivery.message import Attachment, Button, Message
from delivery.presses_of_running import (
    MakeInvitation,
    RevokeInvitation,
    SendFlyer,
    ShowExchangeSettings,
    ShowInvitations,
)
from delivery.qr import qr_code, qr_sheet
from domain.exchanges import Entry, Exchange
from domain.joining import CODE_LASTS, EntryCode
from handlers import links
from handlers.joining import LINK
from handlers.turn import Pressed, Turn

router = Router(name="exchange-invitations")

MOST_SHOWN = 12
"""So many are shown, with those that have ended; those that let people in are shown all, since
what is not shown cannot be revoked (at most MOST_CODES)."""


@router.callback_query(Pressed(ShowInvitations))
async def show(_: object, turn: Turn, press: ShowInvitations) -> None:
    """Those that there are, and making one."""
    turn.show(await _window(turn, press.exchange))


@router.callback_query(Pressed(MakeInvitation))
async def make(_: object, turn: Turn, press: MakeInvitation, bot: Bot) -> None:
    """A new one, to be passed on and printed. What is lost is made anew: it is kept nowhere."""
    code, made = await entry_codes.make(
        turn.store, turn.clock, by=turn.who, exchange=press.exchange, days=press.days
    )
    found = await require_runs(turn.store, turn.who, press.exchange)
    address = await links.address(bot, f"{LINK}{code}")
    say = turn.say
    until = say.date(made.expires_at) if made.expires_at else say.plain("invitation-no-end")
    turn.send(say("invitation-made", until=until))
    await _send(turn, found, address)


@router.callback_query(Pressed(SendFlyer))
async def send_flyer(_: object, turn: Turn, press: SendFlyer, bot: Bot) -> None:
    """The link that everybody may follow, to be printed."""
    found = await require_runs(turn.store, turn.who, press.exchange)
    await _send(turn, found, await links.address(bot, f"{LINK}{found.id}"))


async def _send(turn: Turn, found: Exchange, address: str) -> None:
    """A link as a picture for screens and as a page for printers."""
    words = turn.say("invitation-flyer", title=title_of(turn.say, found), address=address)
    name = f"exchange-{found.id}"
    turn.send(Message(words, attachment=Attachment(f"{name}.png", await qr_code(address))))
    words = turn.say("invitation-print", title=title_of(turn.say, found))
    turn.send(Message(words, attachment=Attachment(f"{name}.pdf", await qr_sheet(address))))


@router.callback_query(Pressed(RevokeInvitation))
async def revoke(_: object, turn: Turn, press: RevokeInvitation) -> None:
    """It lets nobody in any more."""
    code = await entry_codes.revoke(turn.store, turn.clock, by=turn.who, code=press.invitation)
    turn.show(await _window(turn, code.exchange, turn.say("invitation-revoked")))


async def _window(turn: Turn, exchange: int, note: Markup | None = None) -> Message:
    say = turn.say
    found = await require_runs(turn.store, turn.who, exchange)
    codes = _shown(await entry_codes.listed(turn.store, by=turn.who, exchange=exchange), turn)
    parts = [note, say("exchange-invitations-title", title=title_of(say, found))]
    parts += [_line(turn, number, one) for number, one in enumerate(codes, 1)]
    rows: list[tuple[Button, ...]] = []
    for number, one in enumerate(codes, 1):
        if one.lets_in(turn.clock()):
            press = RevokeInvitation(one.id)
            rows.append((button(say, "button-revoke-invitation", press, number=number),))
    if found.running:
        rows += [
            (button(say, f"button-invitation-{days}", MakeInvitation(exchange, days)),)
            for days in CODE_LASTS
        ]
        if found.entry is not Entry.BY_INVITATION:
            rows.append((button(say, "button-open-flyer", SendFlyer(exchange)),))
    rows.append((button(say, "button-back-to-settings", ShowExchangeSettings(exchange)),))
    return Message(Markup("\n\n").join(one for one in parts if one), tuple(rows))


def _shown(every: Sequence[EntryCode], turn: Turn) -> list[EntryCode]:
    """What lets people in first, then what has ended."""
    now = turn.clock()
    valid = [one for one in every if one.lets_in(now)]
    ended = [one for one in every if not one.lets_in(now)]
    return [*valid, *ended[: max(0, MOST_SHOWN - len(valid))]]


def _line(turn: Turn, number: int, one: EntryCode) -> Markup:
    say = turn.say
    if one.revoked_at is not None:
        state = say.plain("invitation-state-revoked")
    elif not one.lets_in(turn.clock()):
        state = say.plain("invitation-state-over")
    elif one.expires_at is not None:
        state = say.plain("invitation-state-until", date=say.date(one.expires_at))
    else:
        state = say.plain("invitation-no-end")
    made = say.date(one.made_at)
    return say("invitation-line", one.used, number=number, date=made, state=state)
