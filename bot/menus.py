"""What Telegram shows of the bot before anybody speaks: command menus and descriptions."""

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from domain.languages import DEFAULT, LANGUAGES
from locales.speech import speech

log = structlog.get_logger()

COMMANDS = (
    "start",
    "profile",
    "partners",
    "introductions",
    "language",
    "privacy",
    "help",
    "cancel",
)


async def publish_menus(bot: Bot) -> None:
    """Tell Telegram the menus and descriptions in every language. Failing is no reason to stop:
    the bot works without them, and tells them again at its next start."""
    try:
        for language in (None, *LANGUAGES):
            await _publish(bot, language)
    except TelegramAPIError as error:
        log.warning("menus-unpublished", error=error)


async def _publish(bot: Bot, language: str | None) -> None:
    say = speech(language or DEFAULT)
    commands = [
        BotCommand(command=name, description=say.plain(f"command-{name}")) for name in COMMANDS
    ]
    await bot.set_my_commands(
        commands, scope=BotCommandScopeAllPrivateChats(), language_code=language
    )
    await bot.set_my_description(say.plain("bot-description"), language_code=language)
    await bot.set_my_short_description(say.plain("bot-short-description"), language_code=language)
