"""A Redis for tests: the fixture `redis_url`, and `redis_key`, a key of the test's own."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from redis import Redis
from redis.exceptions import RedisError


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The URL of a Redis that answers; skips, by name, where none does."""
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
    try:
        with Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as redis:
            redis.ping()
    except (RedisError, OSError) as error:
        pytest.skip(f"Redis: TEST_REDIS_URL does not answer ({type(error).__name__})")
    return url


@pytest.fixture
def redis_key(redis_url: str) -> Iterator[str]:
    """The beginning of all keys that a test writes; they are gone afterwards."""
    key = f"test:{uuid4().hex}"
    yield key
    with Redis.from_url(redis_url) as redis:
        for name in redis.scan_iter(match=f"*{key}*"):
            redis.delete(name)
