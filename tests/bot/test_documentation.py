"""What is written is true: settings, commands, links, decisions."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from storage.tables import metadata
from tests.support.sandbox_server import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


def settings_table() -> dict[str, str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \|.*?\| (.*?) \|$", README, re.MULTILINE)
    return dict(rows)


def test_the_table_of_settings_is_what_the_bot_reads() -> None:
    declared = {name.upper(): str(one.description) for name, one in Settings.model_fields.items()}
    assert settings_table() == declared


def test_the_command_line_tells_of_every_command() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "bot", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for command in ("run", "sandbox", "worker", "migrate", "gazetteer", "texts", "doctor",
                    "invite-admin", "trail", "suggest", "rounds", "consortia"):  # fmt: skip
        assert re.search(rf"\b{command}\b", answer.stdout), command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_named_paths_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_picture_of_the_house_names_folders_that_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"^([a-z]+(?:/[a-z_]+)*)/\s{2,}", text, re.MULTILINE)
    modules = re.findall(r"^([a-z]+(?:/[a-z_]+)+\.py)\s", text, re.MULTILINE)
    assert [path for path in [*named, *modules] if not (ROOT / path).exists()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_lock_files_name_no_registry_and_pin_everything() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][^\s;]*==", text, re.MULTILINE | re.IGNORECASE)
        assert len(pinned) > 40
        assert text.count("--hash=sha256:") >= len(pinned)


def test_every_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if re.match(r'^    "[a-zA-Z][\w\[\]-]*(==[\d.]+)?",', line)]
    assert [line for line in listed if "#" not in line] == []
    assert len(listed) > 25


def test_the_map_of_what_is_stored_names_every_table() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    assert named == set(metadata.tables)
    settings = set(re.findall(r"`(KEEP_[A-Z_]+|ERASE_[A-Z_]+)`", text))
    assert {one.lower() for one in settings} <= set(Settings.model_fields)
