"""What is learned from "not for us, because …" and from introductions that helped."""

from collections.abc import Iterable

from domain.dismissals import Dismissal, Why
from domain.organisations import Organisation

MOST_COUNTED = 3
"""A trait that was refused more often than this counts as often as this."""


def traits_of(one: Organisation) -> frozenset[str]:
    """What can be to one's liking or not: where it lies, its size, and what it offers."""
    traits = {f"topic:{topic}" for topic in one.offers or ()}
    if one.country:
        traits.add(f"country:{one.country}")
    if one.size:
        traits.add(f"size:{one.size.value}")
    return frozenset(traits)


_WHAT = {Why.TOPIC: "topic:", Why.REGION: "country:", Why.SIZE: "size:"}
TELLING = frozenset(_WHAT)
"""Reasons that say something of others like it."""


def refused_traits(dismissal: Dismissal, other: Organisation) -> frozenset[str]:
    """What was not to the liking of who put another one aside, by the reason given."""
    kind = _WHAT.get(dismissal.why)
    if kind is None:
        return frozenset()
    return frozenset(trait for trait in traits_of(other) if trait.startswith(kind))


def counted(several: Iterable[Iterable[str]]) -> dict[str, int]:
    """How often each trait was met, counted to MOST_COUNTED."""
    counts: dict[str, int] = {}
    for traits in several:
        for trait in traits:
            counts[trait] = min(MOST_COUNTED, counts.get(trait, 0) + 1)
    return counts
