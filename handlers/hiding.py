"""Hiding a reported organisation, and showing it again: for coordinators."""

from aiogram import Router
from markupsafe import Markup

from actions import reported
from delivery.buttons import button
from delivery.message import Button, Message
from delivery.presses_of_concerns import ShowConcern
from delivery.presses_of_coordination import ShowOrganisation
from delivery.presses_of_hiding import HideOrganisation, ShowAgain, hide_or_show
from domain.organisations import Organisation
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="hiding")


@router.callback_query(Pressed(HideOrganisation))
async def hide(_: object, turn: Turn, press: HideOrganisation) -> None:
    """After a second look; one that is hidden already is said to be."""
    say = turn.say
    found = await reported.looked_at(turn.store, by=turn.who, organisation=press.organisation)
    if found.hidden_at is None and press.sure != 1:
        sure = HideOrganisation(found.id, press.concern, 1)
        text = say("hide-question", name=names.organisation(say, found))
        yes = button(say, "button-hide-sure", sure)
        turn.show(Message(text, ((yes,), (_back(turn, found, press.concern),))))
        return
    done = await reported.hide(turn.store, turn.clock, by=turn.who, organisation=found.id)
    name = names.organisation(say, done)
    turn.show(_done(turn, done, press.concern, say("organisation-hidden", name=name)))


@router.callback_query(Pressed(ShowAgain))
async def show(_: object, turn: Turn, press: ShowAgain) -> None:
    """At once: it does nobody any harm."""
    done = await reported.show(turn.store, turn.clock, by=turn.who, organisation=press.organisation)
    name = names.organisation(turn.say, done)
    turn.show(_done(turn, done, press.concern, turn.say("organisation-shown", name=name)))


def _done(turn: Turn, one: Organisation, concern: int, text: Markup) -> Message:
    undo = hide_or_show(turn.say, one, concern)
    return Message(text, ((undo,), (_back(turn, one, concern),)))


def _back(turn: Turn, one: Organisation, concern: int) -> Button:
    if concern:
        return button(turn.say, "button-back-to-concern", ShowConcern(concern))
    return button(turn.say, "button-back-to-card", ShowOrganisation(one.id))
