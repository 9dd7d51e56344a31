"""Fixtures that all tests may ask for, and how tests are spread over the cores."""

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

pytest_plugins = [
    "tests.support.announced",
    "tests.support.databases",
    "tests.support.gazetteer",
    "tests.support.redis_server",
]

# How fast an example is says how busy the machine is, and nothing of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

APART = ("tests/handlers/test_no_window_is_left_out.py",)
"""Files whose tests share nothing and take long, so that they need not wait for one another."""


class ByFile(LoadFileScheduling):
    """The tests of a file run one after the other in one process, since they share bots and
    databases; those of a few files go wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(APART) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile | None:
    """Spread by file, where nothing else is asked for."""
    return ByFile(config, log) if config.getoption("dist") == "loadfile" else None
