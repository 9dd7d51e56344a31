"""How far apart two places lie."""

from math import asin, cos, radians, sin, sqrt

from domain.places import Place

EARTH_RADIUS = 6_371.0
"""Kilometres (IUGG mean radius)."""


def kilometres_between(one: Place | None, other: Place | None) -> float | None:
    """The great-circle distance (haversine, Sinnott 1984); None where one is not known."""
    if one is None or other is None or one.latitude is None or other.latitude is None:
        return None
    here, there = radians(one.latitude), radians(other.latitude)
    across = radians((other.longitude or 0.0) - (one.longitude or 0.0))
    inside = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, inside)))
