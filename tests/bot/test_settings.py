"""Settings: what follows from them, and one clear sentence for what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.support.sandbox_server import ROOT


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but what a test sets; no .env of the developer's."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_a_token_there_is_only_the_sandbox() -> None:
    chosen = Settings()
    assert chosen.in_sandbox
    assert chosen.own_sandbox
    assert chosen.api_url == "http://127.0.0.1:8081"
    assert chosen.token == "4242:sandbox"
    assert chosen.database == "sqlite:///var/sandbox-bot.sqlite3"


def test_with_a_token_it_is_telegram_and_another_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "12345:hush-hush")
    chosen = Settings()
    assert not chosen.in_sandbox
    assert not chosen.own_sandbox
    assert chosen.api_url == "https://api.telegram.org"
    assert chosen.bot_id == 12345
    assert chosen.database == "sqlite:///var/partnerlotse.sqlite3"
    assert "hush-hush" not in repr(chosen)


def test_a_server_of_ones_own_serves_real_tokens_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "12345:hush-hush")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8082/")
    assert Settings().api_url == "http://127.0.0.1:8082"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "")
    assert Settings().in_sandbox


@pytest.mark.parametrize(
    ("name", "value"),
    [("LOG_LEVEL", "loud"), ("EXPIRE_AFTER_DAYS", "-1"), ("SANDBOX_PORT", "abc")],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "bot", "migrate"],
        env=os.environ | {name: value, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{name}: ")
    assert len(answer.stderr.strip().splitlines()) == 1
