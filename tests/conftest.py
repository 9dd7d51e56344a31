"""Fixtures that all tests may ask for."""

pytest_plugins = [
    "tests.support.announced",
    "tests.support.databases",
    "tests.support.gazetteer",
    "tests.support.redis_server",
]
