"""The gazetteer that set-up built, or one built now, once for all test processes."""

import fcntl
import os
from pathlib import Path

import pytest

from matching.gazetteer import build
from matching.places import Gazetteer, GazetteerUnavailableError

PROJECT = Path(__file__).resolve().parents[2]


def gazetteer_folder() -> Path:
    """GAZETTEER_DIR or var/gazetteer; built under a file lock where it is missing or old."""
    folder = Path(os.environ.get("GAZETTEER_DIR") or PROJECT / "var" / "gazetteer")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            Gazetteer.open(folder)
        except GazetteerUnavailableError:
            build(folder, lambda done, total: None)
    return folder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Shared by all tests: it is read only."""
    return Gazetteer.open(gazetteer_folder())
