"""Updates a second through the webhook, beside bare aiogram in the same run.

    python -m tests.bench.updates

One update is one person's typed answer to a question of the profile: ours stores it, moves the
conversation on and records the update's id, all in one transaction, then asks the next question in
the person's language. Beside it, in turns: a bare aiogram state step with one raw aiosqlite commit
and one answer (tests/bench/bare_bot.py). Both get the same updates, by 40 connections kept open,
each of another person: nobody waits for a reply of their own. Each person answers two questions.

Then the same at an even pace that both can keep, where a latency counts from the moment at which
an update was due: the slowest answers of the two compare best where both have as much to do.

The rates are the machine's at that moment; their ratio is what is claimed. "CPU" is the processor
time of the bot's process an update, which other programs on the machine disturb less.
"""

import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import psutil

from tests.bench.population import FIRST, settle_people
from tests.bench.processes import free_port, logged, running

CONNECTIONS = 40
ROUNDS = 9
PEOPLE_A_ROUND = 500
WARMING = 200
SECRET = "bench"
AIM = 0.7
PACE = 150.0
"""Updates a second in the paced rounds."""
PACED_ROUNDS = 3
PEOPLE_A_PACED_ROUND = 300
PEOPLE = WARMING + ROUNDS * PEOPLE_A_ROUND + PACED_ROUNDS * PEOPLE_A_PACED_ROUND
CALM = 0.02
"""Seconds of processor time in a quarter of a second, at which a process counts as idle."""


@dataclass(slots=True)
class Side:
    """One of the two: where it listens, and what was measured."""

    name: str
    token: str
    port: int
    database: Path
    process: psutil.Process
    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    paced: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    update_id: int = 0

    def cpu_seconds(self) -> float:
        """Processor time that its process has taken so far."""
        return sum(self.process.cpu_times()[:2])

    def requests(self, people: Iterable[int], text: str) -> list[bytes]:
        """An update of each person, as Telegram would post it."""
        return [self._request(person, text) for person in people]

    def _request(self, person: int, text: str) -> bytes:
        self.update_id += 1
        sender = {"id": person, "first_name": "Ana", "language_code": "de"}
        message = {
            "message_id": self.update_id,
            "date": 1_700_000_000,
            "chat": {"id": person, "type": "private", "first_name": "Ana"},
            "from": {**sender, "is_bot": False},
            "text": f"{text} {person}",
        }
        body = json.dumps({"update_id": self.update_id, "message": message}).encode()
        return (
            f"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n\r\n"
        ).encode() + body


async def _post_all(port: int, requests: list[bytes], pace: float = 0.0) -> list[float]:
    """Post each once, by 40 connections, `pace` a second (0: as fast as answers come); seconds
    that each took."""
    waiting, latencies = enumerate(requests), list[float]()
    start = time.perf_counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number, request in waiting:
            began = start + number / pace if pace else time.perf_counter()
            await asyncio.sleep(max(0.0, began - time.perf_counter()))
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise SystemExit(f"An update was refused:\n{head.decode()}")
            lengths = head.lower().split(b"content-length:")
            await reader.readexactly(int(lengths[1].split(b"\r\n")[0]))
            latencies.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return latencies


async def _measure(side: Side, requests: list[bytes]) -> tuple[float, float, list[float]]:
    """Updates a second, CPU seconds an update, latencies in seconds."""
    before, began = side.cpu_seconds(), time.perf_counter()
    latencies = await _post_all(side.port, requests)
    took = time.perf_counter() - began
    cpu = side.cpu_seconds() - before
    return len(requests) / took, cpu / len(requests), latencies


async def _calm(sides: Iterable[Side]) -> None:
    """Wait until neither does anything more, such as tidying up after the last round."""
    for side in sides:
        before = -1.0
        while side.cpu_seconds() - before > CALM:
            before = side.cpu_seconds()
            await asyncio.sleep(0.25)


async def _round(side: Side, people: range) -> None:
    """Everybody of this round answers two questions."""
    requests = side.requests(people, "Name") + side.requests(people, "Function")
    rate, cpu, latencies = await _measure(side, requests)
    side.rates.append(rate)
    side.cpu.append(cpu)
    side.latencies += latencies


async def _paced_round(side: Side, people: range) -> None:
    """The same, no faster than the pace."""
    requests = side.requests(people, "Name") + side.requests(people, "Function")
    side.paced += await _post_all(side.port, requests, PACE)


async def _warm(side: Side) -> None:
    people = range(FIRST, FIRST + WARMING)
    await _post_all(side.port, side.requests(people, "Name") + side.requests(people, "Function"))


@asynccontextmanager
async def _ours(api: str, folder: Path) -> AsyncIterator[Side]:
    database, port, log = folder / "ours.sqlite3", free_port(), folder / "ours.log"
    await settle_people(f"sqlite:///{database}", PEOPLE)
    token = "1001:ours"
    environment = {
        "BOT_TOKEN": token,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(folder),
        "SENDS_PER_SECOND": "0",
        "UPDATES_PER_PERSON": "0",
        "WEBHOOK_URL": "https://bench.invalid",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PORT": str(port),
    }
    with running("bot", "run", log=log, environment=environment) as process:
        await logged("webhook-listening", process, log)
        yield Side("ours", token, port, database, psutil.Process(process.pid))


