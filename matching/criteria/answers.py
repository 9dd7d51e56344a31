"""Who answers requests comes before who leaves people waiting."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question
from matching.weights import ORDER

DOUBT = 2
"""So many requests count as answered to begin with: one that was overlooked says little."""
SELDOM = 0.5
"""Beneath this rate it speaks against a partner."""


def rate(asked: int, answered: int) -> float:
    """The share of requests answered, with the benefit of doubt."""
    return (answered + DOUBT) / (asked + DOUBT)


def factors(question: Question, columns: Columns, rows: Rows) -> Floats:
    """The same whoever asks."""
    return by_record(columns, rows)


def by_record(columns: Columns, rows: Rows) -> Floats:
    """1 for who always answers or was never asked."""
    asked = columns.of("asked", rows).astype(np.float32)
    answered = columns.of("answered", rows).astype(np.float32)
    rates = np.minimum(1, (answered + DOUBT) / (asked + DOUBT))
    return (1 - np.float32(ORDER["answers"]) * (1 - rates)).astype(np.float32)
