"""Faults on demand, each kind."""

import time
from typing import Any

import httpx
import pytest

from tests.support.raw_client import Raw
from tests.support.sandbox_server import RunningSandbox

STATUSES = [
    (400, "Bad Request: chat not found"),
    (403, "Forbidden: bot was blocked by the user"),
    (404, "Not Found"),
    (429, "Too Many Requests: retry after 5"),
    (500, "Internal Server Error"),
    (502, "Bad Gateway"),
]


@pytest.mark.parametrize(("status", "words"), STATUSES)
async def test_a_status_so_many_times(
    sandbox: RunningSandbox, raw: Raw, anna: int, status: int, words: str
) -> None:
    await sandbox.sim.faults(
        {"method": "sendMessage", "times": 2, "status": status, "retry_after": 5}
    )
    for _ in range(2):
        refusal = await raw.refused("sendMessage", chat_id=anna, text="x")
        assert refusal == (status, words)
    await raw.ok("sendMessage", chat_id=anna, text="x")
    assert len(await sandbox.sim.messages(anna)) == 2


async def said_by_bot(sandbox: RunningSandbox, person: int) -> list[str]:
    return [m["text"] for m in await sandbox.sim.messages(person) if m["from"]["is_bot"]]


@pytest.mark.parametrize(("cut", "said"), [("before", []), ("after", ["x"])])
async def test_the_line_breaks(
    sandbox: RunningSandbox, raw: Raw, anna: int, cut: str, said: list[str]
) -> None:
    await sandbox.sim.faults({"method": "sendmessage", "times": 1, "cut": cut})
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await raw.call("sendMessage", chat_id=anna, text="x")
    assert await said_by_bot(sandbox, anna) == said
    assert (await sandbox.sim.calls("sendMessage"))[0]["status"] == 0
    await raw.ok("sendMessage", chat_id=anna, text="y")


async def test_a_delay(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    await sandbox.sim.faults({"method": "getMe", "times": 1, "delay": 0.2})
    began = time.monotonic()
    await raw.ok("getMe")
    assert time.monotonic() - began >= 0.2


async def test_a_fault_of_one_chat_only(sandbox: RunningSandbox, raw: Raw, anna: int) -> None:
    other = await sandbox.sim.person("Other")
    await sandbox.sim.start(other)
    await sandbox.sim.faults({"chat_id": anna, "status": 500})
    await raw.ok("sendMessage", chat_id=other, text="x")
    for _ in range(3):
        assert (await raw.refused("sendMessage", chat_id=anna, text="x"))[0] == 500
    await sandbox.sim.clear_faults()
    await raw.ok("sendMessage", chat_id=anna, text="x")


async def test_a_probability(sandbox: RunningSandbox, raw: Raw) -> None:
    await sandbox.sim.faults({"method": "getMe", "probability": 0.5, "status": 500})
    outcomes = {(await raw.call("getMe"))["ok"] for _ in range(60)}
    assert outcomes == {True, False}
    await sandbox.sim.clear_faults()
    await sandbox.sim.faults({"method": "getMe", "probability": 0, "status": 500})
    await raw.ok("getMe")


WRONG: list[tuple[Any, str]] = [
    ({}, "A fault needs a status, a delay or a cut."),
    ({"cut": "sideways"}, "cut is 'before' or 'after'."),
    ({"status": 200}, "status is an HTTP status from 400 to 599."),
    ({"delay": "long"}, "delay must be a number of at least 0."),
    ("x", "A fault is an object such as {method, times, status}."),
]


@pytest.mark.parametrize(("rule", "sentence"), WRONG)
async def test_a_rule_that_says_nothing(sandbox: RunningSandbox, rule: Any, sentence: str) -> None:
    async with httpx.AsyncClient(base_url=sandbox.url) as client:
        answer = await client.post("/sim/faults", json=rule)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
