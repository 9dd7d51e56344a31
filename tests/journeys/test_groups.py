"""In groups: answered only when spoken to, never anything private, in the speaker's language."""

import asyncio
import time

import pytest

from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import newcomer, settled
from tests.journeys.test_strangers import rows
from tests.support.bot_process import RunningBot
from tests.support.chat import PATIENCE, says
from tests.support.sandbox_server import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def said_in(bot: RunningBot, group: int, number: int) -> list[Message]:
    """What the bot has said there, once it is so many messages."""
    deadline = time.monotonic() + PATIENCE
    while True:
        every = await bot.sandbox.sim.chat_messages(group)
        said = [one for one in every if one["from"]["is_bot"]]
        if len(said) >= number:
            return said
        assert time.monotonic() < deadline, f"{len(said)} messages instead of {number}"
        await asyncio.sleep(0.05)


def opens_private_chat(message: Message, username: str) -> bool:
    rows = message["reply_markup"]["inline_keyboard"]
    return [[one["url"] for one in row] for row in rows] == [[f"https://t.me/{username}"]]


@ON_BOTH
async def test_a_group_is_told_once_and_then_answered_only_when_it_speaks_to_the_bot(
    bot: RunningBot, memory: Store
) -> None:
    sim, group = bot.sandbox.sim, -2001
    username = (await sim.bot())["username"]
    french, arabic = await newcomer(bot, "fr"), (await settled(bot, memory, "ar")).chat
    before = await rows(memory)
    await sim.group(french.person, group)
    (hello,) = await said_in(bot, group, 1)
    assert says("fr", "group-hello", hello["text"])
    assert opens_private_chat(hello, username)

    for words in ("/start", "/profile", "/help@other_bot", "Hallo @other_bot"):
        await sim.say(arabic.person, words, chat_id=group)
    addressed = [
        await sim.say(arabic.person, f"/profile@{username}", chat_id=group),
        await sim.say(french.person, f"Bonjour @{username} !", chat_id=group),
        await sim.say(french.person, "Merci", chat_id=group, reply_to=hello["message_id"]),
    ]
    said = await said_in(bot, group, 4)
    answers = said[1:]
    assert [one["reply_to_message"]["message_id"] for one in answers] == addressed
    for one, language in zip(answers, ("ar", "fr", "fr"), strict=True):
        assert says(language, "group-private", one["text"])
        assert opens_private_chat(one, username)

    for number in range(20):
        await sim.say(french.person, f"@{username} {number}", chat_id=group)
    await arabic.say("/privacy")
    await arabic.expect("privacy")
    assert len(await said_in(bot, group, 4)) < 4 + 20, "too many at once go unanswered"
    assert await rows(memory) == before, "nothing is kept of a group, nor of who speaks there"
    assert await french.from_bot() == []


async def test_a_group_that_removes_the_bot_and_brings_it_back(
    bot: RunningBot, memory: Store
) -> None:
    sim, group = bot.sandbox.sim, -2002
    german = await newcomer(bot, "de")
    await sim.group(german.person, group)
    await said_in(bot, group, 1)
    await sim.group(german.person, group, present=False)
    await sim.group(german.person, group)
    said = await said_in(bot, group, 2)
    assert [says("de", "group-hello", one["text"]) for one in said] == [True, True]


async def test_no_button_in_a_group_asks_the_bot_anything(bot: RunningBot, memory: Store) -> None:
    person = (await settled(bot, memory, "uk")).chat
    await bot.sandbox.sim.group(person.person, -2003)
    (hello,) = await said_in(bot, -2003, 1)
    assert says("uk", "group-hello", hello["text"])
    assert "callback_data" not in str(hello["reply_markup"])
