"""What was said of earlier suggestions: "not for us, because …", and that it helped."""

import numpy as np

from matching.columns import Columns, Floats, Rows, trait_rows
from matching.criteria.question import Question
from matching.weights import ORDER

LEAST, MOST = 0.5, 1.25
"""However much was said, a fit is neither buried nor made by it."""


def factors(question: Question, columns: Columns, rows: Rows) -> Floats:
    """Below 1 for traits that were refused, above it for those of partners that helped."""
    found = np.ones(len(rows), dtype=np.float32)
    weight = ORDER["taste"]
    for counts, step in ((question.ties.taste.less, -weight), (question.ties.taste.more, weight)):
        for trait, times in counts.items():
            found *= np.where(trait_rows(trait, columns, rows), np.float32(1 + step) ** times, 1)
    return np.clip(found, LEAST, MOST).astype(np.float32)
