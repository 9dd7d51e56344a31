"""Their towns are partners already: the utility of a twinned town is half known."""

import numpy as np

from matching.columns import UNKNOWN, Columns, Floats, Rows
from matching.criteria.question import Question


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 where the other lies in a town that is a partner of one's own."""
    numbers = [columns.places.known(place) for place in question.ties.twinned_places]
    known = [number for number in numbers if number != UNKNOWN]
    if not known:
        return np.zeros(len(rows), dtype=np.float32)
    return np.isin(columns.of("place", rows), known).astype(np.float32)
