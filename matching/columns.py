"""Profiles as columns: one row an organisation, about 200 bytes, so that criteria work on all at
once.

Sets are bits. What is not stated is all bits where it has to pass a filter, and none where it
could score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from domain.organisations import Form, Kind, Organisation, Sector, Size
from domain.regions import country_codes
from domain.rules.eligibility import countries_accepted, wishes_home
from domain.track_records import TrackRecord
from matching.kinship import BITS, Kinship

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Words = NDArray[np.uint16]

UNKNOWN = 0
"""Of a column that numbers things: not stated."""
ALL = np.uint16(2**BITS - 1)
_FIRST = 1024

_SECTORS, _FORMS, _SIZES, _KINDS = (tuple(each) for each in (Sector, Form, Size, Kind))
_LANGUAGE_WORDS = 12


class Numbers:
    """Numbers for things in the order in which they come, from 1; 0 is 'not stated'."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        for one in known:
            self.of(one)

    def of(self, one: str | None) -> int:
        """The number of a thing, a new one where it is new."""
        return self._numbers.setdefault(one, len(self._numbers) + 1) if one else UNKNOWN

    def known(self, one: str | None) -> int:
        """The number of a thing; UNKNOWN where no profile has named it."""
        return self._numbers.get(one, UNKNOWN) if one else UNKNOWN

    def all(self) -> tuple[str, ...]:
        """Everything that has a number, from 1."""
        return tuple(self._numbers)


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation as it lies in the columns; made once, compared with all."""

    one: Organisation
    values: dict[str, Any]


class Columns:
    """The columns; `size` rows are in use. Rows of who left are used again."""

    def __init__(self, kinship: Kinship) -> None:
        self.kinship = kinship
        self.languages = Numbers()
        self.countries = Numbers(sorted(country_codes()))
        self.zones = Numbers()
        self.climates = Numbers()
        self.places = Numbers()
        self.size = 0
        self._country_words = -(-(len(self.countries.all()) + 1) // BITS)
        self._columns = {
            name: np.zeros((wide, _FIRST) if wide else _FIRST, dtype=kind)
            for name, kind, wide in self._layout()
        }

    def _layout(self) -> tuple[tuple[str, str, int], ...]:
        topics = self.kinship.width
        return (
            *(("id", "i8", 0), ("there", "?", 0), ("full_until", "i4", 0)),
            *(("offers", "u2", topics), ("seeks", "u2", topics)),
            *(("offered", "u1", 0), ("sought", "u1", 0)),
            *(("states_offers", "?", 0), ("states_seeks", "?", 0)),
            *(("languages", "u2", _LANGUAGE_WORDS), ("accepts", "u2", self._country_words)),
            *(("country", "u1", 0), ("wishes_home", "?", 0)),
            *(("sectors", "u2", 0), ("forms", "u2", 0), ("sdgs", "u4", 0)),
            *(("size", "u1", 0), ("kind", "u1", 0), ("climate", "u1", 0)),
            *(("latitude", "f4", 0), ("longitude", "f4", 0), ("zone", "u2", 0), ("place", "u4", 0)),
            *(("shown", "u2", 0), ("asked", "u2", 0), ("answered", "u2", 0)),
            *(("told", "u2", 0), ("helped", "u2", 0), ("active_on", "i4", 0), ("lift", "f4", 0)),
        )

    @property
    def bytes_each(self) -> float:
        """Bytes that a row takes."""
        return sum(column.nbytes for column in self._columns.values()) / self.capacity

    @property
    def capacity(self) -> int:
        """Rows that there is room for."""
        return len(self["id"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A column, whole; one of several words comes as (words, rows)."""
        return self._columns[name]

    def of(self, name: str, rows: Rows | slice) -> NDArray[Any]:
        """A column at some rows."""
        column = self._columns[name]
        # `take` is twice as quick as an index.
        return column[..., rows] if isinstance(rows, slice) else column.take(rows, axis=-1)

    def row(self, one: Organisation) -> Row:
        """An organisation as it would lie in the columns."""
        return Row(one, self._values(one))

    def write(self, at: int, one: Organisation) -> None:
        """Put an organisation into a row; what it has done so far is kept."""
        self._make_room(at)
        for name, value in self._values(one).items():
            self._columns[name][..., at] = value
        self.size = max(self.size, at + 1)

    def write_record(self, at: int, record: TrackRecord) -> None:
        """Put what an organisation has done so far into its row."""
        most = np.iinfo(np.uint16).max
        for name in ("shown", "asked", "answered", "told", "helped"):
            self._columns[name][at] = min(most, getattr(record, name))
        self._columns["active_on"][at] = _day(record.active_on)

    def clear(self, at: int) -> None:
        """Empty a row."""
        for column in self._columns.values():
            column[..., at] = 0

    def _make_room(self, at: int) -> None:
        while at >= self.capacity:
            self._columns = {
                name: np.concatenate([column, np.zeros_like(column)], axis=-1)
                for name, column in self._columns.items()
            }

    def _values(self, one: Organisation) -> dict[str, Any]:
        place = one.place
        latitude, longitude = (place.latitude, place.longitude) if place else (None, None)
        located = latitude is not None and longitude is not None
        return {
            "id": one.id,
            "there": True,
            "full_until": _day(one.full_until),
            "offers": self.kinship.bits(one.offers),
            "seeks": self.kinship.bits(one.seeks),
            "offered": len(one.offers or ()),
            "sought": len(one.seeks or ()),
            "states_offers": one.offers is not None,
            "states_seeks": one.seeks is not None,
            "languages": self.language_bits(one.languages),
            "accepts": self._accepted(one),
            "country": self.countries.known(one.country),
            "wishes_home": wishes_home(one),
            "sectors": bits_of(one.sectors, _SECTORS),
            "forms": bits_of(one.forms, _FORMS),
            "sdgs": sum(1 << int(goal) for goal in one.sdgs or ()),
            "size": _SIZES.index(one.size) + 1 if one.size else UNKNOWN,
            "kind": _KINDS.index(one.kind) + 1 if one.kind else UNKNOWN,
            "climate": self.climates.of(place.climate if place else None),
            "latitude": latitude if located else np.nan,
            "longitude": longitude if located else np.nan,
            "zone": self.zones.of(place.timezone if place else None),
            "place": self.places.of(place.id if place else None),
        }

    def language_bits(self, languages: Iterable[str] | None) -> Words:
        """Languages as bits; all of them where none is stated."""
        if not languages:
            return np.full(_LANGUAGE_WORDS, ALL)
        return _bits((self.languages.of(one) for one in languages), _LANGUAGE_WORDS)

    def _accepted(self, one: Organisation) -> Words:
        """Countries from which it takes partners; the bit of 'not stated' is always set."""
        if not one.regions and not one.regions_excluded:
            return np.full(self._country_words, ALL)
        accepted = countries_accepted(one, country_codes())
        numbers = [self.countries.known(country) for country in accepted]
        return _bits([UNKNOWN, *numbers], self._country_words)


