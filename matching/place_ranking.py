"""Which of several places of one name, or of a similar name, is meant first.

A place's weight counts in powers of ten of its population: a home country of the asker's
language, a main name instead of a by-name, and the kind that an affix told of move it.
"""

from dataclasses import dataclass
from functools import cache
from math import asin, cos, hypot, log10, radians, sin, sqrt

from domain.places import PlaceKind
from matching.place_index import Hit, PlaceIndex

HOMES = {
    "de": "DE AT CH LI LU",
    "en": "GB US ZA ZM TZ KE UG RW GH NG IE MW NA ZW IN",
    "fr": "FR BE CH SN TN MA DZ BJ TG BF ML CI CM CD MG NE GN HT RW LB",
    "es": "PE CO MX AR ES EC BO CL CR NI HN GT SV PA CU DO UY PY VE",
    "pt": "BR PT MZ AO CV GW ST TL",
    "uk": "UA",
    "ar": "JO LB EG MA TN DZ PS IQ SY SA YE SD LY MR AE OM KW QA BH",
}
HOME, MAIN, TOLD, COUNTRY, DISTRICT = 1.0, 0.8, 2.0, 9.0, 4.0
LETTER = 2.2
"""What one wrong letter costs; a place must be 150 times as large to make up for it."""
DOUBLED = 1.0
"""A letter written twice, or once instead of twice, is the commonest slip."""
COMPARABLE = 1.5
"""A namesake counts when its weight comes this near (about one thirtieth of the population)."""
BIG_CITY, METROPOLIS = 4.5, 6.0
KNOWN_BY_NAME = 4.0
"""A by-name is sure to be meant from ten thousand inhabitants on, or at home."""
SAME_PLACE_KM = 25.0
EARTH_RADIUS_KM = 6371.0
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record once, under the name by which it weighs most."""

    record: int
    weight: float
    main: bool
    distance: int
    length: int
    size: float
    doubled: bool


def ranked(
    index: PlaceIndex, hits: list[Hit], language: str, told: PlaceKind | None
) -> list[Ranked]:
    """Each record once, the likeliest first; what an affix rules out only if nothing else is."""
    best: dict[int, Ranked] = {}
    for hit in hits:
        place = _weighed(index, hit, language, told)
        known = best.get(hit.record)
        if known is None or place.weight > known.weight:
            best[hit.record] = place
    places = list(best.values())
    if told is not None:
        places = [place for place in places if index.kind(place.record) not in WIDE] or places
    return sorted(places, key=lambda place: (-place.weight, place.record))


def _weighed(index: PlaceIndex, hit: Hit, language: str, told: PlaceKind | None) -> Ranked:
    kind = index.kind(hit.record)
    size = _size(index, hit.record, kind)
    weight = size + HOME * (index.country(hit.record) in homes(language))
    weight += MAIN * hit.main + TOLD * (told is kind) + DOUBLED * hit.doubled
    weight -= LETTER * hit.distance
    return Ranked(hit.record, weight, hit.main, hit.distance, hit.length, size, hit.doubled)


def _size(index: PlaceIndex, record: int, kind: PlaceKind) -> float:
    if kind in WIDE:
        return COUNTRY
    return max(log10(index.population(record) + 10), DISTRICT * (kind is PlaceKind.DISTRICT))


@cache
def homes(language: str) -> frozenset[str]:
    return frozenset(HOMES.get(language, "").split())


def is_certain(index: PlaceIndex, places: list[Ranked]) -> bool:
    """One exact reading, and no namesake elsewhere that could as well be meant."""
    if not places or places[0].distance:
        return False
    first, others = places[0], places[1:]
    if not first.main and first.weight < KNOWN_BY_NAME:
        return False
    return not any(_is_comparable(index, first, other) for other in others)


def _is_comparable(index: PlaceIndex, first: Ranked, other: Ranked) -> bool:
    if _is_its_city(index, first, other):
        return True
    return first.weight - other.weight < COMPARABLE and not _same_place(index, first, other)


def _is_its_city(index: PlaceIndex, first: Ranked, other: Ranked) -> bool:
    """Mexico, Tunis, Guatemala: the country or its capital? عمان: Oman or Amman?"""
    if index.kind(first.record) is not PlaceKind.COUNTRY:
        return False
    same_country = index.country(first.record) == index.country(other.record)
    return other.size >= (BIG_CITY if same_country else METROPOLIS)


def _same_place(index: PlaceIndex, first: Ranked, other: Ranked) -> bool:
    """GeoNames lists some towns twice, as town and as its centre or quarter."""
    one, two = first.record, other.record
    if index.country(one) != index.country(two) or index.kind(one) is not index.kind(two):
        return False
    return distance_km(index.position(one), index.position(two)) <= SAME_PLACE_KM


def distance_km(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great-circle distance of two positions in degrees (haversine)."""
    north, south = radians(one[0]), radians(two[0])
    height = sin((south - north) / 2)
    width = sin(radians(two[1] - one[1]) / 2) * sqrt(abs(cos(north) * cos(south)))
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, hypot(height, width)))
