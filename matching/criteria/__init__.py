"""The criteria by which partners are found, one file each; their weights in matching/weights.py.

All of them work on columns: a criterion is asked once for many organisations.
"""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria import (
    activity,
    answers,
    climate,
    distance,
    exposure,
    forms,
    goals,
    help_given,
    hours,
    relations,
    sectors,
    size,
    taste,
)
from matching.criteria.question import Criterion, Question
from matching.weights import FIT

OF_THE_FIT: dict[str, Criterion] = {
    "relations": relations.values,
    "forms": forms.values,
    "sectors": sectors.values,
    "size": size.values,
    "goals": goals.values,
    "climate": climate.values,
    "hours": hours.values,
    "distance": distance.values,
}
"""The same from both sides, 0 to 1, and 0 where either side has not stated it."""

OF_THE_ORDER: dict[str, Criterion] = {
    "exposure": exposure.factors,
    "answers": answers.factors,
    "help": help_given.factors,
    "activity": activity.factors,
    "taste": taste.factors,
}
"""By which the score is multiplied; 1 where nothing is known."""


def at_most(question: Question, by_topics: Floats, columns: Columns, rows: Rows) -> Floats:
    """The score that fits by topics can come to, where all speaks for them that is not looked up
    here."""
    share = sum(FIT.values())
    if not question.ties.twinned_places:
        share -= FIT["relations"]
    most = 1 + columns.of("lift", rows)
    if question.ties.taste.more:
        most *= np.float32(taste.MOST)
    return ((by_topics + (1 - by_topics) * np.float32(share)) * most).astype(np.float32)


def lift(columns: Columns, rows: Rows) -> Floats:
    """How far above 1, or below it, their records can bring the order at most, whoever asks. It
    lies in a column of its own, so that it is at hand for many."""
    most = exposure.at_most(columns, rows)
    return most * answers.by_record(columns, rows) * help_given.by_record(columns, rows) - 1
