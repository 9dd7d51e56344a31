"""How far apart they lie: a visit by train is had sooner than one by two flights."""

import numpy as np

from matching.columns import Columns, Floats, Rows
from matching.criteria.question import Question
from matching.place_ranking import EARTH_RADIUS_KM

FAR = 3_000.0
"""Kilometres from which on it does not count any more."""


def kilometres(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    """Great-circle distances by the haversine formula (Sinnott 1984); nan where not known."""
    here, there = np.radians(np.float32(latitude)), np.radians(latitudes)
    across = np.radians(longitudes - np.float32(longitude))
    inside = np.sin((there - here) / 2) ** 2
    inside += np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    return (2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(inside, 0, 1)))).astype(np.float32)


def values(question: Question, columns: Columns, rows: Rows) -> Floats:
    """1 next door, 0 from FAR on."""
    latitude = question.own.values["latitude"]
    longitude = question.own.values["longitude"]
    if latitude is None or np.isnan(latitude):
        return np.zeros(len(rows), dtype=np.float32)
    far = kilometres(
        latitude, longitude, columns.of("latitude", rows), columns.of("longitude", rows)
    )
    # Of nan and 0, fmax takes 0.
    return np.fmax(0, 1 - far / np.float32(FAR)).astype(np.float32)
