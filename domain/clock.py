"""What time it is, as a parameter: a function that returns an aware UTC datetime."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The machine's own time in UTC."""
    return datetime.now(UTC)
