"""The end of the line within this process: takes what the bot says, as Telegram would, quickly."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import (
    EditMessageText,
    GetMe,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import Chat, Message, User

SAYING = (SendMessage, SendDocument, SendPhoto, EditMessageText)


class Line(BaseSession):
    """Counts what is said; the sandbox's own tests and the journeys hold every call against the
    Bot API, so that this need not."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self._numbers = count(1_000)

    async def make_request(
        self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None
    ) -> Any:
        """Telegram's answer."""
        if isinstance(method, GetMe):
            return User(id=1, is_bot=True, first_name="Partnerlotse", username="partnerlotse_bot")
        self.calls.append(method)
        if isinstance(method, SAYING):
            chat = Chat(id=int(str(method.chat_id)), type="private")
            return Message(message_id=next(self._numbers), date=datetime.now(UTC), chat=chat)
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """Nobody downloads anything."""
        raise NotImplementedError("the bot downloads nothing")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""
