"""aiogram's side of the gate: its sends pass the same gate as the courier's."""

import asyncio
from contextvars import ContextVar
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)

from delivery.gate import NO_CHAT, Gate
from delivery.journeys import Journey
from domain.notices import Priority

SENDS = (SendMessage, SendDocument, SendPhoto)
EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup)
ATTEMPTS = 5

urgency: ContextVar[Priority] = ContextVar("urgency", default=Priority.CONVERSATION)
"""How urgent what this task sends is; answers to people are the most urgent."""


class Gatekeeper(BaseRequestMiddleware):
    """Lets aiogram's sends through the gate, and halts everything after a 429."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._answers: dict[type[TelegramMethod[Any]], type[Response[Any]]] = {}

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Response[Any]:
        """Pass, ask, and after a 429, which certainly was not taken, pass again."""
        self._remember_answer_of(type(method))
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._ask(make_request, bot, method)
            except TelegramRetryAfter as flood:
                self._gate.flooded(flood.retry_after)
                if not isinstance(method, (*SENDS, *EDITS)):
                    # What does not pass the gate waits by itself.
                    await asyncio.sleep(flood.retry_after)
        return await self._ask(make_request, bot, method)

    async def _ask(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        journey = await self._pass(method)
        try:
            return await make_request(bot, method)
        finally:
            if journey is not None:
                journey.answered()

    def _remember_answer_of(self, kind: type[TelegramMethod[Any]]) -> None:
        """aiogram has pydantic make a class of each kind of answer, which is forgotten whenever
        rubbish is collected; making it anew takes as long as a hundred answers."""
        if kind not in self._answers:
            self._answers[kind] = Response[kind.__returning__]  # type: ignore[name-defined]

    async def _pass(self, method: TelegramMethod[Any]) -> Journey | None:
        if isinstance(method, SENDS) and isinstance(method.chat_id, int):
            return await self._gate.setting_out(method.chat_id, urgency.get())
        if isinstance(method, EDITS):
            return await self._gate.setting_out(NO_CHAT, urgency.get())
        return None
