"""What our delivery is held against: two common ways of telling many people something.

    python -m tests.bench.other_senders loop|limiter|retries API_URL TOKEN FIRST_CHAT CHATS

loop: one after the other, sleeping a thirtieth of a second after each. limiter, retries:
python-telegram-bot with its own AIORateLimiter, as it comes and with five retries, all at once.
"""

import asyncio
import logging
import sys
from collections.abc import Iterable

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

WORDS = "<b>announced</b>\n\n" + "A session on water losses. " * 12


def _request() -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=64,
        pool_timeout=300,
        read_timeout=30,
        httpx_kwargs={"trust_env": False},
    )


async def _say(bot: Bot, chat: int) -> None:
    try:
        await bot.send_message(chat, WORDS, parse_mode="HTML")
    except TelegramError as error:
        print(f"lost: {type(error).__name__}")


async def _loop(bot: Bot, chats: Iterable[int]) -> None:
    for chat in chats:
        await _say(bot, chat)
        await asyncio.sleep(1 / 30)


async def _all_at_once(bot: Bot, chats: Iterable[int]) -> None:
    await asyncio.gather(*(_say(bot, chat) for chat in chats))


logging.disable(logging.CRITICAL)  # The library logs each refusal with its traceback.


async def main(way: str, api: str, token: str, first: int, number: int) -> None:
    """Tell them all."""
    chats = range(first, first + number)
    bot: Bot
    if way == "loop":
        bot = Bot(token, base_url=f"{api}/bot", request=_request())
    else:
        limiter = AIORateLimiter(max_retries=5 if way == "retries" else 0)
        bot = ExtBot(token, base_url=f"{api}/bot", request=_request(), rate_limiter=limiter)
    async with bot:
        await (_loop if way == "loop" else _all_at_once)(bot, chats)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], *map(int, sys.argv[4:6])))
