"""Who was shown to many lately sinks a little, so that popular places are not flooded (Tomita and
Yokoyama 2024)."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question
from matching.weights import ORDER


def factors(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 / (1 + weight · others to whom it was shown)."""
    shown = columns.of("shown", rows).astype(np.float32)
    if question.ties.shown:
        here = np.isin(columns.of("id", rows), np.fromiter(question.ties.shown, np.int64))
        shown = np.maximum(0, shown - here)
    return _sunk(shown)


def at_most(columns: Columns, rows: Rows) -> Floats:
    """The factors where whoever asks was among those to whom they were shown."""
    return _sunk(np.maximum(0, columns.of("shown", rows).astype(np.float32) - 1))


def _sunk(shown: Floats) -> Floats:
    return (1 / (1 + np.float32(ORDER["exposure"]) * shown)).astype(np.float32)
