"""Organisations that fit each other, each with somebody who speaks for it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from actions import introductions, people, profiles
from domain.organisations import Organisation
from domain.people import Detail, Person
from domain.places import Place, PlaceKind
from domain.profiles import Answer
from storage.store import Store

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
_NUMBERS = count(5_000_000)

DRESDEN = Place("geonames:2935022", PlaceKind.CITY, "Dresden", "DE", 51.05, 13.74,
                "Europe/Berlin", 550_000)  # fmt: skip
LVIV = Place("geonames:702550", PlaceKind.CITY, "Lviv", "UA", 49.84, 24.02,
             "Europe/Kyiv", 720_000)  # fmt: skip
LIMA = Place("geonames:3936456", PlaceKind.CITY, "Lima", "PE", -12.04, -77.03,
             "America/Lima", 8_000_000)  # fmt: skip
AMMAN = Place("geonames:250441", PlaceKind.CITY, "Amman", "JO", 31.95, 35.93,
              "Asia/Amman", 1_200_000)  # fmt: skip


class SetClock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Side:
    """A person and the organisation that they speak for."""

    person: Person
    organisation: Organisation

    @property
    def id(self) -> int:
        return self.organisation.id


async def somebody(store: Store, clock: SetClock, language: str = "en") -> Person:
    """Somebody who has consented and said nothing else."""
    return await people.consent(store, clock, telegram_id=next(_NUMBERS), language=language)


async def side(
    store: Store, clock: SetClock, name: str, place: Place, *, language: str = "en", **more: Any
) -> Side:
    """A visible organisation; `offers` and `seeks` are topics, others in `more` are its columns."""
    wishes = {"offers": {"sludge"}, "seeks": {"solar"}, **more}
    # One commit is quicker than ten.
    async with store.transaction():
        person = await somebody(store, clock, language)
        answers: dict[Answer, Any] = {
            Answer.NAME: f"Somebody of {name}",
            Answer.CONTACT: {"email": f"{next(_NUMBERS)}@example.org"},
            Answer.SHARES: frozenset({Detail.NAME, Detail.EMAIL}),
            Answer.ORGANISATION: name,
            Answer.PLACE: place,
            Answer.OFFERS: frozenset(wishes.pop("offers")),
            Answer.SEEKS: frozenset(wishes.pop("seeks")),
        }
        for which, value in answers.items():
            await profiles.answer(store, clock, person, which, value)
        await profiles.publish(store, clock, person)
        organisation = await store.organisations.of(person.id)
        assert organisation is not None
        if wishes:
            await store.organisations.change(organisation.id, **wishes)
        return await _settled(store, person.id)


async def _settled(store: Store, person: int) -> Side:
    there, organisation = await store.people.by_id(person), await store.organisations.of(person)
    assert there is not None
    assert organisation is not None
    return Side(there, organisation)


async def dresden(store: Store, clock: SetClock, **more: Any) -> Side:
    """Offers sludge and seeks solar."""
    return await side(store, clock, "Dresden Entwässerung", DRESDEN, language="de", **more)


async def lviv(store: Store, clock: SetClock, **more: Any) -> Side:
    """Offers what Dresden seeks, and the other way round."""
    wishes = {"offers": {"solar"}, "seeks": {"sludge"}, **more}
    return await side(store, clock, "Львівводоканал", LVIV, language="uk", **wishes)


async def amman(store: Store, clock: SetClock, **more: Any) -> Side:
    """The same in Amman."""
    wishes = {"offers": {"solar"}, "seeks": {"sludge"}, **more}
    return await side(store, clock, "مياه عمّان", AMMAN, language="ar", **wishes)


async def introduced(store: Store, clock: SetClock, asking: Side, asked: Side) -> int:
    """An introduction that both have agreed to; its id."""
    made = await introductions.ask(store, clock, by=asking.person, organisation=asked.id)
    await introductions.accept(store, clock, by=asked.person, introduction=made.id)
    return made.id
