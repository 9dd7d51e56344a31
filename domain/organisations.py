"""Organisations: utilities and municipalities, the units of a partnership."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.places import Place


class Kind(StrEnum):
    """What an organisation is."""

    UTILITY = "utility"
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    ASSOCIATION = "association"
    NETWORK = "network"
    OTHER = "other"


class Sector(StrEnum):
    """The sectors of municipal services."""

    WATER_SUPPLY = "water_supply"
    WASTEWATER = "wastewater"
    WASTE = "waste"
    ENERGY_SUPPLY = "energy_supply"
    DISTRICT_HEATING = "district_heating"
    PUBLIC_TRANSPORT = "public_transport"
    HOUSING = "housing"
    GREEN_SPACE = "green_space"
    HEALTH = "health"
    EDUCATION_CULTURE = "education_culture"
    DIGITAL = "digital"
    ADMINISTRATION = "administration"
    PLANNING_CLIMATE = "planning_climate"
    CROSS_SECTOR = "cross_sector"


class Form(StrEnum):
    """Forms of partnership: in which part, of which kind, and how one meets."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    PEER = "peer"
    PROJECT = "project"
    CLIMATE = "climate"
    TWINNING = "twinning"
    VIRTUAL = "virtual"
    VISITS = "visits"
    SHADOWING = "shadowing"
    EXPERT = "expert"


class Size(StrEnum):
    """How many people an organisation serves."""

    SMALL = "small"
    """Up to 20,000."""
    MEDIUM = "medium"
    """Up to 100,000."""
    LARGE = "large"
    """Up to 500,000."""
    METROPOLITAN = "metropolitan"
    """More."""


class Part(StrEnum):
    """In which part a person speaks for an organisation. All may answer for it, ask for it, and
    admit and invite others."""

    LEAD = "lead"
    """Also says who has which part, and asks others to leave. There is always one."""
    DEPUTY = "deputy"
    """Stands in for the lead: does the same, but cannot take the lead away."""
    MEMBER = "member"
    """Speaks for the organisation."""


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation by its name, and where it lies."""

    id: int
    name: str
    place: Place | None = None


def size_of(people: int) -> Size:
    """The size of an organisation that serves so many people."""
    limits = ((20_000, Size.SMALL), (100_000, Size.MEDIUM), (500_000, Size.LARGE))
    return next((size for most, size in limits if people <= most), Size.METROPOLITAN)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation's profile. None means 'not stated': it passes filters and scores nothing.

    `sdgs` holds numbers 1 to 17 as text; `active` says whether it works with partners abroad yet;
    `full_until` says until when it takes no further partner. `confirmed_at` is set once a
    coordinator has confirmed that the organisation is what it says. `published_at` is set while its
    people wish to be found, `hidden_at` while coordinators hide it all the same.
    `languages` holds ISO 639-1 codes; `regions` holds ISO 3166-1 alpha-2 codes and ids of world
    regions (domain/regions.toml); `offers` and `seeks` hold topic ids.
    """

    id: int
    name: str | None = None
    kind: Kind | None = None
    sectors: frozenset[Sector] | None = None
    place: Place | None = None
    offers: frozenset[str] | None = None
    seeks: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    published_at: datetime | None = None
    example: bool = False
    forms: frozenset[Form] | None = None
    size: Size | None = None
    sdgs: frozenset[str] | None = None
    active: bool | None = None
    regions_excluded: frozenset[str] | None = None
    full_until: date | None = None
    vku_member: bool | None = None
    confirmed_at: datetime | None = None
    hidden_at: datetime | None = None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 code of the country it lies in."""
        return self.place.country if self.place else None

    @property
    def published(self) -> bool:
        """Whether others may be shown this organisation."""
        return self.published_at is not None and self.hidden_at is None
