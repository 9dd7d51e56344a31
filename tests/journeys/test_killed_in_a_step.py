"""The bot is killed with -9 at a chosen moment: a message in flight, an answer half given."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from actions import introductions, people, profiles
from domain.clock import wall_clock
from domain.outbox import DeliveryState
from domain.people import Detail, Person
from domain.profiles import Answer
from storage.store import Store
from storage.tables import handled_updates
from tests.journeys.patient import LONG, Patient, bot_on, patient, said_again, times_sent
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons
from tests.support.outboxes import rows
from tests.support.sandbox_server import Sim
from tests.support.workers import eventually


@asynccontextmanager
async def bot_and_store(folder: Path) -> AsyncIterator[tuple[RunningBot, Store]]:
    """A bot on SQLite, and what it remembers."""
    url = f"sqlite:///{folder / 'bot.sqlite3'}"
    async with bot_on(url, folder) as bot:
        store = Store(url)
        try:
            yield bot, store
        finally:
            await store.close()


async def begun(sim: Sim, language: str) -> Patient:
    """Somebody who is asked for their name."""
    person = await patient(sim, language)
    await person.chat.say("/start")
    await person.chat.tap("button-consent", await person.chat.expect("welcome", timeout=LONG))
    await person.asked(Answer.NAME)
    return person


async def met(sim: Sim, faults: int) -> None:
    """Wait until only so many faults still wait for their call."""

    async def are_met() -> bool:
        return len(await sim.faults()) <= faults

    await eventually(are_met)


async def all_but(store: Store, unanswered: int) -> None:
    """Wait until the answers to all updates but so many have been recorded."""

    async def recorded() -> bool:
        async with store.reading.connect() as connection:
            found = await connection.execute(
                select(handled_updates.c.update_id).where(~handled_updates.c.answered)
            )
            return len(found.all()) == unanswered

    await eventually(recorded)


async def stands_at(store: Store, person: Patient) -> tuple[str | None, int]:
    stored = await store.people.by_telegram(person.id)
    assert stored is not None
    conversation = await store.conversations.of(stored.id)
    return conversation.step, conversation.turn


async def test_killed_in_the_middle_of_a_step(tmp_path: Path) -> None:
    async with bot_and_store(tmp_path) as (bot, store):
        sim = bot.sandbox.sim
        unheard, heard, tapping, answered = [
            await begun(sim, language) for language in ("de", "uk", "fr", "ar")
        ]
        await tapping.say(Answer.NAME, tapping.who.name)
        await tapping.say(Answer.FUNCTION, tapping.who.function)
        await tapping.say(Answer.CONTACT, tapping.who.email)
        question = await tapping.asked(Answer.SHARES)
        await all_but(store, 0)

        slow = {"times": 1, "delay": 8.0}
        await sim.faults(
            {"method": "sendMessage", "chat_id": unheard.id, "cut": "before", **slow},
            {"method": "sendMessage", "chat_id": heard.id, **slow},
            {"method": "editMessageText", "chat_id": tapping.id, "cut": "before", **slow},
        )
        await unheard.chat.say(unheard.who.name)
        await heard.chat.say(heard.who.name)
        await tapping.chat.tap("detail-name", question)
        await met(sim, 0)
        await answered.chat.say(answered.who.name)
        await answered.asked(Answer.FUNCTION)
        await all_but(store, 3)
        await bot.kill()
        await bot.start()

        await unheard.asked(Answer.FUNCTION)
        await heard.asked(Answer.FUNCTION)
        label = f"✅ {tapping.chat.words('detail-name')}"
        await tapping.chat.until(lambda one: label in buttons(one), label, LONG)
        await all_but(store, 0)
        assert await times_sent(unheard, "question-function") == 1

        async def shown_again_beside_the_one_in_flight() -> bool:
            return await times_sent(heard, "question-function") == 2

        await eventually(shown_again_beside_the_one_in_flight)
        assert await times_sent(answered, "question-function") == 1
        for person in (unheard, heard, answered):
            assert await stands_at(store, person) == ("function", 2)
        assert await stands_at(store, tapping) == ("shares", 4)


async def published(store: Store, sim: Sim, language: str, organisation: str) -> Person:
    """Somebody with a visible profile."""
    telegram_id = await sim.person(organisation, language)
    person = await people.consent(store, wall_clock, telegram_id=telegram_id, language=language)
    answers: dict[Answer, Any] = {
        Answer.NAME: f"Somebody of {organisation}",
        Answer.CONTACT: {"email": "somebody@example.org"},
        Answer.SHARES: frozenset({Detail.NAME, Detail.EMAIL}),
        Answer.ORGANISATION: organisation,
        Answer.OFFERS: frozenset({"drinking_water", "solar"}),
        Answer.SEEKS: frozenset({"drinking_water", "solar"}),
    }
    for which, value in answers.items():
        await profiles.answer(store, wall_clock, person, which, value)
    await profiles.publish(store, wall_clock, person)
    return person


def cards_in(person: Patient, messages: list[dict[str, Any]]) -> list[str]:
    """The organisations on the cards of possible partners, in order."""
    label = person.chat.words("button-introduce")
    return [one["text"] for one in messages if label in buttons(one)]


async def test_killed_with_cards_half_shown_and_a_notice_in_flight(tmp_path: Path) -> None:
    async with bot_and_store(tmp_path) as (bot, store):
        sim = bot.sandbox.sim
        me, *others = [
            await published(store, sim, "en", name)
            for name in ("Anyville", "Bevlin", "Caston", "Dorham", "Elwick")
        ]
        asked = await published(store, sim, "de", "Frohburg")
        here, there = await patient(sim, "en"), await patient(sim, "de")
        here.chat.person, there.chat.person = me.telegram_id, asked.telegram_id
        for person in (here, there):
            await sim.start(person.id)
            await person.chat.expect("welcome-back-menu")
        own = await store.organisations.of(asked.id)
        assert own is not None
        await all_but(store, 0)

        # The introduction to the cards and two cards leave, the third is on its way.
        await sim.faults(
            {"method": "sendMessage", "chat_id": there.id, "delay": 3.0, "times": 1},
            *[{"method": "sendMessage", "chat_id": here.id, "delay": 0.01, "times": 1}] * 3,
            {"method": "sendMessage", "chat_id": here.id, "delay": 3.0, "times": 1},
        )
        await here.chat.say("/partners")
        await introductions.ask(store, wall_clock, by=others[0], organisation=own.id)
        await met(sim, 0)
        await bot.kill()
        await bot.start()

        async def all_shown() -> bool:
            shown = cards_in(here, await here.chat.messages())
            return len(set(shown)) == 5

        async def settled() -> bool:
            return [row.state for row in await rows(store)] == [DeliveryState.UNKNOWN]

        await eventually(all_shown)
        await all_but(store, 0)
        await eventually(settled)
        assert await said_again(here) <= 1, "one card was in flight"
        assert await times_sent(there, "IntroductionAsked") <= 1
