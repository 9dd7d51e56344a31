"""What Telegram shows of the bot before anybody speaks: command menus and descriptions.

One menu a language serves everybody. A chat has a menu of its own where its person holds a role,
or speaks another language with the bot than with Telegram.
"""

from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from domain.languages import DEFAULT, LANGUAGES
from domain.people import Person
from domain.roles import Role
from handlers import commands
from handlers.turn import Menu
from locales.speech import speech
from storage.store import UNAVAILABLE, Store

log = structlog.get_logger()


class Menus:
    """Tells Telegram of menus. Failing is no reason to stop: the bot works without them, and a
    menu proves nothing, since every verb asks for itself who may."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store

    async def publish(self) -> None:
        """Everybody's in every language, then those of people who hold a role."""
        try:
            for language in (None, *LANGUAGES):
                await self._publish(language)
            for person in await self._with_roles():
                await self.refresh(Menu(person.telegram_id))
        except TelegramAPIError as error:
            log.warning("menus-unpublished", error=error)
        except UNAVAILABLE as error:
            log.warning("menus-unpublished", error=error)

    async def refresh(self, menu: Menu) -> None:
        """A chat's menu as its person's roles and language are now."""
        try:
            person = await self._store.people.by_telegram(menu.chat_id)
            roles = await self._store.roles.of(person.id) if person else frozenset()
            scope = BotCommandScopeChat(chat_id=menu.chat_id)
            if person is None or not (roles or person.language != menu.language_of_telegram):
                await self._bot.delete_my_commands(scope=scope)
                return
            shown = _commands(person.language, commands.menu(roles))
            await self._bot.set_my_commands(shown, scope=scope)
        except TelegramAPIError as error:
            log.warning("menu-unpublished", error=error)
        except UNAVAILABLE as error:
            log.warning("menu-unpublished", error=error)

    async def _publish(self, language: str | None) -> None:
        say = speech(language or DEFAULT)
        await self._bot.set_my_commands(
            _commands(say.language, commands.MENU),
            scope=BotCommandScopeAllPrivateChats(),
            language_code=language,
        )
        await self._bot.set_my_description(say.plain("bot-description"), language_code=language)
        await self._bot.set_my_short_description(
            say.plain("bot-short-description"), language_code=language
        )

    async def _with_roles(self) -> Sequence[Person]:
        holding = [await self._store.roles.holding(role) for role in Role]
        return list({one.id: one for several in holding for one in several}.values())


def _commands(language: str, names: Sequence[str]) -> list[BotCommand]:
    say = speech(language)
    return [BotCommand(command=name, description=say.plain(f"command-{name}")) for name in names]
