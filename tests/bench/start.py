"""The second start: how long until the page answers, and until the bot answers /start.

    python -m tests.bench.start

The first start, which is not measured, makes the databases and the examples. Beside it, in turns:
what `import aiogram` takes alone on the same machine.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench.processes import free_port, logged, running

RUNS = 5
PAGE_AIM = 1.0
ANSWER_AIM = 6.0
PATIENCE = 60.0


async def _first_start(folder: Path, environment: dict[str, str]) -> None:
    log = folder / "first.log"
    with running("bot", "run", log=log, environment=environment) as process:
        await logged("event=listening", process, log)


async def _second_start(
    page: httpx.AsyncClient, log: Path, environment: dict[str, str]
) -> tuple[float, float]:
    """Seconds until the page answers, and until somebody's /start is answered."""
    began = time.perf_counter()
    with running("bot", "run", log=log, environment=environment):
        await _page_up(page)
        until_page = time.perf_counter() - began
        newcomer = (await page.post("/sim/people", json={"first_name": "Ana"})).json()["id"]
        said = await page.post(f"/sim/people/{newcomer}/messages", json={"text": "/start"})
        await _answered(page, newcomer, said.json()["message_id"])
        return until_page, time.perf_counter() - began


async def _page_up(page: httpx.AsyncClient) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            (await page.get("/")).raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.01)
        else:
            return


async def _answered(page: httpx.AsyncClient, person: int, said: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = await page.get(f"/sim/people/{person}/messages", params={"after": said})
        if answer.raise_for_status().json():
            return
        await asyncio.sleep(0.02)
    raise SystemExit("Nobody answered /start.")


def _import_aiogram() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import aiogram"], check=True)
    return time.perf_counter() - began


def _line(what: str, took: list[float], aim: str) -> None:
    each = ", ".join(f"{one:.1f}" for one in took)
    print(f"{what:>24}: {statistics.median(took):.2f} s ({each}){aim}")


async def main() -> None:
    """Start several times, and say the medians."""
    pages, answers, imports = list[float](), list[float](), list[float]()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {"VAR_DIR": str(folder), "SANDBOX_PORT": str(port)}
        await _first_start(folder, environment)
        address = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=address, timeout=5, trust_env=False) as page:
            for number in range(RUNS):
                imports.append(await asyncio.to_thread(_import_aiogram))
                log = folder / f"start-{number}.log"
                until_page, until_answer = await _second_start(page, log, environment)
                pages.append(until_page)
                answers.append(until_answer)
    _line("page answers", pages, f" (aim {PAGE_AIM:.0f} s)")
    _line("bot answers /start", answers, f" (aim {ANSWER_AIM:.0f} s)")
    _line("import aiogram alone", imports, "")


if __name__ == "__main__":
    asyncio.run(main())
