"""People who have not agreed, and people who press what is not theirs: each is answered, nobody
gets anything, nothing breaks."""

import asyncio
import random
import string
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from delivery.buttons import PRESSES
from domain.introductions import IntroductionState
from domain.profiles import ESSENTIAL, Answer
from storage.store import Store
from storage.tables import metadata
from tests.journeys.standing import Listening, Side, newcomer, settled, stand_at, turn_of
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, read, says
from tests.support.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Which updates were handled is remembered of everybody: numbers that name nobody.
OF_NOBODY = {"handled_updates", "alembic_version"}
JUNK = ("", "ref_123", "A" * 64, "_-_-", "admin", "token", "0")


async def rows(store: Store) -> dict[str, int]:
    """How much is stored, table by table."""
    async with store.reading.connect() as connection:
        return {
            name: int((await connection.execute(select(func.count()).select_from(table))).scalar())
            for name, table in metadata.tables.items()
            if name not in OF_NOBODY
        }


def forged(seed: int, number: int) -> Iterator[str]:
    """Callback data as nobody's button carries it: noise, and our own codes with any values."""
    chance = random.Random(seed)
    letters = string.printable + "ßж️عٓ👍🏽\u202e\u2066"
    values = (
        "",
        "0",
        "1",
        "-1",
        "2",
        "99999999",
        str(2**63),
        "-" + "9" * 30,
        "name",
        "x:y",
        "٣",
        "anywhere",
        "geonames:1",
        "country:XX",
        "own:",
        "../..",
        "' OR 1=1",
        "\u202e",
        "1e3",
    )
    for _ in range(number):
        if chance.random() < 0.25:
            data = "".join(chance.choices(letters, k=chance.randint(1, 40)))
        else:
            several = chance.choices(values, k=chance.randint(0, 3))
            data = ":".join([chance.choice(list(PRESSES)), *several])
        while len(data.encode()) > 64:
            data = data[:-1]
        if data.strip():
            yield data


def nothing_failed(bot: RunningBot) -> None:
    journal = bot.journal.read_text()
    assert [line for line in journal.splitlines() if "handler-failed" in line] == []
    assert [line for line in journal.splitlines() if "answer-refused" in line] == []


@pytest.mark.parametrize("language", ["ar", "uk", "de"])
async def test_whatever_a_stranger_says_the_question_of_consent_comes_and_nothing_is_stored(
    bot: RunningBot, memory: Store, language: str
) -> None:
    before = await rows(memory)
    chat = await newcomer(bot, language)
    listening = Listening(chat)
    for words in ("Hallo", "👍", "<b>x</b>", "\u200f.", "/profile", "/partners", "/cancel", "/ъ"):
        await chat.say(words)
        (said,) = await listening.hear()
        assert says(language, "welcome", said["text"]), words
    await chat.say("ъ" * 5000)
    assert all(says(language, "welcome", one["text"]) for one in await listening.hear(2))
    await chat.sim.upload(chat.person, png(), "a.png", "image/png", field="photo")
    (said,) = await listening.hear()
    assert says(language, "welcome", said["text"])
    await chat.say("/privacy")
    (said,) = await listening.hear()
    assert says(language, "privacy", said["text"])
    assert "reply_markup" not in said, "nothing to erase yet"
    await chat.say("/help")
    (said,) = await listening.hear()
    assert says(language, "help", said["text"])
    await listening.nothing_more()
    assert await rows(memory) == before


async def test_who_refuses_consent_is_not_stored_and_may_still_agree(
    bot: RunningBot, memory: Store
) -> None:
    before = await rows(memory)
    chat = await newcomer(bot, "fr")
    await chat.say("/start")
    await chat.expect("welcome")
    await chat.tap("button-no-consent")
    await chat.expect("consent-declined")
    await chat.say("/start")
    await chat.expect("welcome")
    assert await rows(memory) == before
    await chat.tap("button-consent")
    await chat.expect("question-name")
    assert (await rows(memory))["people"] == before["people"] + 1


async def test_a_stranger_may_choose_the_language_before_anything_is_stored(
    bot: RunningBot, memory: Store
) -> None:
    before = await rows(memory)
    chat = await newcomer(bot, "de")
    await chat.say("/language")
    await chat.expect("language-question")
    await chat.tap_text("العربية")
    chat.language = "ar"
    await chat.expect("welcome")
    await chat.say("مرحبا")
    await chat.expect("welcome")
    assert await rows(memory) == before
    await chat.tap("button-consent")
    await chat.expect("question-name")
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    assert person.language == "ar"


async def test_deep_links_with_any_payload_lead_to_the_beginning(
    bot: RunningBot, memory: Store
) -> None:
    before = await rows(memory)
    chat = await newcomer(bot, "es")
    listening = Listening(chat)
    for payload in JUNK:
        await chat.sim.start(chat.person, payload)
        (said,) = await listening.hear()
        assert says("es", "welcome", said["text"]), payload
    await chat.say("/start ' OR 1=1; <b>")
    (said,) = await listening.hear()
    assert says("es", "welcome", said["text"])
    assert await rows(memory) == before


