"""Starting: what a person sees who types one command, and one sentence where it cannot start."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from locales.speech import speech
from storage.store import Store
from tests.support.chat import Chat, read
from tests.support.gazetteer import gazetteer_folder
from tests.support.sandbox_server import ROOT, Sim, free_port

PATIENCE = 60.0


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"}
    return kept | {
        "VAR_DIR": str(folder),
        "GAZETTEER_DIR": str(gazetteer_folder()),
        "PYTHONPATH": str(ROOT),
        **more,
    }


@asynccontextmanager
async def running(folder: Path, port: int) -> AsyncIterator[Path]:
    """`python -m bot run` as `make run` calls it; yields its journal, once it listens."""
    journal = folder / "journal"
    with journal.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=environment(folder, SANDBOX_PORT=str(port)),
            stdout=file,
            stderr=file,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while "event=listening" not in journal.read_text():
            assert process.poll() is None, journal.read_text()
            assert time.monotonic() < deadline, journal.read_text()
            await asyncio.sleep(0.05)
        yield journal
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)


async def test_one_command_gives_a_page_with_examples_who_can_be_introduced(
    tmp_path: Path,
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with running(tmp_path, port) as journal:
        assert url in journal.read_text()
        async with httpx.AsyncClient(trust_env=False) as browser:
            assert "<html" in (await browser.get(url)).text
        sim = Sim(url)
        people = {one["username"]: one for one in await sim.people()}
        assert list(people)[:4] == [
            "yourself", "example_dresden", "example_lviv", "example_coordinator"
        ]  # fmt: skip
        dresden = Chat(sim, people["example_dresden"]["id"], "de")
        await dresden.expect("welcome-back-menu")
        await dresden.tap("button-partners")
        card = await dresden.find("example-mark")
        assert speech("de").plain("button-introduce") in str(card["reply_markup"])
        lviv = [one for one in await dresden.from_bot() if "Львів" in read(one["text"])]
        await dresden.tap("button-introduce", lviv[0])
        oksana = Chat(sim, people["example_lviv"]["id"], "uk")
        await oksana.expect("IntroductionAsked")
        await sim.close()


async def test_a_second_start_finds_everything_and_adds_nothing(tmp_path: Path) -> None:
    port = free_port()
    counts = []
    for _ in range(2):
        async with running(tmp_path, port):
            sim = Sim(f"http://127.0.0.1:{port}")
            counts.append(len(await sim.people()))
            await sim.close()
    store = Store(f"sqlite:///{tmp_path}/sandbox-bot.sqlite3")
    assert counts[0] == counts[1]
    # All but "yourself", who is nobody yet.
    assert len(await store.people.examples()) == counts[0] - 1
    await store.close()


def start_and_fail(folder: Path, *command: str, **more: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env=environment(folder, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert answer.returncode != 0
    return answer.stderr


def test_without_a_gazetteer_it_says_what_to_do(tmp_path: Path) -> None:
    said = start_and_fail(
        tmp_path,
        "run",
        TELEGRAM_API_URL="http://127.0.0.1:9",
        GAZETTEER_DIR=str(tmp_path / "none"),
    )
    assert "make setup" in said
    assert "Traceback" not in said


def test_without_its_redis_it_says_what_to_do(tmp_path: Path) -> None:
    said = start_and_fail(tmp_path, "worker", REDIS_URL="redis://127.0.0.1:9/0")
    assert "REDIS_URL" in said
    assert "Traceback" not in said


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as other:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}", trust_env=False)
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline
        said = start_and_fail(tmp_path, "run", SANDBOX_PORT=str(port))
        other.terminate()
    assert "SANDBOX_PORT" in said


def test_the_doctor_names_each_fault_and_what_to_do(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "bot", "doctor"],
        cwd=ROOT,
        env=environment(
            tmp_path,
            TELEGRAM_API_URL="http://127.0.0.1:9",
            GAZETTEER_DIR=str(tmp_path / "none"),
            REMIND_AFTER_DAYS="20",
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = dict(line[6:].split(": ", 1) for line in answer.stdout.splitlines() if "FAULT" in line)
    assert answer.returncode == 1
    assert "REMIND_AFTER_DAYS" in lines["settings"]
    assert "python -m bot migrate" in lines["database"]
    assert "python -m bot gazetteer" in lines["gazetteer"]
    assert "no answer" in lines["token and server"]
    assert "ok    time zones" in answer.stdout


def test_migrate_makes_the_doctor_content_with_the_database(tmp_path: Path) -> None:
    for command in ("migrate", "doctor"):
        answer = subprocess.run(
            [sys.executable, "-m", "bot", command],
            cwd=ROOT,
            env=environment(tmp_path, TELEGRAM_API_URL="http://127.0.0.1:9"),
            capture_output=True,
            text=True,
            check=False,
        )
    assert "ok    database" in answer.stdout


def test_a_worker_needs_no_aiogram() -> None:
    seen = "import sys, bot.working; print('aiogram' in sys.modules, 'telegram' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["False", "True"]
