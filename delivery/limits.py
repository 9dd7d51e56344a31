"""The gate as python-telegram-bot's rate limiter."""

import os
import zlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from delivery.gate import Gate
from domain.notices import Priority

# The library's own switch for waits as timedeltas, instead of a warning at each flood wait.
os.environ.setdefault("PTB_TIMEDELTA", "1")

_LIMITED = ("send", "edit", "copy", "forward")

Result = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a call says of itself, as `rate_limit_args`.

    An object and not a bare number: python-telegram-bot drops whatever is false, and the most
    urgent priority is 0. `passed`: its caller has been through the gate already. `tries`: requests
    at most; only a 429, which certainly was not sent, is tried again.
    """

    priority: Priority = Priority.CONVERSATION
    passed: bool = False
    tries: int = 5


class CourierLimiter(BaseRateLimiter[Turn]):
    """Lets what python-telegram-bot sends pass the gate, and tells the gate of flood waits."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def initialize(self) -> None:
        """The gate belongs to whoever made it."""

    async def shutdown(self) -> None:
        """The gate belongs to whoever made it."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Turn | None,
    ) -> Result:
        """Pass the gate, then make the request; raises RetryAfter when its tries are used up."""
        turn = rate_limit_args or Turn()
        chat_id = _chat(data) if endpoint.startswith(_LIMITED) else None
        passed = turn.passed
        for _ in range(turn.tries - 1):
            try:
                return await self._request(callback, args, kwargs, chat_id, turn, passed)
            except RetryAfter:
                passed = False
        return await self._request(callback, args, kwargs, chat_id, turn, passed)

    async def _request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        chat_id: int | None,
        turn: Turn,
        passed: bool,
    ) -> Result:
        journey = None
        if chat_id is not None and not passed:
            journey = await self._gate.setting_out(chat_id, turn.priority)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            self._gate.flooded(seconds(flood))
            raise
        finally:
            if journey is not None:
                journey.answered()


def seconds(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _chat(data: dict[str, Any]) -> int | None:
    """The chat that a call sends to; a channel's name counts as a group of its own."""
    chat_id = data.get("chat_id")
    if chat_id is None or isinstance(chat_id, int):
        return chat_id
    try:
        return int(chat_id)
    except ValueError:
        return -zlib.crc32(str(chat_id).encode())
