"""Organisations that others see, and a clock that is set forward by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions import people, profiles
from domain.organisations import Organisation
from domain.people import Person
from domain.profiles import Answer
from storage.store import Store
from tests.support.profiles import NOON

TELEGRAM_IDS_FROM = 7_000_000_000


@dataclass(slots=True)
class Clock:
    """What time it is; `advance` sets it forward."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


async def visible(store: Store, number: int, **answers: Any) -> Person:
    """The person with this number, whose organisation seeks sludge and offers solar energy, or
    what `answers` say."""
    clock = Clock()
    person = await people.consent(
        store, clock, telegram_id=TELEGRAM_IDS_FROM + number, language="de"
    )
    stated = {
        Answer.ORGANISATION: f"Stadtwerke {number}",
        Answer.SEEKS: frozenset({"sludge"}),
        Answer.OFFERS: frozenset({"solar"}),
    } | {Answer(which): value for which, value in answers.items()}
    for which, value in stated.items():
        await profiles.answer(store, clock, person, which, value)
    await profiles.publish(store, clock, person)
    found = await store.people.by_id(person.id)
    assert found is not None
    return found


async def organisation_of(store: Store, person: Person) -> Organisation:
    found = await store.organisations.of(person.id)
    assert found is not None
    return found
