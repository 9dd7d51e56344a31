"""One's own data, as files."""

from aiogram import Router
from aiogram.filters import Command

from actions import mydata, profiles
from delivery.message import Message
from delivery.mydata import MyData, json_file, text_file
from delivery.presses_of_privacy import GetMyData
from handlers.erasure import local_time
from handlers.turn import Pressed, Turn

router = Router(name="mydata")


@router.message(Command("mydata"))
@router.callback_query(Pressed(GetMyData))
async def send(_: object, turn: Turn) -> None:
    """Everything stored about the person: to be read, and for machines."""
    say = turn.say
    if turn.person is None:
        turn.send(say("erase-nothing-stored"))
        return
    data = await _data(turn)
    when = await local_time(turn, data.at)
    turn.send(Message(say("mydata-text"), attachment=text_file(say, data, when)))
    turn.send(Message(say("mydata-json"), attachment=json_file(data)))


async def _data(turn: Turn) -> MyData:
    tables = await mydata.export(turn.store, turn.clock, by=turn.who)
    profile = await profiles.profile_of(turn.store, turn.who)
    own = profile.organisation
    introductions = await turn.store.introductions.of(own.id) if own else ()
    others = await turn.store.organisations.several(
        one.other(own.id) for one in introductions if own
    )
    return MyData(tables, profile, introductions, others, turn.clock())
