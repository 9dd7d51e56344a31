"""Sustainable Development Goals that both have named."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 where they share a goal."""
    own = np.uint32(question.own.values["sdgs"])
    return ((columns.of("sdgs", rows) & own) != 0).astype(np.float32)
