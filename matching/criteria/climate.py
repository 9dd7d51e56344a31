"""What one learns about drought, frost or rivers depends on the climate (Köppen and Geiger)."""

import numpy as np

from domain.rules.climates import likeness
from matching.columns import UNKNOWN, Columns, Floats, Rows
from matching.criteria.question import Question


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """How alike the climates are."""
    place = question.own.one.place
    own = place.climate if place else ""
    if columns.climates.known(own) == UNKNOWN:
        return np.zeros(len(rows), dtype=np.float32)
    by_number = np.array(
        [0.0, *(likeness(own, zone) for zone in columns.climates.all())], dtype=np.float32
    )
    return by_number[columns.of("climate", rows)]
