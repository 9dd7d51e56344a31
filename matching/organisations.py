"""Which organisations that are known already somebody may mean by a name: in any script, with
another word for what it is, with a slip of the pen, and with or without a place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from domain.organisations import Known
from domain.places import Place, PlaceKind
from matching.organisation_names import (
    CITY,
    UTILITY,
    NameParts,
    consonants,
    in_latin,
    taken_apart,
)

ENOUGH = 0.7
"""Beneath this likeness (0 to 1) nothing is offered."""
SAME_WORD = 82.0
"""Likeness of two words (0 to 100) from which one may be a misspelling of the other. Whole words
are compared, never parts of one: "AI" is not found in "retail"."""
NEAR = 30.0
"""Kilometres between places that may be the same town and its district."""
EARTH = 6371.0

Same = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a known organisation is to what was named, 0 to 1."""

    organisation: int
    score: float


def similar(
    name: str,
    known: Iterable[Known],
    *,
    place: Place | None = None,
    named_places: frozenset[str] = frozenset(),
    limit: int = 5,
) -> tuple[Likeness, ...]:
    """Known organisations that may be meant, likeliest first. `place` is where it lies, if that
    is known; `named_places` are the ids of places that the name itself may speak of."""
    said = taken_apart(name)
    found = [
        Likeness(one.id, score)
        for one in known
        if (score := _likeness(said, one, place, named_places)) >= ENOUGH
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.organisation))[:limit])


def _likeness(
    said: NameParts, one: Known, place: Place | None, named_places: frozenset[str]
) -> float:
    there = taken_apart(one.name)
    if _contradict(said.concepts, there.concepts) or _apart(place, one.place):
        return 0.0
    if said.numbers and there.numbers and not said.numbers & there.numbers:
        return 0.0
    if said.whole == there.whole and said.whole:
        return 1.0
    here = _near(place, one.place) or (one.place is not None and one.place.id in named_places)
    same = _same_bones if said.vowelless or there.vowelless else _same
    found = _covered(said.own, there.own | _words(one.place), same, here=here)
    back = _covered(there.own, said.own | _words(place), same, here=here)
    own = _own_words(found, back, here=here)
    what = 1.0 if said.concepts & there.concepts else 0.6
    return 0.7 * own + 0.3 * what


def _own_words(found: float, back: float, *, here: bool) -> float:
    """How much of what was said is found there, and the other way round, as one number. In one
    place what was said must be found: the other may have a proper name that says no more. Without
    a place in common, what either has beyond the other speaks against it."""
    if here:
        return 0.85 * found + 0.15 * back
    return 0.75 * max(found, back) + 0.25 * min(found, back)


def _covered(some: frozenset[str], others: frozenset[str], same: Same, *, here: bool) -> float:
    """How much of some own words is found among others, 0 to 1; a name without any says no more
    than its place."""
    if not some or not others:
        return 1.0 if here and not some else 0.0
    return sum(max(same(one, other) for other in others) for one in some) / len(some)


def _same(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4 or one.isdigit() or other.isdigit():
        return 0.0
    ratio = fuzz.ratio(one, other)
    return ratio / 100 if ratio >= SAME_WORD else 0.0


def _same_bones(one: str, other: str) -> float:
    """The same where one of the two was written without its short vowels."""
    bones = consonants(one)
    alike = 0.9 if len(bones) >= 3 and bones == consonants(other) else 0.0
    return max(_same(one, other), alike)


def _words(place: Place | None) -> frozenset[str]:
    """A town's name as further words of its own; a country or region is no name."""
    if place is None or place.kind not in (PlaceKind.CITY, PlaceKind.DISTRICT):
        return frozenset()
    return taken_apart(in_latin(place.name)).own


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they say of themselves that they are different things: a town and its utility, or
    water and waste. Water and wastewater are often one; a utility may do any of it."""
    if not one or not other or one & other:
        return False
    if (CITY in one) != (CITY in other):
        return True
    if UTILITY in one or UTILITY in other:
        return False
    return not (one | other) <= {"water", "wastewater"}


def _apart(one: Place | None, other: Place | None) -> bool:
    """Whether they certainly lie in different places."""
    if one is None or other is None:
        return False
    if one.country and other.country and one.country != other.country:
        return True
    towns = (PlaceKind.CITY, PlaceKind.DISTRICT)
    return one.kind in towns and other.kind in towns and not _near(one, other)


def _near(one: Place | None, other: Place | None) -> bool:
    """Whether two towns are the same, or nearly so."""
    if one is None or other is None:
        return False
    if one.id == other.id:
        return one.kind in (PlaceKind.CITY, PlaceKind.DISTRICT)
    if PlaceKind.COUNTRY in (one.kind, other.kind) or None in (one.latitude, other.latitude):
        return False
    return _kilometres(one, other) <= NEAR


def _kilometres(one: Place, other: Place) -> float:
    """Along a great circle (haversine)."""
    lat, long = radians(one.latitude or 0), radians(one.longitude or 0)
    lat2, long2 = radians(other.latitude or 0), radians(other.longitude or 0)
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((long2 - long) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
