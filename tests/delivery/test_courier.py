"""The courier: what each answer, and each way of getting none, comes to."""

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from delivery.answers import Hurdle, TryAgain
from delivery.courier import Courier
from delivery.gate import Gate, Pace
from delivery.message import Button, Letter, Message
from domain.notices import Priority
from domain.outbox import DeliveryState, Outcome
from tests.support.raw_server import SILENCE, answer, raw_server, sent, telegram
from tests.support.sandbox_server import RunningSandbox, free_port, running_sandbox

ROOT = Path(__file__).parents[2]
TOKEN = "4242:a-token-of-no-worth"
LETTER = Letter(5, Message("<b>Hello</b>"))
UNKNOWN, FAILED, BLOCKED = DeliveryState.UNKNOWN, DeliveryState.FAILED, DeliveryState.BLOCKED


@asynccontextmanager
async def courier(
    base_url: str, token: str = TOKEN, gate: Gate | None = None, answer_timeout: float = 5.0
) -> AsyncIterator[Courier]:
    """A courier at work."""
    someone = Courier(
        token,
        gate or Gate(Pace(per_second=None)),
        base_url=base_url,
        connect_timeout=2.0,
        answer_timeout=answer_timeout,
    )
    await someone.start()
    yield someone
    await someone.stop()


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox without limits."""
    async with running_sandbox(
        tmp_path / "sandbox.db", per_second=0, chat_burst=0, group_per_minute=0
    ) as running:
        yield running


async def delivered(*said: bytes) -> Outcome | TryAgain:
    """What comes of a letter to a server that says this."""
    async with raw_server(*said) as server, courier(server.url, answer_timeout=0.3) as someone:
        return await someone.deliver(LETTER)


async def test_a_letter_arrives_as_html_with_its_buttons_and_without_previews() -> None:
    message = Message(
        "<b>Hello</b>",
        (
            (Button("Yes", data="ia:1"), Button("No", data="id:1")),
            (Button("Page", url="https://example.org/"),),
        ),
    )
    async with raw_server(sent(77)) as server, courier(server.url) as someone:
        outcome = await someone.deliver(Letter(5, message))
    assert outcome == Outcome(DeliveryState.SENT, message_id=77)
    ((path, form),) = server.asked
    assert path == f"/bot{TOKEN}/sendMessage"
    assert (form["chat_id"], form["text"], form["parse_mode"]) == ("5", "<b>Hello</b>", "HTML")
    assert json.loads(form["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(form["reply_markup"])["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "ia:1"}, {"text": "No", "callback_data": "id:1"}],
        [{"text": "Page", "url": "https://example.org/"}],
    ]


async def test_a_message_without_buttons_has_no_keyboard() -> None:
    async with raw_server(sent()) as server, courier(server.url) as someone:
        await someone.deliver(LETTER)
    assert "reply_markup" not in server.asked[0][1]


@pytest.mark.parametrize(
    ("said", "comes_to"),
    [
        (telegram(403, "Forbidden: bot was blocked by the user"), Outcome(BLOCKED, "blocked")),
        (telegram(403, "Forbidden: user is deactivated"), Outcome(BLOCKED, "deactivated")),
        (
            telegram(403, "Forbidden: bot can't initiate conversation with a user"),
            Outcome(BLOCKED, "never-started"),
        ),
        (telegram(403, "Forbidden: something new"), Outcome(BLOCKED, "forbidden")),
        (telegram(400, "Bad Request: chat not found"), Outcome(FAILED, "chat-not-found")),
        (
            telegram(400, "Bad Request: can't parse entities: Unclosed start tag"),
            Outcome(FAILED, "html-refused"),
        ),
        (telegram(400, "Bad Request: message is too long"), Outcome(FAILED, "too-long")),
        (telegram(400, "Bad Request: BUTTON_DATA_INVALID"), Outcome(FAILED, "button-refused")),
        (telegram(400, "Bad Request: Ada said no"), Outcome(FAILED, "bad-request")),
        (
            telegram(400, "group upgraded", parameters={"migrate_to_chat_id": -1001}),
            TryAgain(Hurdle.MOVED),
        ),
        (
            telegram(429, "Too Many Requests", parameters={"retry_after": 3}),
            TryAgain(Hurdle.FLOOD, after=3.0),
        ),
        (telegram(429, "Too Many Requests"), TryAgain(Hurdle.SERVER)),
        (telegram(500, "Internal Server Error"), TryAgain(Hurdle.SERVER)),
        (telegram(502, "Bad Gateway"), TryAgain(Hurdle.SERVER)),
        (telegram(401, "Unauthorized"), TryAgain(Hurdle.TOKEN)),
        (telegram(404, "Not Found"), TryAgain(Hurdle.TOKEN)),
        (answer(502, "<h1>Bad Gateway</h1>"), Outcome(UNKNOWN, "gateway-error")),
        (answer(504, ""), Outcome(UNKNOWN, "gateway-error")),
        (answer(403, "<h1>Our proxy says no</h1>"), TryAgain(Hurdle.SERVER)),
        (answer(200, "<h1>Hotel WLAN</h1>"), Outcome(UNKNOWN, "unreadable-answer")),
        (b"", Outcome(UNKNOWN, "line-broke")),
        (sent()[:-5] + b"", Outcome(UNKNOWN, "timeout")),
        (b"nonsense\r\n\r\n", Outcome(UNKNOWN, "line-broke")),
        (SILENCE, Outcome(UNKNOWN, "timeout")),
    ],
)
async def test_what_an_answer_comes_to(said: bytes, comes_to: Outcome | TryAgain) -> None:
    assert await delivered(said) == comes_to


async def test_nobody_there_means_certainly_not_sent() -> None:
    async with courier(f"http://127.0.0.1:{free_port()}") as someone:
        assert await someone.deliver(LETTER) == TryAgain(Hurdle.LINE)


async def test_no_connection_free_means_certainly_not_sent() -> None:
    async with raw_server(SILENCE) as server:
        someone = Courier(
            TOKEN,
            Gate(Pace(per_second=None)),
            base_url=server.url,
            connections=1,
            connect_timeout=0.2,
            answer_timeout=1.0,
        )
        await someone.start()
        outcomes = await asyncio.gather(someone.deliver(LETTER), someone.deliver(LETTER))
        await someone.stop()
    assert outcomes == [Outcome(UNKNOWN, "timeout"), TryAgain(Hurdle.LINE)]


async def test_a_connection_that_was_closed_while_idle_is_not_written_into() -> None:
    closing = sent().replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    async with raw_server(closing, sent(8)) as server, courier(server.url) as someone:
        assert await someone.deliver(LETTER) == Outcome(DeliveryState.SENT, message_id=7)
        assert await someone.deliver(LETTER) == Outcome(DeliveryState.SENT, message_id=8)


async def test_text_that_cannot_be_encoded_fails_alone() -> None:
    async with raw_server(sent()) as server, courier(server.url) as someone:
        outcome = await someone.deliver(Letter(5, Message("\ud800")))
    assert (outcome, server.asked) == (Outcome(FAILED, "not-encodable"), [])


async def test_a_wrong_token_is_said_once_and_never_shown() -> None:
    with capture_logs() as logs:
        async with (
            raw_server(telegram(401, "Unauthorized")) as server,
            courier(server.url) as someone,
        ):
            await someone.deliver(LETTER)
            await someone.deliver(LETTER)
    assert [line["event"] for line in logs] == ["token-refused"]
    assert TOKEN not in str(logs)


async def test_no_log_of_the_libraries_holds_token_or_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        for said in (sent(), answer(200, "Hello"), telegram(500, "Hello"), b""):
            await delivered(said)
    assert TOKEN not in caplog.text
    assert "Hello" not in caplog.text


async def test_the_gate_hears_of_a_flood_wait_and_the_letter_is_not_repeated() -> None:
    gate = Gate(Pace(per_second=None))
    flood = telegram(429, "Too Many Requests", parameters={"retry_after": 1})
    async with raw_server(flood) as server, courier(server.url, gate=gate) as someone:
        assert await someone.deliver(LETTER) == TryAgain(Hurdle.FLOOD, after=1.0)
    assert len(server.asked) == 1
    passing = asyncio.create_task(gate.passing(6, Priority.CONVERSATION))
    done, _ = await asyncio.wait({passing}, timeout=0.3)
    assert not done
    await passing


async def test_each_fault_of_the_sandbox(sandbox: RunningSandbox) -> None:
    person = await sandbox.sim.person("Ada")
    await sandbox.sim.start(person)
    faults: list[tuple[dict[str, object], Outcome | TryAgain]] = [
        ({"status": 429, "retry_after": 2}, TryAgain(Hurdle.FLOOD, after=2.0)),
        ({"status": 403}, Outcome(BLOCKED, "blocked")),
        ({"status": 400}, Outcome(FAILED, "chat-not-found")),
        ({"status": 500}, TryAgain(Hurdle.SERVER)),
        ({"status": 502}, TryAgain(Hurdle.SERVER)),
        ({"cut": "before"}, Outcome(UNKNOWN, "line-broke")),
        ({"cut": "after"}, Outcome(UNKNOWN, "line-broke")),
        ({"delay": 3}, Outcome(UNKNOWN, "timeout")),
    ]
    async with courier(sandbox.url, sandbox.token, answer_timeout=0.5) as someone:
        for fault, comes_to in faults:
            await sandbox.sim.faults({"method": "sendMessage", "times": 1} | fault)
            letter = Letter(person, Message(f"{fault}"))
            assert await someone.deliver(letter) == comes_to, fault
        letter = Letter(person, Message("whole"))
        outcome = await someone.deliver(letter)
    seen = await sandbox.sim.messages(person)
    assert outcome == Outcome(DeliveryState.SENT, message_id=seen[-1]["message_id"])


async def test_somebody_who_blocked_the_bot(sandbox: RunningSandbox) -> None:
    person = await sandbox.sim.person("Ada")
    await sandbox.sim.start(person)
    await sandbox.sim.block(person)
    async with courier(sandbox.url, sandbox.token) as someone:
        assert await someone.deliver(Letter(person, Message("Hello"))) == Outcome(
            BLOCKED, "blocked"
        )


def test_who_delivers_needs_no_aiogram() -> None:
    program = (
        "import sys, delivery.worker, delivery.courier;"
        "sys.exit(any(name.split('.')[0] == 'aiogram' for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_the_gate_needs_no_telegram_library() -> None:
    program = (
        "import sys, delivery.worker, delivery.gate, delivery.shared_gate;"
        "sys.exit(any(name.split('.')[0] in ('aiogram', 'telegram') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
