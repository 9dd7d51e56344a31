"""Hours in which both are at work: without any, nobody talks without getting up at night."""

from datetime import date
from functools import lru_cache

import numpy as np

from domain.rules.hours import share_in_common
from matching.columns import UNKNOWN, Columns, Floats, Rows
from matching.criteria.question import Question

_USUAL = date(2026, 3, 2)  # a Monday without a change of clocks, where no day is given


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """The share of the working day in common."""
    place = question.own.one.place
    here = place.timezone if place else None
    if here is None or columns.zones.known(here) == UNKNOWN:
        return np.zeros(len(rows), dtype=np.float32)
    return _by_number(question.on or _USUAL, here, columns.zones.all())[columns.of("zone", rows)]


@lru_cache(maxsize=1024)
def _by_number(day: date, here: str, zones: tuple[str, ...]) -> Floats:
    shares = (_share(day, here, there) for there in zones)
    return np.array([0.0, *shares], dtype=np.float32)


@lru_cache(maxsize=100_000)
def _share(day: date, here: str, there: str) -> float:
    return share_in_common(day, here, there) or 0.0
