"""The gate beneath python-telegram-bot's own methods."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot

from delivery.gate import Gate
from delivery.journeys import Journey
from delivery.limits import CourierLimiter, Turn
from domain.notices import Priority
from tests.support.raw_server import RawServer, raw_server, sent, telegram

NO_WAIT = telegram(429, "Too Many Requests", parameters={"retry_after": 0.01})


class Watched(Gate):
    """A gate that remembers who passed, and how long it was to be shut."""

    def __init__(self) -> None:
        super().__init__()
        self.passed: list[tuple[int, Priority]] = []
        self.floods: list[float] = []

    async def setting_out(self, chat_id: int, priority: Priority) -> Journey:
        self.passed.append((chat_id, priority))
        return await super().setting_out(chat_id, priority)

    def flooded(self, retry_after: float) -> None:
        self.floods.append(retry_after)
        super().flooded(retry_after)


@asynccontextmanager
async def bot(*says: bytes) -> AsyncIterator[tuple[ExtBot[Turn], Watched, RawServer]]:
    gate = Watched()
    async with raw_server(telegram(200, result=ME), *says) as server:
        some: ExtBot[Turn] = ExtBot(
            "4242:none", base_url=f"{server.url}/bot", rate_limiter=CourierLimiter(gate)
        )
        async with some:
            yield some, gate, server


ME = {"id": 4242, "is_bot": True, "first_name": "Bot", "username": "a_bot"}


async def test_sends_pass_the_gate_with_their_priority() -> None:
    async with bot(sent()) as (some, gate, _):
        await some.send_message(5, "Hello", rate_limit_args=Turn(Priority.ANNOUNCEMENT))
        await some.edit_message_text("Hello", chat_id=6, message_id=1)
        await some.send_message("@channel", "Hello")
    assert gate.passed[:2] == [(5, Priority.ANNOUNCEMENT), (6, Priority.CONVERSATION)]
    assert gate.passed[2][0] < 0


async def test_the_most_urgent_priority_is_not_lost_on_the_way() -> None:
    async with bot(sent()) as (some, gate, _):
        await some.send_message(5, "Hello", rate_limit_args=Turn(Priority.CONVERSATION, True))
    assert gate.passed == []


async def test_what_writes_to_no_chat_does_not_pass_the_gate() -> None:
    async with bot(telegram(200, result=True)) as (some, gate, _):
        await some.answer_callback_query("1")
        await some.set_my_short_description("Hello")
    assert gate.passed == []


async def test_after_a_flood_wait_it_is_tried_again_through_the_gate() -> None:
    async with bot(NO_WAIT, NO_WAIT, sent(9)) as (some, gate, _):
        message = await some.send_message(5, "Hello", rate_limit_args=Turn(passed=True))
    assert message.message_id == 9
    assert gate.floods == [0.01, 0.01]
    assert gate.passed == [(5, Priority.CONVERSATION)] * 2


async def test_tries_come_to_an_end() -> None:
    async with bot(NO_WAIT) as (some, gate, server):
        with pytest.raises(RetryAfter):
            await some.send_message(5, "Hello", rate_limit_args=Turn(tries=3))
    assert len(gate.floods) == 3
    assert len(server.asked) == 4


async def test_nothing_else_is_tried_again() -> None:
    async with bot(telegram(400, "Bad Request: chat not found")) as (some, _, server):
        with pytest.raises(BadRequest):
            await some.send_message(5, "Hello")
    assert len(server.asked) == 2
