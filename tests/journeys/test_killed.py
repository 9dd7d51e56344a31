"""The whole thread while the bot is killed with -9: nothing lost, nothing done or said twice."""

import asyncio
import os
import random
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from domain.introductions import IntroductionState
from domain.organisations import Kind, Sector
from domain.outbox import DeliveryState
from domain.people import Detail
from domain.profiles import ESSENTIAL, Answer
from storage.store import Store
from tests.journeys.patient import LONG, Patient, bot_on, patient, said_again, times_sent
from tests.journeys.walking import NEWCOMERS
from tests.support.bot_process import RunningBot
from tests.support.outboxes import rows
from tests.support.workers import eventually

KILLS = 5
SAID = ("sendMessage", "editMessageText", "answerCallbackQuery")
SETTLED = {DeliveryState.SENT, DeliveryState.UNKNOWN}
TURNS = len(ESSENTIAL) + 1
"""Of an undisturbed conversation: one for each question, and one for their end."""


async def kill_at_random(bot: RunningBot, chance: random.Random, over: asyncio.Event) -> None:
    """Kill it after some of its calls, whatever it does then, and start it again; several times."""
    calls, seen = 0, 0
    for number in range(KILLS):
        moment = calls + chance.randint(2, 16)
        while calls < moment and not over.is_set():
            for call in await bot.sandbox.sim.calls(after=seen):
                seen, calls = call["id"], calls + (call["method"] in SAID)
            await asyncio.sleep(0.01)
        if over.is_set():
            return
        await asyncio.sleep(chance.random() * 0.03)
        await bot.kill()
        print(f"kill {number + 1} after {calls} calls")
        await bot.start()


async def find_each_other(here: Patient, there: Patient) -> None:
    """One asks for the other, who agrees."""
    await here.chat.say("/partners")
    card = await here.card_with("button-introduce", there.who.organisation)
    await here.chat.tap("button-introduce", card)
    await here.chat.find("introduction-asked", LONG)
    await there.chat.tap("button-accept", await request_at(there))
    await there.chat.find("introduction-you-accepted", LONG)


async def request_at(asked: Patient) -> dict[str, object]:
    """The request as the bot brought it; or, was that in flight, as /partners shows it."""
    with suppress(AssertionError):
        return await asked.card_with("button-accept", patience=10.0)
    await asked.chat.say("/partners")
    return await asked.card_with("button-accept")


async def settled(store: Store) -> bool:
    return all(row.state in SETTLED for row in await rows(store))


async def check_answers(store: Store, person: Patient) -> None:
    """In the database stands what was answered, no more and no less."""
    who = person.who
    stored = await store.people.by_telegram(person.id)
    assert stored is not None
    assert (stored.name, stored.function, stored.email) == (who.name, who.function, who.email)
    assert stored.phone is not None
    assert stored.phone.replace(" ", "") == who.phone.replace(" ", "")
    assert stored.shares == {Detail.NAME, Detail.EMAIL, Detail.PHONE}
    own = await store.organisations.of(stored.id)
    assert own is not None
    assert (own.name, own.kind, own.sectors, own.published) == (
        who.organisation,
        Kind.UTILITY,
        {Sector.WATER_SUPPLY},
        True,
    )
    assert own.place is not None
    assert {
        Answer.OFFERS: own.offers,
        Answer.SEEKS: own.seeks,
        Answer.LANGUAGES: own.languages,
        Answer.REGIONS: own.regions,
    } == {
        key: person.chosen[key]
        for key in (Answer.OFFERS, Answer.SEEKS, Answer.LANGUAGES, Answer.REGIONS)
    }
    conversation = await store.conversations.of(stored.id)
    assert (conversation.step, conversation.turn) == (None, TURNS)


async def check_introduction(store: Store, here: Patient, there: Patient) -> None:
    """One introduction, accepted; each notice said once, or in flight when the bot died."""
    organisations = []
    for person in (here, there):
        stored = await store.people.by_telegram(person.id)
        assert stored is not None
        own = await store.organisations.of(stored.id)
        assert own is not None
        organisations.append(own.id)
    between = await store.introductions.between(*organisations)
    assert between is not None
    assert between.state is IntroductionState.ACCEPTED
    outbox = await rows(store)
    assert Counter(row.kind for row in outbox) == {
        "IntroductionAsked": 1,
        "IntroductionAccepted": 2,
    }
    for row in outbox:
        recipient = await store.people.by_id(row.recipient)
        assert recipient is not None
        reader = next(one for one in (here, there) if one.id == recipient.telegram_id)
        times = await times_sent(reader, row.kind)
        assert times in ({1} if row.state == DeliveryState.SENT else {0, 1}), row.kind


def check_journal(bot: RunningBot) -> None:
    """Nothing that people wrote, no name and no token stands in the journal."""
    journal = bot.journal.read_text()
    assert bot.sandbox.token not in journal
    for who in NEWCOMERS.values():
        for words in (who.first_name, who.name, who.email, who.organisation, who.offers, who.place):
            assert words not in journal


async def test_the_whole_thread_while_the_bot_is_killed_at_random(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    seed = int(os.environ.get("KILL_SEED") or time.time_ns() % 1_000_000)
    print(f"KILL_SEED={seed}")
    async with bot_on(database_url, tmp_path) as bot:
        here, there = await patient(bot.sandbox.sim, "de"), await patient(bot.sandbox.sim, "uk")
        over = asyncio.Event()
        killing = asyncio.create_task(kill_at_random(bot, random.Random(seed), over))
        await asyncio.gather(here.introduce_themselves(), there.introduce_themselves())
        await find_each_other(here, there)
        over.set()
        await killing
        await eventually(lambda: settled(store))
        await check_answers(store, here)
        await check_answers(store, there)
        await check_introduction(store, here, there)
        assert await said_again(here) <= KILLS
        assert await said_again(there) <= KILLS
        check_journal(bot)
