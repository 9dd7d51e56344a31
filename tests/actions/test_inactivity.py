"""Who is not here any more is warned in time, then erased; and nobody else."""

from datetime import timedelta

import pytest

from actions import inactivity, people
from actions.inactivity import Done
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.keeping import WARNING, Keeping
from domain.languages import LANGUAGES
from domain.notices import InactivityWarned
from domain.outbox import Delivery
from domain.people import Person
from locales.speech import without_tags
from storage.store import Store
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock, dresden, introduced, lviv

KEEPING = Keeping()
DAY = timedelta(days=1)
UNTIL_WARNED = (KEEPING.people - WARNING).days


async def again(store: Store, person: Person) -> Person | None:
    return await store.people.by_id(person.id)


async def warnings(store: Store) -> list[InactivityWarned]:
    return [
        InactivityWarned(**one.payload)
        for one in await rows(store)
        if one.kind == "InactivityWarned"
    ]


async def test_warned_once_and_erased_thirty_days_later(store: Store) -> None:
    clock = SetClock()
    person = (await dresden(store, clock)).person
    await people.seen(store, clock, person)
    clock.move(days=UNTIL_WARNED, seconds=-1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()
    clock.move(seconds=1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done(warned=1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()
    assert len(await warnings(store)) == 1
    clock.move(days=WARNING.days, seconds=-1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()
    clock.move(seconds=1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done(erased=1)
    assert await again(store, person) is None
    assert await warnings(store) == []
    assert await inactivity.look_after(store, clock, KEEPING) == Done()


async def test_who_was_not_warned_in_time_still_has_thirty_days(store: Store) -> None:
    clock = SetClock()
    person = (await dresden(store, clock)).person
    clock.move(days=KEEPING.people.days * 2)
    assert await inactivity.look_after(store, clock, KEEPING) == Done(warned=1)
    (told,) = await warnings(store)
    assert told.until == int((clock() + WARNING).timestamp())
    clock.move(days=WARNING.days - 1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()
    assert await again(store, person) is not None


async def test_who_comes_back_stays_and_is_warned_anew(store: Store) -> None:
    clock = SetClock()
    person = (await dresden(store, clock)).person
    for _ in range(2):
        clock.move(days=UNTIL_WARNED)
        assert await inactivity.look_after(store, clock, KEEPING) == Done(warned=1)
        clock.move(days=1)
        await people.seen(store, clock, await again(store, person) or person)
        clock.move(days=WARNING.days)
        assert await inactivity.look_after(store, clock, KEEPING) == Done()
    assert len(await warnings(store)) == 2


async def test_who_cannot_be_told_goes_at_the_same_time_without_a_warning(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    await introduced(store, clock, here, there)
    await people.set_reachable(store, here.person, reachable=False)
    clock.move(days=KEEPING.people.days, seconds=-1)
    await people.seen(store, clock, there.person)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()
    clock.move(seconds=1)
    assert await inactivity.look_after(store, clock, KEEPING) == Done(erased=1)
    assert await again(store, here.person) is None
    assert await again(store, there.person) is not None


@pytest.mark.parametrize("values", [{"paused_until": 800}, {"erase_at": 800}, {"example": True}])
async def test_who_has_said_when_or_is_nobody_is_left_alone(
    store: Store, values: dict[str, object]
) -> None:
    clock = SetClock()
    person = (await dresden(store, clock)).person
    days = {key: clock() + value * DAY for key, value in values.items() if value is not True}
    async with store.transaction():
        await store.people.change(person.id, **(values | days))
    clock.move(days=KEEPING.people.days)
    assert await inactivity.look_after(store, clock, KEEPING) == Done()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_warning_in_every_language(store: Store, language: str) -> None:
    clock = SetClock()
    person = (await dresden(store, clock)).person
    await people.speak(store, person, language=language)
    clock.move(days=UNTIL_WARNED)
    await inactivity.look_after(store, clock, KEEPING)
    (notice,) = await warnings(store)
    renderer = Renderer(store, clock)
    letter = await renderer.letter(Delivery(1, notice, person.id, 0))
    assert isinstance(letter, Letter)
    assert faults_in(letter.message) == []
    assert says(language, "InactivityWarned", without_tags(str(letter.message.html)))
    clock.move(days=1)
    await people.seen(store, clock, await again(store, person) or person)
    said = await renderer.letter(Delivery(1, notice, person.id, 0))
    assert said == Nothing("no-longer-true")
