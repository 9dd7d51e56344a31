"""An announcement to many within Telegram's limits, beside two common ways of sending.

    python -m tests.bench.delivery

The sandbox, in a process of its own, keeps Telegram's limit (30 in any sliding second, and after
one more 429 for all for three seconds) and counts. Our side is the whole bot with a database: it
puts each message into words for its reader, sends it, and records what became of it. While it tells
3,000, people ask it for /help and reminders fall due. The others get bare chat ids and tell fewer,
since they are slow; they have no database, no words to find, and nobody to answer.

Rates are counted from what the sandbox took, over all that was sent: the first to the last.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from domain.clock import wall_clock
from domain.outbox import DeliveryState
from storage.migrate import upgrading
from storage.store import Store
from tests.bench import queueing
from tests.bench.announcing_bot import Announced, Reminded, known
from tests.bench.processes import GAZETTEER, ROOT, running
from tests.support.crowds import crowd, settle_crowd
from tests.support.outboxes import people
from tests.support.sandbox_server import RunningSandbox, running_sandbox

RECIPIENTS = 3_000
OF_OTHERS = 300
ASKING = 40
"""People who ask while others are told; each once before, and once meanwhile."""
WARMING = 5
REMINDED = 20
BETWEEN = 1.87
"""Seconds between two who ask, and between two reminders; no whole number of the gate's beats, so
that they do not always come at the same moment of one."""
RATE_AIM = 29.4
REMINDER_AIM = 2.0
SAMPLES = 30.0
PATIENCE = 30.0
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Told:
    """What the sandbox saw of one sender."""

    name: str
    recipients: int
    seconds: float
    taken: int
    refused: int
    lost: int

    @property
    def rate(self) -> float:
        """Messages a second that were taken."""
        return (self.taken - 1) / self.seconds


def _counted(name: str, recipients: int, calls: Sequence[dict[str, Any]]) -> Told:
    """From the sandbox's list of what was asked of it."""
    sends = [one for one in calls if one["method"].lower().startswith(("send", "edit"))]
    taken = [one for one in sends if one["status"] == 200]
    told = {one["chat_id"] for one in taken}
    span = max(one["at"] for one in taken) - min(one["at"] for one in taken)
    refused = sum(one["status"] == 429 for one in sends)
    return Told(name, recipients, span, len(taken), refused, max(0, recipients - len(told)))


async def _last_call(sandbox: RunningSandbox) -> int:
    calls = await sandbox.sim.calls("sendMessage")
    return int(calls[-1]["id"]) if calls else 0


async def _arrives(sandbox: RunningSandbox, chat: int, after: int) -> None:
    """Until somebody has a message from the bot after this one."""
    deadline = time.perf_counter() + PATIENCE
    while not any(one["from"]["is_bot"] for one in await sandbox.sim.messages(chat, after)):
        if time.perf_counter() > deadline:
            raise SystemExit(f"Nothing came to {chat} in {PATIENCE:.0f} seconds.")
        await asyncio.sleep(0.005)


async def _newest(sandbox: RunningSandbox, chat: int) -> int:
    return max((one["message_id"] for one in await sandbox.sim.messages(chat)), default=0)


async def _answered(sandbox: RunningSandbox, chat: int) -> float:
    """Seconds from somebody's /help to the answer."""
    began = time.perf_counter()
    said = await sandbox.sim.say(chat, "/help")
    await _arrives(sandbox, chat, said)
    return time.perf_counter() - began


async def _reminded(sandbox: RunningSandbox, store: Store, person: int, chat: int) -> float:
    """Seconds from the moment at which a reminder falls due until it is there."""
    before = await _newest(sandbox, chat)
    began = time.perf_counter()
    async with store.transaction():
        await store.outbox.add(Reminded(1), [person], at=wall_clock())
    await _arrives(sandbox, chat, before)
    return time.perf_counter() - began


async def _one_by_one(
    measure: Callable[[int, int], Awaitable[float]], whom: dict[int, int]
) -> list[float]:
    """One measurement of each, a while apart."""
    took = []
    for person, chat in whom.items():
        took.append(await measure(person, chat))
        await asyncio.sleep(BETWEEN)
    return took


async def _memory(process: psutil.Process, samples: list[float]) -> None:
    while True:
        samples.append(process.memory_info().rss / MEBIBYTE)
        await asyncio.sleep(RECIPIENTS / RATE_AIM / SAMPLES)


async def _all_settled(store: Store) -> None:
    while set(await store.outbox.totals()) - {DeliveryState.SENT}:
        await asyncio.sleep(1)


