"""Being away and coming back: who is welcomed, when, and once."""

from datetime import timedelta

from actions import introductions, people
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.languages import LANGUAGES
from domain.notices import IntroductionAsked, WelcomeBack
from domain.outbox import Delivery
from domain.people import Person
from locales.speech import speech, without_tags
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import AMMAN, SetClock, dresden, lviv, side, somebody


async def welcomes(store: Store, person: Person) -> list[tuple[str, str | None]]:
    """State and reason of each welcome."""
    return [
        (one.state, one.reason)
        for one in await rows(store)
        if one.recipient == person.id and one.kind == "WelcomeBack"
    ]


async def again(store: Store, person: Person) -> Person:
    found = await store.people.by_id(person.id)
    assert found is not None
    return found


async def test_who_is_here_daily_is_not_welcomed(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    for days in (0, 1, 30, 59):
        clock.move(days=days)
        await people.seen(store, clock, await again(store, person))
        assert (await again(store, person)).seen_at == clock()
    await people.seen(store, clock, await again(store, person))
    assert await welcomes(store, person) == []


async def test_a_day_is_noted_once(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    await people.seen(store, clock, person)
    first = clock()
    clock.move(hours=23)
    await people.seen(store, clock, await again(store, person))
    assert (await again(store, person)).seen_at == first


async def test_who_was_away_for_long_is_welcomed_once(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    await people.seen(store, clock, person)
    clock.move(days=60)
    before = await again(store, person)
    for _ in range(2):
        await people.seen(store, clock, before)
    await people.seen(store, clock, await again(store, person))
    assert await welcomes(store, person) == [("queued", None)]


async def test_who_had_blocked_the_bot_is_welcomed_each_time_they_come_back(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    for number in (1, 2):
        await people.set_reachable(store, person, reachable=False)
        clock.move(hours=1)
        await people.come_back(store, clock, await again(store, person))
        await people.come_back(store, clock, await again(store, person))
        assert (await again(store, person)).reachable
        assert len(await welcomes(store, person)) == number


async def test_who_writes_can_be_reached(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    await people.set_reachable(store, person, reachable=False)
    await people.seen(store, clock, await again(store, person))
    assert (await again(store, person)).reachable
    assert await people.welcomed(store, clock, person)
    assert not await people.welcomed(store, clock, person)
    assert await welcomes(store, person) == [("skipped", "said-already")]


async def test_the_welcome_tells_what_waits_and_not_what_was_missed(store: Store) -> None:
    clock = SetClock()
    here, there = await dresden(store, clock), await lviv(store, clock)
    await people.set_reachable(store, here.person, reachable=False)
    made = await introductions.ask(store, clock, by=there.person, organisation=here.id)
    letter = Renderer(store, clock).letter
    missed = Delivery(1, IntroductionAsked(made.id), here.person.id, 0)
    assert await letter(missed) == Nothing("unreachable")
    newcomer = await side(store, clock, "Amman", AMMAN)
    async with store.transaction():
        await store.people.change(newcomer.person.id, name="Layla <b> " + "x" * 100)
        await store.admissions.add(person=newcomer.person.id, organisation=here.id, at=clock())
    clock.move(days=1)
    await people.come_back(store, clock, await again(store, here.person))
    for language in LANGUAGES:
        await people.speak(store, here.person, language=language)
        welcome = await letter(Delivery(2, WelcomeBack(7), here.person.id, 0))
        assert isinstance(welcome, Letter)
        text = without_tags(str(welcome.message.html))
        say = speech(language)
        for key in ("waiting-requests", "waiting-newcomers"):
            assert without_tags(str(say(key, 1))) in text
        assert without_tags(str(say("waiting-nothing"))) not in text
        assert any("Layla" in one.text for row in welcome.message.keyboard for one in row)
    await introductions.decline(store, clock, by=here.person, introduction=made.id)
    welcome = await letter(Delivery(2, WelcomeBack(7), there.person.id, 0))
    assert isinstance(welcome, Letter)
    nothing = str(speech((await again(store, there.person)).language)("waiting-nothing"))
    assert without_tags(nothing) in without_tags(str(welcome.message.html))


async def test_a_welcome_is_said_in_quiet_hours_too(store: Store) -> None:
    clock = SetClock()
    person = await somebody(store, clock)
    async with store.transaction():
        await store.people.change(
            person.id, reachable=False, paused_until=clock() + timedelta(days=9)
        )
    await people.come_back(store, clock, await again(store, person))
    clock.move(minutes=1)
    async with store.transaction():
        (welcome,) = await store.outbox.claim(
            owner="me", due=clock(), until=clock() + timedelta(hours=1), limit=9
        )
    assert isinstance(await Renderer(store, clock).letter(welcome), Letter)
