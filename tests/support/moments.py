"""Moments at which something was seen, in seconds."""

from collections.abc import Sequence


def most_within_a_second(moments: Sequence[float]) -> int:
    """How many there are in the fullest second."""
    return max(sum(start <= one < start + 1 for one in moments) for start in moments)
