"""Which of several places of one name, or of a similar name, is meant first.

A place's weight counts in powers of ten of its population: a home country of the asker's
language, a main name instead of a by-name, and the kind that an affix told of move it.
"""

from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, hypot, log10, radians, sin, sqrt

from domain.places import PlaceKind
from matching.place_affixes import Kinds
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
HOME, MAIN, TOLD, COUNTRY = 1.0, 0.8, 2.0, 9.0
LEAST = {PlaceKind.DISTRICT: 4.0, PlaceKind.SUBDIVISION: 4.2}
"""What a district weighs at least, of which we know no population."""
NEXT_TO, BEHIND_ITS_TOWN = 0.01, 1.0
SMALL_TOWN, FAR_LARGER = 4.3, 2.0
"""A village that shares its name with the province around it, a hundred times its size."""
LETTER = 2.2
"""What one wrong letter costs; a place must be 150 times as large to make up for it."""
SELDOM_ALONE = 1.0
"""A province is seldom named without a word for its kind; a slip resembles a town rather."""
DOUBLED = 1.0
"""A letter written twice, or once instead of twice, is the commonest slip."""
COMPARABLE = 1.5
"""A namesake counts when its weight comes this near (about one thirtieth of the population)."""
BIG_CITY, METROPOLIS = 4.5, 6.0
KNOWN_BY_NAME = 4.0
"""A by-name is sure to be meant from ten thousand inhabitants on, or at home."""
SAME_PLACE_KM = 25.0
SAME_PROVINCE_KM = 100.0
"""Kyiv lies outside Kyiv oblast; Washington is far from Washington."""
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


def ranked(index: PlaceIndex, hits: list[Hit], language: str, told: Kinds) -> list[Ranked]:
    """Each record once, the likeliest first; what an affix rules out only if nothing else is."""
    best: dict[int, Ranked] = {}
    for hit in hits:
        place = _weighed(index, hit, language, told)
        known = best.get(hit.record)
        if known is None or place.weight > known.weight:
            best[hit.record] = place
    places = list(best.values())
    if told:
        places = [place for place in places if index.kind(place.record) not in WIDE] or places
    places = [_beside_its_city(index, place, places, told) for place in places]
    return sorted(places, key=lambda place: (-place.weight, place.record))


def _beside_its_city(index: PlaceIndex, place: Ranked, places: list[Ranked], told: Kinds) -> Ranked:
    """Who says Cajamarca means the city, and who says "Provincia de Cajamarca" the province."""
    if index.kind(place.record) is not PlaceKind.SUBDIVISION:
        return place
    towns = [other for other in places if _is_its_town(index, other, place)]
    if not towns:
        return place
    town = max(towns, key=lambda one: one.weight)
    if PlaceKind.SUBDIVISION in told:
        return replace(place, weight=max(place.weight, town.weight + NEXT_TO))
    if town.size < SMALL_TOWN and place.size - town.size > FAR_LARGER:
        return place
    return replace(place, weight=min(place.weight, town.weight - BEHIND_ITS_TOWN))


def _is_its_town(index: PlaceIndex, town: Ranked, division: Ranked) -> bool:
    """Whether this town of the same country bears the name no worse."""
    if index.kind(town.record) is not PlaceKind.CITY or town.distance > division.distance:
        return False
    return index.country(town.record) == index.country(division.record)


def _weighed(index: PlaceIndex, hit: Hit, language: str, told: Kinds) -> Ranked:
    kind = index.kind(hit.record)
    size = _size(index, hit.record, kind)
    weight = size + HOME * (index.country(hit.record) in homes(language))
    weight += MAIN * hit.main + TOLD * (kind in told) + DOUBLED * hit.doubled
    weight -= LETTER * hit.distance
    if hit.distance and kind is PlaceKind.SUBDIVISION and kind not in told:
        weight -= SELDOM_ALONE
    return Ranked(hit.record, weight, hit.main, hit.distance, hit.length, size, hit.doubled)


def _size(index: PlaceIndex, record: int, kind: PlaceKind) -> float:
    if kind in WIDE:
        return COUNTRY
    return max(log10(index.population(record) + 10), LEAST.get(kind, 0.0))


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
    """A city and its province are no namesakes to ask about; and GeoNames lists some towns twice,
    as town and as its centre or quarter."""
    one, two = first.record, other.record
    near = SAME_PLACE_KM
    if {index.kind(one), index.kind(two)} == {PlaceKind.CITY, PlaceKind.SUBDIVISION}:
        if index.country(one) == index.country(two) and _in_one_province(index, one, two):
            return True
        near = SAME_PROVINCE_KM
    elif index.kind(one) is not index.kind(two):
        return False
    if index.country(one) != index.country(two):
        return False
    return distance_km(index.position(one), index.position(two)) <= near


def _in_one_province(index: PlaceIndex, one: int, two: int) -> bool:
    return index.province(one) == index.province(two) != 0


def distance_km(one: tuple[float, float], two: tuple[float, float]) -> float:
    """Great-circle distance of two positions in degrees (haversine)."""
    north, south = radians(one[0]), radians(two[0])
    height = sin((south - north) / 2)
    width = sin(radians(two[1] - one[1]) / 2) * sqrt(abs(cos(north) * cos(south)))
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, hypot(height, width)))
