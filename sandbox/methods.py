"""The Bot API's verbs by name, and those by which the bot speaks of itself."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import listening, messaging
from sandbox.arguments import Arguments
from sandbox.files import downloadable
from sandbox.menus import (
    find_commands,
    find_words,
    language_key,
    read_commands,
    scope_key,
    write_commands,
    write_words,
)
from sandbox.messaging import read_chat_id
from sandbox.people import find_chat, full_chat
from sandbox.telegram import Telegram

Method = Callable[[Telegram, Arguments], Awaitable[Any]]


async def get_me(telegram: Telegram, arguments: Arguments) -> Any:
    return await telegram.store.run(lambda db: telegram.named_bot(db).me())


async def get_chat(telegram: Telegram, arguments: Arguments) -> Any:
    chat_id = read_chat_id(arguments)
    return await telegram.store.run(lambda db: full_chat(find_chat(db, chat_id)))


async def get_file(telegram: Telegram, arguments: Arguments) -> Any:
    file_id = arguments.text("file_id") or ""
    return await telegram.store.run(lambda db: downloadable(db, file_id).as_file())


def _menu_place(arguments: Arguments) -> tuple[str, str]:
    scope = arguments.structure("scope", "can't parse BotCommandScope JSON object")
    return scope_key(scope), language_key(arguments.text("language_code"))


async def set_my_commands(telegram: Telegram, arguments: Arguments) -> Any:
    commands = read_commands(arguments.structure("commands", "can't parse commands JSON object"))
    scope, language = _menu_place(arguments)
    await telegram.store.run(lambda db: write_commands(db, scope, language, commands))
    telegram.events.publish(None, "commands", {})
    return True


async def delete_my_commands(telegram: Telegram, arguments: Arguments) -> Any:
    scope, language = _menu_place(arguments)
    await telegram.store.run(lambda db: write_commands(db, scope, language, []))
    telegram.events.publish(None, "commands", {})
    return True


async def get_my_commands(telegram: Telegram, arguments: Arguments) -> Any:
    scope, language = _menu_place(arguments)
    return await telegram.store.run(lambda db: find_commands(db, scope, language)) or []


def _setter(kind: str) -> Method:
    async def set_words(telegram: Telegram, arguments: Arguments) -> Any:
        language = language_key(arguments.text("language_code"))
        words = arguments.text(kind) or ""
        await telegram.store.run(lambda db: write_words(db, kind, language, words))
        return True

    return set_words


def _getter(kind: str) -> Method:
    async def get_words(telegram: Telegram, arguments: Arguments) -> Any:
        language = language_key(arguments.text("language_code"))
        return {kind: await telegram.store.run(lambda db: find_words(db, kind, language))}

    return get_words


# By name in lower case: Telegram does not mind the case.
METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": listening.get_updates,
    "setwebhook": listening.set_webhook,
    "deletewebhook": listening.delete_webhook,
    "getwebhookinfo": listening.get_webhook_info,
    "sendmessage": messaging.send_message,
    "sendphoto": messaging.send_photo,
    "senddocument": messaging.send_document,
    "editmessagetext": messaging.edit_message_text,
    "editmessagecaption": messaging.edit_message_caption,
    "editmessagereplymarkup": messaging.edit_message_reply_markup,
    "deletemessage": messaging.delete_message,
    "answercallbackquery": messaging.answer_callback_query,
    "sendchataction": messaging.send_chat_action,
    "getchat": get_chat,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _setter("name"),
    "getmyname": _getter("name"),
    "setmydescription": _setter("description"),
    "getmydescription": _getter("description"),
    "setmyshortdescription": _setter("short_description"),
    "getmyshortdescription": _getter("short_description"),
}
