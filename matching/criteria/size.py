"""Like sizes have like worries: a town of 15,000 learns little from a metropolis."""

import numpy as np

from matching.columns import UNKNOWN, Columns, Floats, Rows
from matching.criteria.question import Question

BY_STEPS = np.array([1.0, 0.5, 0.0, 0.0], dtype=np.float32)
"""What sizes are worth that are so many classes apart."""


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 for the same class of size, half for the next one."""
    own = int(question.own.values["size"])
    if own == UNKNOWN:
        return np.zeros(len(rows), dtype=np.float32)
    by_number = np.array(
        [0.0, *(BY_STEPS[abs(number - own)] for number in range(1, len(BY_STEPS) + 1))],
        dtype=np.float32,
    )
    return by_number[columns.of("size", rows)]
