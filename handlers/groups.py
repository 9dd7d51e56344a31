"""The Telegram group of an exchange, for who runs it: linked and unlinked from the private chat.
What is heard in the group itself is in bot/groups.py."""

from aiogram import Bot, Router

from actions import groups
from delivery.buttons import button
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_groups import MakeGroupLink, ShowGroup, UnlinkGroup
from domain.exchanges import Exchange, Group
from domain.group_codes import LINK
from domain.texts import shown
from handlers import doors
from handlers.turn import Pressed, Turn

router = Router(name="groups")


@router.callback_query(Pressed(ShowGroup))
async def show(_: object, turn: Turn, press: ShowGroup) -> None:
    """Whether it has one."""
    turn.show(await _window(turn, press.exchange))


@router.callback_query(Pressed(MakeGroupLink))
async def make_link(_: object, turn: Turn, press: MakeGroupLink, bot: Bot) -> None:
    """A link with which Telegram asks in which group; it serves this person alone."""
    say = turn.say
    code = await groups.invite(turn.store, turn.clock, by=turn.who, exchange=press.exchange)
    address = f"https://t.me/{(await bot.me()).username}?startgroup={LINK}-{code}"
    turn.show(
        Message(
            say("group-link-made"),
            (
                (Button(say.plain("button-choose-group"), url=address),),
                (button(say, "button-telegram-group", ShowGroup(press.exchange)),),
            ),
        )
    )


@router.callback_query(Pressed(UnlinkGroup))
async def unlink(_: object, turn: Turn, press: UnlinkGroup) -> None:
    """Asked once more before it is done."""
    if press.sure == 1:
        await groups.unlink(turn.store, by=turn.who, exchange=press.exchange)
        turn.show(await _window(turn, press.exchange))
        return
    say = turn.say
    there, _group = await groups.group_of(turn.store, by=turn.who, exchange=press.exchange)
    turn.show(
        Message(
            say("group-unlink-question", exchange=shown(there.title, turn.language)),
            (
                (button(say, "button-unlink-group-sure", UnlinkGroup(there.id, 1)),),
                (button(say, "button-telegram-group", ShowGroup(there.id)),),
            ),
        )
    )


async def _window(turn: Turn, exchange: int) -> Message:
    there, group = await groups.group_of(turn.store, by=turn.who, exchange=exchange)
    say = turn.say
    key = "group-stands-linked" if group else "group-stands-none"
    rows = (*_doing(turn, there, group),
            (button(say, "button-replies-exchange", ShowExchange(there.id)),))  # fmt: skip
    return Message(say(key, exchange=shown(there.title, turn.language)), rows)


def _doing(turn: Turn, there: Exchange, group: Group | None) -> tuple[tuple[Button, ...], ...]:
    key = "button-link-other-group" if group else "button-link-group"
    link = (button(turn.say, key, MakeGroupLink(there.id)),)
    if group is None:
        return (link,)
    return (link, (button(turn.say, "button-unlink-group", UnlinkGroup(there.id, 0)),))


@doors.of_exchange(88)
async def group(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """To who runs it."""
    if not standing.runs:
        return ()
    return (button(turn.say, "button-telegram-group", ShowGroup(standing.exchange.id)),)
