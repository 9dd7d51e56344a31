"""Who has helped others before is likely to help again."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question
from matching.weights import ORDER

DOUBT = 2
"""Answers that are still missing: one kind word says less than ten."""


def factors(question: Question, columns: Columns, rows: Rows) -> Floats:
    """The same whoever asks."""
    return by_record(columns, rows)


def by_record(columns: Columns, rows: Rows) -> Floats:
    """1 for who was not asked about yet; above it for who has helped."""
    told = columns.of("told", rows).astype(np.float32)
    helped = columns.of("helped", rows).astype(np.float32)
    return (1 + np.float32(ORDER["help"]) * helped / (told + DOUBT)).astype(np.float32)
