"""Introductions: ask, accept, decline, withdraw."""

from aiogram import Router

from actions import introductions
from delivery.buttons import Accept, Decline, Introduce, Withdraw, button
from delivery.message import Message
from domain.introductions import Introduction, IntroductionState
from handlers.turn import Pressed, Turn

router = Router(name="introductions")


@router.callback_query(Pressed(Introduce))
async def ask(_: object, turn: Turn, press: Introduce) -> None:
    """Ask to be introduced; the card then says that it waits for the other side."""
    made = await introductions.ask(
        turn.store, turn.clock, by=turn.who, organisation=press.organisation
    )
    other = await turn.store.organisations.by_id(press.organisation)
    _tell(turn, made, other.name if other and other.name else "")


@router.callback_query(Pressed(Accept))
async def accept(_: object, turn: Turn, press: Accept) -> None:
    """Agree: both are shown each other's contacts, in messages of their own."""
    await introductions.accept(turn.store, turn.clock, by=turn.who, introduction=press.introduction)
    turn.show(turn.say("introduction-you-accepted"))


@router.callback_query(Pressed(Decline))
async def decline(_: object, turn: Turn, press: Decline) -> None:
    """Rather not."""
    await introductions.decline(
        turn.store, turn.clock, by=turn.who, introduction=press.introduction
    )
    turn.show(turn.say("introduction-you-declined"))


@router.callback_query(Pressed(Withdraw))
async def withdraw(_: object, turn: Turn, press: Withdraw) -> None:
    """Take a request back."""
    taken = await introductions.withdraw(
        turn.store, turn.clock, by=turn.who, introduction=press.introduction
    )
    other = await turn.store.organisations.by_id(taken.asked)
    name = other.name if other and other.name else ""
    again = ((button(turn.say, "button-introduce", Introduce(taken.asked)),),)
    turn.show(Message(turn.say("introduction-you-withdrew", name=name), again))


def _tell(turn: Turn, made: Introduction, name: str) -> None:
    say = turn.say
    if made.state is IntroductionState.ACCEPTED:
        turn.show(say("introduction-you-accepted"))
        return
    days = turn.services.patience.expire_after.days
    withdraw = ((button(say, "button-withdraw", Withdraw(made.id)),),)
    turn.show(Message(say("introduction-asked", name=name, n=days), withdraw))
