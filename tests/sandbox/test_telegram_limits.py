"""Telegram's limits on sending, as a table of moments and over HTTP."""

from pathlib import Path

import pytest

from sandbox.limits import Gate, Limits
from sandbox.refusals import ControlError, Refusal
from tests.support.raw_client import Raw
from tests.support.sandbox_server import running_sandbox


class Moment:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def gate(moment: Moment, **limits: float | None) -> Gate:
    return Gate(Limits().changed(limits), moment)


def wait_of(refused: pytest.ExceptionInfo[Refusal]) -> int:
    assert refused.value.parameters is not None
    return int(refused.value.parameters["retry_after"])


def test_thirty_in_any_sliding_second_then_nothing_for_the_penalty() -> None:
    moment = Moment()
    guarded = gate(moment)
    for chat in range(30):
        guarded.admit_send(chat)
        moment.now += 0.02
    with pytest.raises(Refusal, match="Too Many Requests: retry after 3") as refused:
        guarded.admit_send(31)
    assert wait_of(refused) == 3
    moment.now += 2.5
    with pytest.raises(Refusal, match="retry after 1"):
        guarded.admit_edit()
    moment.now += 0.51
    guarded.admit_send(31)


def test_a_chat_takes_twenty_at_once_then_one_a_second() -> None:
    moment = Moment()
    guarded = gate(moment, per_second=0)
    for _ in range(20):
        guarded.admit_send(1)
    with pytest.raises(Refusal, match="retry after 1"):
        guarded.admit_send(1)
    guarded.admit_send(2)
    moment.now += 1
    guarded.admit_send(1)
    with pytest.raises(Refusal):
        guarded.admit_send(1)


def test_a_group_takes_twenty_a_minute() -> None:
    moment = Moment()
    guarded = gate(moment, per_second=0)
    for _ in range(20):
        guarded.admit_send(-1)
        moment.now += 1
    with pytest.raises(Refusal, match="retry after 40"):
        guarded.admit_send(-1)
    moment.now += 40
    guarded.admit_send(-1)


def test_edits_do_not_count_for_a_chat() -> None:
    guarded = gate(Moment(), chat_burst=1)
    guarded.admit_send(1)
    for _ in range(29):
        guarded.admit_edit()
    with pytest.raises(Refusal):
        guarded.admit_edit()


@pytest.mark.parametrize("off", [0, None])
def test_a_limit_switched_off(off: float | None) -> None:
    guarded = gate(Moment(), per_second=off, chat_burst=off, group_per_minute=off)
    for _ in range(100):
        guarded.admit_send(1)
        guarded.admit_send(-1)


@pytest.mark.parametrize("wrong", [{"speed": 1}, {"penalty": "x"}, {"penalty": -1}])
def test_limits_that_make_no_sense(wrong: dict[str, float]) -> None:
    with pytest.raises(ControlError):
        Limits().changed(wrong)


async def test_what_counts_and_what_does_not(tmp_path: Path) -> None:
    async with running_sandbox(tmp_path / "s.sqlite3", per_second=2, penalty=0.2) as sandbox:
        anna = await sandbox.sim.person("Anna")
        await sandbox.sim.start(anna)
        raw = Raw(sandbox)
        for _ in range(5):
            await raw.ok("sendChatAction", chat_id=anna, action="typing")
            await raw.ok("getUpdates")
        sent = await raw.ok("sendMessage", chat_id=anna, text="1")
        place = {"chat_id": anna, "message_id": sent["message_id"]}
        await raw.ok("editMessageText", **place, text="2")
        answer = await raw.call("sendMessage", chat_id=anna, text="3")
        assert answer == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        await raw.ok("deleteMessage", **place)
        assert (await sandbox.sim.limits(per_second=None))["per_second"] == 0
        await raw.ok("sendMessage", chat_id=anna, text="3")
        await raw.http.aclose()