async def test_forged_buttons_of_a_stranger(bot: RunningBot, memory: Store) -> None:
    before = (await rows(memory))["people"]
    chat = await newcomer(bot, "en")
    await chat.say("/start")
    await chat.expect("welcome")
    for data in forged(1, 120):
        if data.startswith(("c:1:", "kc:1:")):
            continue  # agreeing is a stranger's right
        newest = (await chat.from_bot())[-1]["message_id"]
        tapped = await chat.sim.tap(chat.person, newest, callback_data=data)
        assert tapped["answer"] is not None, f"{data!r} left the person waiting"
    assert (await rows(memory))["people"] == before
    nothing_failed(bot)


@pytest.mark.parametrize("step", list(Answer)[::3])
async def test_forged_buttons_at_a_question_are_all_answered_and_break_nothing(
    bot: RunningBot, memory: Store, step: Answer
) -> None:
    chat = await stand_at(bot, memory, "uk", step)
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    for data in forged(2 + len(step), 100):
        if data.startswith(("er:1", "l:")) or data in ("n", "p"):
            continue
        newest = (await chat.from_bot())[-1]["message_id"]
        tapped = await chat.sim.tap(chat.person, newest, callback_data=data)
        assert tapped["answer"] is not None, f"{data!r} left the person waiting"
    nothing_failed(bot)
    assert await memory.people.by_id(person.id) is not None
    await chat.say("/help")
    await chat.expect("help")
    profile = await memory.organisations.of(person.id)
    if step in ESSENTIAL:
        assert profile is None or not profile.published


@pytest.mark.parametrize("step", [Answer.KIND, Answer.PLACE, Answer.OFFERS, Answer.REGIONS])
async def test_options_that_do_not_exist_are_not_chosen(
    bot: RunningBot, memory: Store, step: Answer
) -> None:
    chat = await stand_at(bot, memory, "ar", step)
    newest = (await chat.from_bot())[-1]["message_id"]
    turn = await turn_of(memory, chat)
    for option in ("", "x", "geonames:0", "geonames:x", "country:XX", "ua", "-1", "name", "'", "é"):
        data = f"o:{turn}:{option}"
        tapped = await chat.sim.tap(chat.person, newest, callback_data=data)
        assert tapped["answer"]["text"] == chat.words("stale-toast"), data
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    conversation = await memory.conversations.of(person.id)
    assert conversation.step == step.value
    assert not conversation.pending.get("chosen")
    nothing_failed(bot)


async def test_an_introduction_is_nobody_elses_to_answer(bot: RunningBot, memory: Store) -> None:
    asking, asked, other = await asyncio.gather(
        *(settled(bot, memory, language) for language in ("de", "uk", "ar"))
    )
    await asking.press(f"i:{asked.organisation.id}")
    await asked.chat.find("IntroductionAsked")
    (made,) = await memory.introductions.of(asked.organisation.id)

    async def refused(side: Side, *codes: str) -> None:
        for code in codes:
            listening = Listening(side.chat)
            await listening.all_heard()
            tapped = await side.press(f"{code}:{made.id}")
            assert tapped["answer"]["text"] == side.chat.words("look-below")
            (said,) = await listening.hear()
            assert says(side.chat.language, "refusal-not-yours", said["text"])

    await refused(other, "ia", "id", "iw")
    await refused(asking, "ia", "id")
    await refused(asked, "iw")
    found = await memory.introductions.by_id(made.id)
    assert found is not None
    assert found.state is IntroductionState.ASKED
    assert asking.organisation.name not in " ".join(
        [read(one.get("text", "")) for one in await other.chat.from_bot()]
    )
    nothing_failed(bot)


async def test_an_introduction_of_others_does_not_disturb_a_question(
    bot: RunningBot, memory: Store
) -> None:
    """Somebody in the middle of the questions presses a button that is not theirs."""
    asking, asked = await asyncio.gather(settled(bot, memory, "de"), settled(bot, memory, "fr"))
    await asking.press(f"i:{asked.organisation.id}")
    await asked.told("IntroductionAsked")
    (made,) = await memory.introductions.of(asked.organisation.id)

    async def one(step: Answer) -> None:
        chat: Chat = await stand_at(bot, memory, "uk", step)
        turn = await turn_of(memory, chat)
        newest = (await chat.from_bot())[-1]["message_id"]
        await chat.sim.tap(chat.person, newest, callback_data=f"ia:{made.id}")
        await chat.expect("refusal-not-yours")
        assert await turn_of(memory, chat) == turn

    await asyncio.gather(*map(one, Answer))


async def test_an_organisation_that_cannot_be_seen_cannot_be_asked(
    bot: RunningBot, memory: Store
) -> None:
    asking, hidden = await asyncio.gather(settled(bot, memory, "es"), settled(bot, memory, "pt"))
    await hidden.press("pu:0")
    await hidden.told("profile-now-hidden")
    for organisation in (hidden.organisation.id, asking.organisation.id, 10**9, -1, 0):
        listening = Listening(asking.chat)
        await listening.all_heard()
        await asking.press(f"i:{organisation}")
        (said,) = await listening.hear()
        assert says("es", "refusal-partner-gone", said["text"])
    assert await memory.introductions.of(asking.organisation.id) == ()
