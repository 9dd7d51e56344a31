"""The same trade: people of the same sector understand each other at once."""

import numpy as np

from domain.organisations import Sector
from matching.columns import Columns, Floats, Rows, bits_of
from matching.criteria.question import Question

_EVERY = bits_of((Sector.CROSS_SECTOR,), tuple(Sector))


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 where both are of one sector; being of all of them says nothing."""
    own = int(question.own.values["sectors"]) & ~_EVERY
    return ((columns.of("sectors", rows) & own) != 0).astype(np.float32)
