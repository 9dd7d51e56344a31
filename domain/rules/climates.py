"""How alike two climates are, by their zones after Köppen and Geiger ("Cfb")."""

from domain.searches import ClimateWish

SAME_ZONE, SAME_RAIN, SAME_GROUP = 1.0, 0.6, 0.3
"""The same zone ("Cfb"), the same two letters ("Cf"), the same group ("C")."""
GROUPS = "ABCDE"
"""Tropical, dry, temperate, cold, polar."""


def likeness(one: str, other: str) -> float:
    """How alike two zones are, 0 to 1; 0 where one is not known."""
    if not one or not other or one[0] != other[0]:
        return 0.0
    if one == other:
        return SAME_ZONE
    return SAME_RAIN if one[:2] == other[:2] else SAME_GROUP


def is_wished(own: str, other: str, wishes: frozenset[str]) -> bool:
    """Whether the other's zone is one that is wished for, seen from one's own; a zone that is not
    known passes, and without a wish all do."""
    if not wishes or not own or not other:
        return True
    alike = likeness(own, other) > 0
    return (ClimateWish.ALIKE if alike else ClimateWish.DIFFERENT) in wishes