def _say_ours(calm: list[float], busy: list[float], due: list[float], rss: list[float]) -> None:
    quiet, meanwhile = statistics.median(calm), statistics.median(busy)
    print(
        f"\nWhile it tells them: /help is answered in {1000 * meanwhile:.0f} ms"
        f" (slowest {1000 * max(busy):.0f}), without in {1000 * quiet:.0f} ms"
        f" (slowest {1000 * max(calm):.0f}): {meanwhile / quiet:.1f} times as long\n"
        f"a reminder that falls due leaves after {statistics.median(due):.2f} s,"
        f" slowest {max(due):.2f} s (aim {REMINDER_AIM:.0f} s)\n"
        f"memory of the bot's process: {rss[0]:.0f} MB at the start, {rss[len(rss) // 3]:.0f} MB"
        f" at a third, {rss[-1]:.0f} MB at the end"
    )


async def _ours(sandbox: RunningSandbox, folder: Path, chats: tuple[int, ...]) -> Told:
    """The whole bot tells 3,000, while people ask and reminders fall due."""
    database = f"sqlite:///{folder / 'bot.db'}"
    await upgrading(database)
    store = Store(database)
    ids = await people(store, len(chats), telegram_ids=chats)
    several = list(zip(ids, chats, strict=True))
    asking = dict(several[RECIPIENTS : RECIPIENTS + ASKING])
    reminded = dict(several[-REMINDED:])
    environment = {
        "TELEGRAM_API_URL": sandbox.url,
        "SANDBOX_TOKEN": sandbox.token,
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "GAZETTEER_DIR": str(GAZETTEER),
        "TOPICS_DIR": str(ROOT / "var" / "topics"),
    }
    log = folder / "bot.log"
    with running("tests.bench.announcing_bot", log=log, environment=environment) as process:
        watched = psutil.Process(process.pid)
        for chat in list(asking.values())[:WARMING]:
            await _answered(sandbox, chat)

        async def ask(_person: int, chat: int) -> float:
            return await _answered(sandbox, chat)

        async def remind(person: int, chat: int) -> float:
            return await _reminded(sandbox, store, person, chat)

        calm = await _one_by_one(ask, dict(list(asking.items())[: ASKING // 2]))
        after, rss = await _last_call(sandbox), list[float]()
        sampling = asyncio.create_task(_memory(watched, rss))
        async with store.transaction():
            await store.outbox.add(Announced(1), ids[:RECIPIENTS], at=wall_clock())
        await asyncio.sleep(BETWEEN)
        busy, due = await asyncio.gather(_one_by_one(ask, asking), _one_by_one(remind, reminded))
        if not (await store.outbox.totals()).get(DeliveryState.QUEUED):
            raise SystemExit("The announcement was over before everybody had asked.")
        await _all_settled(store)
        sampling.cancel()
        told = _counted("ours", RECIPIENTS, await sandbox.sim.calls(after=after))
    await store.close()
    _say_ours(calm, busy, due, rss)
    return told


async def _theirs(sandbox: RunningSandbox, way: str, name: str, first: int) -> Told:
    """Another sender tells some; the sandbox has forgotten what it counted before."""
    await sandbox.sim.limits(per_second=30)
    after = await _last_call(sandbox)
    arguments = [way, sandbox.url, sandbox.token, str(first), str(OF_OTHERS)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.other_senders", *arguments,
        cwd=ROOT, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.wait()
    return _counted(name, OF_OTHERS, await sandbox.sim.calls(after=after))


def _table(several: Sequence[Told]) -> None:
    best = several[0].rate
    print(f"\n{'':<52}{'told':>6}{'a second':>10}{'429s':>7}{'lost':>6}{'ours is':>9}")
    for one in several:
        times = "" if one is several[0] else f"{best / one.rate:.1f} x"
        print(
            f"{one.name:<52}{one.recipients:>6}{one.rate:>10.1f}{one.refused:>7}{one.lost:>6}"
            f"{times:>9}"
        )
    print(f"(aim: {RATE_AIM} a second and not one 429)")


async def main() -> None:
    """Measure, say."""
    load = psutil.getloadavg()[0]
    print(f"load before {load:.1f} on {psutil.cpu_count()} cores")
    await queueing.main()
    known()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        number = RECIPIENTS + ASKING + REMINDED
        chats = settle_crowd(folder / "sandbox.db", number)
        assert chats == crowd(number)
        async with running_sandbox(folder / "sandbox.db", process=True) as sandbox:
            told = [await _ours(sandbox, folder, chats)]
            for way, words in (
                ("loop", "a loop with sleep(1/30)"),
                ("limiter", "python-telegram-bot, AIORateLimiter"),
                ("retries", "python-telegram-bot, AIORateLimiter, max_retries=5"),
            ):
                told.append(await _theirs(sandbox, way, words, chats[0]))
    _table(told)


if __name__ == "__main__":
    asyncio.run(main())
