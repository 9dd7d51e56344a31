"""The command menu: in the language in which the bot is spoken with, and of one's role."""

import asyncio
import time

import pytest

from domain.roles import Role
from handlers import commands
from locales.speech import speech
from storage.store import Store
from tests.journeys.standing import newcomer, settled
from tests.support.bot_process import RunningBot
from tests.support.chat import PATIENCE, Chat

pytestmark = pytest.mark.asyncio(loop_scope="module")


def in_words(language: str, *roles: Role) -> list[dict[str, str]]:
    say = speech(language)
    return [
        {"command": name, "description": say.plain(f"command-{name}")}
        for name in commands.menu(roles)
    ]


async def shows_menu(chat: Chat, language: str, *roles: Role) -> None:
    """Wait until the menu is this one."""
    deadline = time.monotonic() + PATIENCE
    while (shown := await chat.sim.commands(chat.person)) != in_words(language, *roles):
        assert time.monotonic() < deadline, shown
        await asyncio.sleep(0.05)


async def speaks(chat: Chat, language: str) -> None:
    await chat.say("/language")
    await chat.expect("language-question")
    await chat.tap_text(speech(language).language_name(language))
    chat.language = language


async def test_the_menu_follows_the_language_that_is_spoken(bot: RunningBot, memory: Store) -> None:
    chat = await newcomer(bot, "fr")
    other = (await settled(bot, memory, "de")).chat
    await shows_menu(chat, "fr")
    await speaks(chat, "ar")
    await chat.expect("welcome")
    await shows_menu(chat, "fr")
    await chat.tap("button-consent")
    await chat.expect("question-name")
    await shows_menu(chat, "ar")
    await speaks(chat, "uk")
    await shows_menu(chat, "uk")
    await speaks(chat, "fr")
    await shows_menu(chat, "fr")
    await shows_menu(other, "de")


async def test_a_telegram_in_a_language_that_we_do_not_speak(bot: RunningBot) -> None:
    sim = bot.sandbox.sim
    chat = Chat(sim, await sim.person("Olena", "ru"), "uk")
    await shows_menu(chat, "en")
    await chat.say("/start")
    await chat.expect("welcome")
    await chat.tap("button-consent")
    await chat.expect("question-name")
    await shows_menu(chat, "uk")


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_help_lists_what_there_is(bot: RunningBot, language: str) -> None:
    chat = await newcomer(bot, language)
    await chat.say("/help")
    told = await chat.expect("help")
    for name in commands.all_of(()):
        assert f"/{name}" in told["text"], name
    for name in set(commands.COMMANDS) - set(commands.all_of(())):
        assert f"/{name}" not in told["text"], name
