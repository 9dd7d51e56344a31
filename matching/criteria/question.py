"""What a criterion is asked: for whom, on which day, and about which rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.track_records import NO_TIES, Ties
from matching.columns import Columns, Floats, Row, Rows


@dataclass(frozen=True, slots=True)
class Question:
    """For which organisation partners are sought, what is between it and others, and the day."""

    own: Row
    ties: Ties = NO_TIES
    on: date | None = None


Criterion = Callable[[Question, Columns, Rows], Floats]
