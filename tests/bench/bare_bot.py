"""What ours is held against: aiogram as it is, a state step, one raw aiosqlite commit, one answer.

Tuned as ours is: asynchronous filters, no garbage collection of what stays, the same settings of
SQLite. It knows no languages, dedupes nothing, and keeps its states in memory.

A process of its own: `python -m tests.bench.bare_bot PORT API_URL TOKEN SECRET DATABASE`.
"""

import asyncio
import gc
import sys

import aiosqlite
from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

TABLE = "CREATE TABLE answers (person INTEGER PRIMARY KEY, name TEXT, function TEXT)"


class Asking(StatesGroup):
    """The questions."""

    function = State()
    done = State()


router = Router()


def _keyboard() -> InlineKeyboardMarkup:
    """Three buttons, as under a question of ours."""
    texts = ("Back", "Skip", "Cancel")
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=one, callback_data=one) for one in texts]]
    )


@router.message(StateFilter(None))
async def take_name(message: Message, state: FSMContext, database: aiosqlite.Connection) -> None:
    await database.execute(
        "INSERT INTO answers (person, name) VALUES (?, ?)", (message.chat.id, message.text)
    )
    await database.commit()
    await state.set_state(Asking.function)
    await message.answer("Question 2 of 12\nWhat do you do there?", reply_markup=_keyboard())


@router.message(StateFilter(Asking.function))
async def take_function(
    message: Message, state: FSMContext, database: aiosqlite.Connection
) -> None:
    await database.execute(
        "UPDATE answers SET function = ? WHERE person = ?", (message.text, message.chat.id)
    )
    await database.commit()
    await state.set_state(Asking.done)
    await message.answer("Question 3 of 12\nHow can you be reached?", reply_markup=_keyboard())


async def main(port: int, api: str, token: str, secret: str, database: str) -> None:
    """Serve until killed."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot(token, session=session)
    async with aiosqlite.connect(database) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
            await connection.execute(f"PRAGMA {pragma}")
        await connection.execute(TABLE)
        await connection.commit()
        dispatcher = Dispatcher(storage=MemoryStorage(), database=connection)
        dispatcher.include_router(router)
        handler = SimpleRequestHandler(
            dispatcher, bot, handle_in_background=False, secret_token=secret
        )
        application = web.Application()
        handler.register(application, path="/telegram")
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        gc.collect()
        gc.freeze()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        print("listening", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:6]))