def bits_of(chosen: Iterable[Any] | None, known: tuple[Any, ...]) -> int:
    """Chosen members of an enumeration as bits; none where nothing is stated."""
    return sum(1 << known.index(one) for one in chosen or ())


def trait_rows(trait: str, columns: Columns, rows: Rows) -> Mask:
    """Which rows have a trait (domain/rules/taste.py)."""
    kind, _, which = trait.partition(":")
    if kind == "topic":
        return any_bit(columns["offers"], columns.kinship.bits([which]), rows)
    if kind == "country":
        number = columns.countries.known(which)
        return (columns.of("country", rows) == number) & (number != UNKNOWN)
    number = next((at for at, size in enumerate(_SIZES, 1) if size.value == which), UNKNOWN)
    return (columns.of("size", rows) == number) & (number != UNKNOWN)


def any_bit(column: Words, wanted: Words, rows: Rows | slice) -> Mask:
    """Which rows share a bit with what is wanted; words without one are not looked at."""
    found: Words | None = None
    for word in np.flatnonzero(wanted):
        hit = column[word][rows] & wanted[word]
        found = hit if found is None else np.bitwise_or(found, hit, out=found)
    if found is None:
        return np.zeros(column[0][rows].shape, dtype=np.bool_)
    return found != 0


def _bits(numbers: Iterable[int], words: int) -> Words:
    values = [0] * words
    for number in numbers:
        values[min(number // BITS, words - 1)] |= 1 << number % BITS
    return np.array(values, dtype=np.uint16)


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0
