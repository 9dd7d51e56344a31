"""Whoever was not here for half a year may not read a request."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question
from matching.weights import ORDER

RECENT, LONG_AGO = 30, 180
"""Days: until the first nothing is taken off, from the second on all of the weight."""


def factors(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 for who was here lately, or of whom it is not known."""
    if question.on is None:
        return np.ones(len(rows), dtype=np.float32)
    last = columns.of("active_on", rows).astype(np.float32)
    away = np.where(last > 0, question.on.toordinal() - last, 0)
    share = np.clip((away - RECENT) / (LONG_AGO - RECENT), 0, 1)
    return (1 - np.float32(ORDER["activity"]) * share).astype(np.float32)
