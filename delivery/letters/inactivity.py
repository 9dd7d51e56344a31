"""The letter to somebody who is not here any more: until when they can keep their data."""

from datetime import UTC, datetime

from delivery.buttons import button
from delivery.message import Message, Nothing
from delivery.presses_of_privacy import AskErasure, GetMyData, KeepData
from domain.notices import InactivityWarned
from domain.people import Person
from domain.rules.inactivity import is_warned
from locales.speech import speech
from storage.store import Store


async def inactivity_warned(
    _: Store, person: Person, notice: InactivityWarned
) -> Message | Nothing:
    """On which day they are erased, and how to stay; nothing where they have come back."""
    if not is_warned(person):
        return Nothing("no-longer-true")
    say = speech(person.language)
    day = say.date(datetime.fromtimestamp(notice.until, UTC))
    buttons = (
        (button(say, "button-keep-data", KeepData()),),
        (button(say, "button-mydata", GetMyData()),),
        (button(say, "button-erase", AskErasure()),),
    )
    return Message(say(notice.kind, day=day), buttons)