@asynccontextmanager
async def _bare(api: str, folder: Path) -> AsyncIterator[Side]:
    database, port, log = folder / "bare.sqlite3", free_port(), folder / "bare.log"
    token = "1002:bare"
    arguments = ("tests.bench.bare_bot", str(port), api, token, SECRET, str(database))
    with running(*arguments, log=log) as process:
        await logged("listening", process, log)
        yield Side("bare aiogram", token, port, database, psutil.Process(process.pid))


def _counted(database: Path, statement: str) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute(statement).fetchone()[0])


def _check(ours: Side, bare: Side, counts: dict[str, int]) -> None:
    """Everything that was posted was really done."""
    done = {
        "ours, conversations at the third question": _counted(
            ours.database,
            "SELECT count(*) FROM conversations WHERE json_extract(state, '$.step') = 'contact'",
        ),
        "ours, people with both answers": _counted(
            ours.database,
            "SELECT count(*) FROM people WHERE name = 'Name ' || telegram_id"
            " AND function = 'Function ' || telegram_id",
        ),
        "ours, updates recorded, by two": _counted(
            ours.database, "SELECT count(*) / 2 FROM handled_updates"
        ),
        "bare, people with both answers": _counted(
            bare.database,
            "SELECT count(*) FROM answers WHERE name = 'Name ' || person"
            " AND function = 'Function ' || person",
        ),
    }
    for side in (ours, bare):
        done[f"{side.name}, answers sent, by two"] = counts.get(f"{side.token} sendMessage", 0) // 2
    wrong = {what: number for what, number in done.items() if number != PEOPLE}
    if wrong:
        journal = ours.database.with_suffix(".log").read_text()[-2_000:]
        raise SystemExit(f"Not everything was done; {PEOPLE} expected: {wrong}\n{journal}")


def _milliseconds(latencies: list[float]) -> tuple[float, float]:
    """The middle one, and the one that a hundredth exceeds."""
    cuts = statistics.quantiles(latencies, n=100)
    return 1000 * cuts[49], 1000 * cuts[98]


def _report(ours: Side, bare: Side) -> None:
    for side in (ours, bare):
        middle, late = _milliseconds(side.latencies)
        paced, paced_late = _milliseconds(side.paced)
        print(
            f"{side.name:>13}: {statistics.median(side.rates):6.0f} updates/s"
            f" (rounds {', '.join(f'{one:.0f}' for one in side.rates)});"
            f" p50 {middle:.0f} ms, p99 {late:.0f} ms;"
            f" at {PACE:.0f} a second p50 {paced:.1f} ms, p99 {paced_late:.1f} ms;"
            f" CPU {1000 * statistics.median(side.cpu):.2f} ms an update"
        )
    ratio = statistics.median(ours.rates) / statistics.median(bare.rates)
    pairs = sorted(one / other for one, other in zip(ours.rates, bare.rates, strict=True))
    cpu = statistics.median(bare.cpu) / statistics.median(ours.cpu)
    print(
        f"        ratio: {ratio:.2f} of its rate (aim {AIM}; rounds {pairs[0]:.2f} to"
        f" {pairs[-1]:.2f}), {cpu:.2f} by processor time"
    )


async def _all_rounds(sides: tuple[Side, Side]) -> None:
    first = FIRST + WARMING
    kinds = [(_round, PEOPLE_A_ROUND)] * ROUNDS
    kinds += [(_paced_round, PEOPLE_A_PACED_ROUND)] * PACED_ROUNDS
    for measured, people in kinds:
        for side in sides:
            await _calm(sides)
            await measured(side, range(first, first + people))
        first += people


async def main() -> None:
    """Measure, check, say."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        api, log = f"http://127.0.0.1:{port}", folder / "stub.log"
        async with AsyncExitStack() as stack:
            stub = stack.enter_context(running("tests.bench.telegram_stub", str(port), log=log))
            await logged("listening", stub, log)
            ours = await stack.enter_async_context(_ours(api, folder))
            bare = await stack.enter_async_context(_bare(api, folder))
            load = psutil.getloadavg()[0]
            print(
                f"A typed answer to the profile, {CONNECTIONS} connections, distinct people,"
                f" {ROUNDS} rounds of {2 * PEOPLE_A_ROUND} in turns; load before {load:.1f}"
                f" on {psutil.cpu_count()} cores"
            )
            await _warm(ours)
            await _warm(bare)
            await _all_rounds((ours, bare))
            with urlopen(f"{api}/counts") as answer:
                counts = json.load(answer)
            _check(ours, bare, counts)
        _report(ours, bare)


if __name__ == "__main__":
    asyncio.run(main())
