"""One's own data over HTTP: erased after a time of grace, kept after all, or erased at once. Two
languages at once, a restart in between."""

import asyncio

import pytest

from storage.sealing import new_key
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, settled
from tests.journeys.walking import NEWCOMERS
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, read
from tests.support.traces import found_in, found_in_files

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOUR = 3600
PAIRS = pytest.mark.parametrize("languages", [("de", "uk"), ("fr", "ar")])


@pytest.fixture(scope="module")
def bot_settings() -> dict[str, str]:
    """At its most talkative, with contact details sealed."""
    return {"LOG_LEVEL": "debug", "CONTACT_KEYS": new_key()}


async def two(bot: RunningBot, memory: Store, languages: tuple[str, str]) -> tuple[Side, Side]:
    """Two who know of each other; each may be shown to the other."""
    here, there = await asyncio.gather(*(settled(bot, memory, one) for one in languages))
    return here, there


def traces_of(side: Side) -> tuple[str, ...]:
    """What would name them anywhere; names are shared by several of these tests' people."""
    who = NEWCOMERS[side.chat.language]
    person = side.chat.person
    return (f"{person}@example.org", f"{who.organisation} {person}", str(person))


async def gone(memory: Store, side: Side) -> None:
    """Wait until nothing of them is found."""
    for _ in range(600):
        if await memory.people.by_id(side.person.id) is None:
            break
        await asyncio.sleep(0.05)
    assert await found_in(memory, traces_of(side)) == []


async def files_hold_nothing_of(memory: Store, side: Side) -> None:
    """The bot wipes at its next look at what is due."""
    if memory.backend != "sqlite":
        return
    for _ in range(600):
        if not (found := found_in_files(memory, traces_of(side))):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"the files still hold {found}")


@ON_BOTH
@PAIRS
async def test_kept_after_all_after_a_restart_then_erased_in_time(
    bot: RunningBot, memory: Store, languages: tuple[str, str]
) -> None:
    here, there = await two(bot, memory, languages)
    await there.press(f"i:{here.organisation.id}")
    await here.told("IntroductionAsked")

    await here.chat.say("/privacy")
    await here.chat.expect("privacy")
    await here.chat.tap("button-erase")
    await here.told("erase-question")
    await here.chat.tap("button-keep")
    await here.told("erase-kept")
    await here.chat.say("/deletemydata")
    await here.chat.expect("erase-question")
    await here.chat.tap("button-erase-later")
    await here.told("erase-planned")
    stands = await memory.organisations.by_id(here.organisation.id)
    assert stands is not None
    assert not stands.published

    await bot.kill()
    await bot.start()
    await here.chat.say("/start")
    await here.chat.expect("erase-pending")
    await here.chat.tap("button-keep-data")
    kept = await here.chat.expect("erase-taken-back")
    assert here.chat.words("erase-visible-again") in read(kept["text"])

    await here.chat.say("/deletemydata")
    await here.chat.expect("erase-question")
    await here.chat.tap("button-erase-later")
    await here.chat.expect("erase-planned")
    await bot.sandbox.sim.advance(49 * HOUR)
    await gone(memory, here)
    await there.told("IntroductionEnded")
    await files_hold_nothing_of(memory, here)
    await here.chat.say("/deletemydata")
    await here.chat.expect("erase-nothing-stored")
    await here.chat.say("/start")
    await here.chat.expect("welcome")


@PAIRS
async def test_at_once_and_what_is_forged_erases_nobody(
    bot: RunningBot, memory: Store, languages: tuple[str, str]
) -> None:
    here, there = await two(bot, memory, languages)
    await here.chat.say("/deletemydata")
    await here.chat.expect("erase-question")
    await here.press("vo:7")
    question = await here.chat.expect("erase-at-once-question")
    assert here.chat.words("button-keep") in buttons(question)
    assert await memory.people.by_id(here.person.id) is not None
    await here.press("vk")
    await here.told("erase-kept")
    await here.press("vo:0")
    await here.chat.tap("button-erase-sure")
    await here.told("erase-done")
    await here.press("vo:1")
    await here.press("vw")
    await here.press("vk")
    await here.told("erase-nothing-stored")
    await gone(memory, here)
    await files_hold_nothing_of(memory, here)
    assert await memory.people.by_id(there.person.id) is not None


async def test_in_the_middle_of_a_question_and_said_in_local_time(
    bot: RunningBot, memory: Store
) -> None:
    side = await settled(bot, memory, "de")
    async with memory.transaction():
        await memory.people.change(side.person.id, zone="Asia/Amman")
    await side.press("e:name")
    await side.told("question-name")
    await side.chat.say("/deletemydata")
    question = await side.chat.expect("erase-question")
    assert "Ortszeit Amman" in read(question["text"])
    await side.chat.tap("button-erase-later")
    await side.told("erase-planned")
    before = (await memory.people.by_id(side.person.id)).erase_at
    await side.press("vw")
    await side.chat.say("/deletemydata")
    await side.chat.expect("erase-pending")
    assert (await memory.people.by_id(side.person.id)).erase_at == before
    await side.press("pu:1")
    await side.told("refusal-leaving")


def files_of(said: list[dict]) -> list[str]:
    return [one["document"]["file_name"] for one in said if "document" in one]


@ON_BOTH
@PAIRS
async def test_ones_own_data_as_files_and_consent_in_pieces(
    bot: RunningBot, memory: Store, languages: tuple[str, str]
) -> None:
    here, there = await two(bot, memory, languages)
    await asyncio.gather(*(_files_and_consents(bot, memory, one) for one in (here, there)))


async def _files_and_consents(bot: RunningBot, memory: Store, side: Side) -> None:
    chat = side.chat
    await side.press("e:name")
    await side.told("question-name")
    await chat.say("/mydata")
    for _ in range(600):
        if len(files_of(await chat.from_bot())) == 2:
            break
        await asyncio.sleep(0.05)
    assert files_of(await chat.from_bot()) == [
        "partnerlotse-my-data.txt", "partnerlotse-my-data.json",
    ]  # fmt: skip
    await chat.say("/mydata")
    await chat.expect("refusal-mydata-soon")

    await chat.say("/privacy")
    await chat.expect("privacy")
    await chat.tap("button-consents")
    await chat.expect("consents-title")
    await chat.tap("button-withhold-contact")
    await chat.until(lambda one: chat.words("button-allow-contact") in buttons(one), "taken back")
    assert (await memory.people.by_id(side.person.id)).email is None
    await chat.tap("button-withhold-suggested")
    await chat.until(lambda one: chat.words("button-allow-suggested") in buttons(one), "hidden")
    await side.press("vt:nonsense")
    await side.press("pu:1")
    await side.told("refusal-consent-suggested")
    await side.press("e:contact")
    await side.told("question-contact")
    await chat.say("somebody@example.org")
    await side.told("refusal-consent-contact")
    window = await chat.find("consents-title")
    await chat.tap("button-allow-suggested", window)
    await side.told("consents-title")
    for _ in range(600):
        if (await memory.organisations.by_id(side.organisation.id)).published:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("still hidden")
