"""What a place is: a town, a district, a province, a country or a part of the world."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """How large a place is that somebody named."""

    CITY = "city"
    DISTRICT = "district"
    COUNTRY = "country"
    REGION = "region"
    SUBDIVISION = "subdivision"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `id` is permanent: "geonames:2935022", "country:DE", "world:east_africa", "own:enzkreis",
    "iso:DE-BY" (ISO 3166-2).
    `country` is ISO 3166-1 alpha-2, `timezone` an IANA name, coordinates are degrees (WGS 84);
    a country has those of its capital, a subdivision those of its largest town, a world region has
    none. `population` is 0 where unknown; a subdivision has that of its towns.
    `admin` tells namesakes apart: the state, or else the largest town of the place's province.
    `climate` is its zone after Köppen and Geiger ("Cfb"); "" where that is not known.
    """

    id: str
    kind: PlaceKind
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    timezone: str | None
    population: int
    admin: str = ""
    climate: str = ""
