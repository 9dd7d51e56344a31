"""The built gazetteer on disk: names, records and trigrams, memory-mapped and read lazily.

Layout of the folder: `names.marisa` (trie of keys), `names.json` (version and small tables) and
NumPy arrays. A name's numbers stand in CSR form: `name_start[i]:name_start[i + 1]` of
`name_records` are the records that bear the trie's i-th key; the top bit marks a main name.
Keys that may be misspelt are also numbered by length (`fuzzy_keys`), so that one length is one
stretch of numbers and every trigram's postings can be cut to the lengths in question.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.places import Place, PlaceKind
from matching.place_names import key

VERSION = 5
MAIN_NAME = np.uint32(1 << 31)
KINDS = (
    PlaceKind.CITY,
    PlaceKind.DISTRICT,
    PlaceKind.COUNTRY,
    PlaceKind.REGION,
    PlaceKind.SUBDIVISION,
)
ZONES = (
    *("", "Af", "Am", "As", "Aw", "BSh", "BSk", "BWh", "BWk", "Cfa", "Cfb", "Cfc"),
    *("Csa", "Csb", "Csc", "Cwa", "Cwb", "Cwc", "Dfa", "Dfb", "Dfc", "Dfd", "Dsa", "Dsb"),
    *("Dsc", "Dsd", "Dwa", "Dwb", "Dwc", "Dwd", "EF", "ET"),
)
"""Climate zones after Köppen and Geiger by their number in the raster; 0 is not known."""
ARRAYS = [
    "geonameid",
    "by_geonameid",
    "kind",
    "country",
    "admin",
    "timezone",
    "climate",
    "population",
    "latitude",
    "longitude",
    "label_start",
    "labels",
    "name_start",
    "name_records",
    "fuzzy_keys",
    "fuzzy_length",
    "grams",
    "gram_start",
    "gram_names",
]
CANDIDATES = 200
"""Names that share most trigrams with a misspelt one and are compared letter by letter."""


_REPEATED = re.compile(r"(.)\1+")


class GazetteerUnavailableError(RuntimeError):
    """The gazetteer was not built, or by another version: `make setup` builds it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that bears a name; `distance` is the number of letters to change (0: exact).

    `doubled` tells that the letters differ only in how often one is repeated.
    """

    record: int
    main: bool
    distance: int = 0
    length: int = 0
    doubled: bool = False


def trigrams(codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every three neighbouring code points as one number of 63 bits."""
    return (codes[:-2] << 42) | (codes[1:-1] << 21) | codes[2:]


def code_points(text: str) -> NDArray[np.int64]:
    return np.frombuffer(text.encode("utf-32-le", "replace"), "<u4").astype(np.int64)


