"""The criteria by which partners are found, one file each; their weights in matching/weights.py.

All of them work on columns: a criterion is asked once for many organisations.
"""

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
from matching.criteria.question import Criterion

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
