"""The gazetteer that set-up built, or one built now, once for all test processes."""

from pathlib import Path

import pytest

from matching.gazetteer import build
from matching.places import Gazetteer, GazetteerUnavailableError
from tests.support.built_once import built_once


def gazetteer_folder() -> Path:
    """GAZETTEER_DIR or var/gazetteer."""
    return built_once(
        "GAZETTEER_DIR", "gazetteer", Gazetteer.open, _build, GazetteerUnavailableError
    )


def _build(folder: Path) -> None:
    build(folder, lambda done, total: None)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Shared by all tests: it is read only."""
    return Gazetteer.open(gazetteer_folder())