class PlaceIndex:
    """Read access to a built gazetteer; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        try:
            self.tables: dict[str, Any] = json.loads((folder / "names.json").read_bytes())
            self._check_version(folder)
            self._trie = marisa_trie.Trie()
            self._trie.mmap(str(folder / "names.marisa"))
            arrays = {name: _mapped(folder / f"{name}.npy") for name in ARRAYS}
        except (OSError, ValueError) as missing:
            message = f"No usable gazetteer in {folder}: run `make setup`"
            raise GazetteerUnavailableError(message) from missing
        self._geonameid = arrays["geonameid"]
        self._by_geonameid = arrays["by_geonameid"]
        self._kind = arrays["kind"]
        self._country = arrays["country"]
        self._admin = arrays["admin"]
        self._timezone = arrays["timezone"]
        self._climate = arrays["climate"]
        self._population = arrays["population"]
        self._latitude = arrays["latitude"]
        self._longitude = arrays["longitude"]
        self._label_start = arrays["label_start"]
        self._labels = arrays["labels"]
        self._name_start = arrays["name_start"]
        self._name_records = arrays["name_records"]
        self._fuzzy_keys = arrays["fuzzy_keys"]
        self._fuzzy_length = arrays["fuzzy_length"]
        self._grams = arrays["grams"]
        self._gram_start = arrays["gram_start"]
        self._gram_names = arrays["gram_names"]
        self._cities: int = self.tables["cities"]

    def _check_version(self, folder: Path) -> None:
        if self.tables.get("version") != VERSION:
            message = f"The gazetteer in {folder} is of another version: run `make setup`"
            raise GazetteerUnavailableError(message)

    @property
    def size(self) -> int:
        """How many places there are; they are numbered from 0."""
        return len(self._kind)

    def exact(self, name: str) -> list[Hit]:
        """Every record that bears exactly this key."""
        try:
            number = self._trie[name]
        except (KeyError, UnicodeError):
            return []
        return [Hit(record, main) for record, main in self._bearers(number)]

    def similar(self, name: str, most: int) -> list[Hit]:
        """Records whose key differs by 1 to `most` letters (optimal string alignment)."""
        numbers = [int(self._fuzzy_keys[number]) for number in self._candidates(name, most)]
        keys = [self._trie.restore_key(number) for number in numbers]
        near = process.extract(
            name, keys, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
        )
        single = _single_letters(name)
        return [
            Hit(record, main, int(distance), len(name), single == _single_letters(found))
            for found, distance, at in near
            if distance
            for record, main in self._bearers(numbers[at])
        ]

    def _bearers(self, number: int) -> list[tuple[int, bool]]:
        start, end = self._name_start[number], self._name_start[number + 1]
        codes = self._name_records[start:end].tolist()
        return [(code & ~int(MAIN_NAME), code >= int(MAIN_NAME)) for code in codes]

    def _candidates(self, name: str, most: int) -> list[int]:
        lengths = np.array([max(len(name) - most, 0), len(name) + most + 1], np.uint8)
        low, high = self._fuzzy_length.searchsorted(lengths).tolist()
        wanted = np.unique(trigrams(code_points(f" {name} ")))
        postings = self._postings(wanted, low, high)
        if not postings:
            return []
        shared = np.bincount(np.concatenate(postings) - np.uint32(low))
        # A changed letter spoils three trigrams, a swapped pair four.
        fewest = max(1, len(wanted) - 4 * most)
        found = np.flatnonzero(shared >= fewest)
        if len(found) > CANDIDATES:
            found = _most_shared(found, shared[found])
        return [int(number) + low for number in found]

    def _postings(self, wanted: NDArray[np.int64], low: int, high: int) -> list[NDArray[np.uint32]]:
        places = self._grams.searchsorted(wanted)
        bounds = np.array([low, high], np.uint32)
        found = []
        for gram, place in zip(wanted.tolist(), places.tolist(), strict=True):
            if place < len(self._grams) and self._grams[place] == gram:
                names = self._gram_names[self._gram_start[place] : self._gram_start[place + 1]]
                first, last = names.searchsorted(bounds).tolist()
                if last > first:
                    found.append(names[first:last])
        return found

    def kind(self, record: int) -> PlaceKind:
        return KINDS[self._kind[record]]

    def geonameid(self, record: int) -> int | None:
        """GeoNames' number, None for what GeoNames does not number or we do not know it of."""
        return int(self._geonameid[record]) or None

    def country(self, record: int) -> str:
        """ISO code, "" for a world region."""
        code: str = self.tables["countries"][self._country[record]]
        return code

    def population(self, record: int) -> int:
        return int(self._population[record])

    def province(self, record: int) -> int:
        """A number for the country's first-level division; 0 where it is unknown."""
        return int(self._admin[record])

    def provinces_named(self, name: str) -> frozenset[int]:
        """Numbers of the provinces whose name or largest town has this key."""
        return self._provinces.get(name, frozenset())

    def position(self, record: int) -> tuple[float, float]:
        return float(self._latitude[record]), float(self._longitude[record])

    def record(self, place_id: str) -> int | None:
        """The record's number behind a place's id."""
        if place_id.startswith("geonames:"):
            return self._city(place_id.removeprefix("geonames:"))
        return self._own_ids.get(self.tables["former_ids"].get(place_id, place_id))

    def _city(self, number: str) -> int | None:
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return None
        wanted = np.uint32(int(number))
        ids = self._geonameid[: self._cities]
        at = int(np.searchsorted(ids, wanted, sorter=self._by_geonameid))
        record = int(self._by_geonameid[at]) if at < self._cities else 0
        return record if ids[record] == wanted else None

    def place(self, record: int) -> Place:
        latitude, longitude = self.position(record)
        known = not np.isnan(latitude)
        return Place(
            id=self._id(record),
            kind=self.kind(record),
            name=self._label(record),
            country=self.country(record) or None,
            latitude=round(latitude, 5) if known else None,
            longitude=round(longitude, 5) if known else None,
            timezone=self.tables["timezones"][self._timezone[record]] or None,
            population=self.population(record),
            admin=self.tables["admins"][self._admin[record]],
            climate=ZONES[self._climate[record]],
        )

    def _id(self, record: int) -> str:
        if record < self._cities:
            return f"geonames:{self._geonameid[record]}"
        own: str = self.tables["own_ids"][record - self._cities]
        return own

    def _label(self, record: int) -> str:
        start, end = self._label_start[record], self._label_start[record + 1]
        return bytes(self._labels[start:end]).decode()

    @cached_property
    def _provinces(self) -> dict[str, frozenset[int]]:
        named: dict[str, frozenset[int]] = {}
        for number, name in enumerate(self.tables["admins"]):
            if name:
                named[key(name)] = named.get(key(name), frozenset()) | {number}
        return named

    @cached_property
    def _own_ids(self) -> dict[str, int]:
        return {id_: self._cities + at for at, id_ in enumerate(self.tables["own_ids"])}


def _most_shared(found: NDArray[np.int64], shared: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers that share most trigrams, at most `CANDIDATES`; counts are few and small."""
    at_least = np.cumsum(np.bincount(shared)[::-1])[::-1]
    cut = int(np.argmax(at_least <= CANDIDATES))
    better, tied = found[shared >= cut], found[shared == cut - 1]
    return np.concatenate((better, tied[: CANDIDATES - len(better)]))


def _single_letters(text: str) -> str:
    return _REPEATED.sub(r"\1", text)


def _mapped(path: Path) -> NDArray[Any]:
    # The plain view of the map: np.memmap's own class costs microseconds at every slice.
    return np.asarray(np.load(path, mmap_mode="r"))
