"""Parts of the world as people of the field name them, and the countries that each one holds.

A partner region in a profile is an ISO 3166-1 alpha-2 code ("UA") or the id of a world region
("east_africa"); "anywhere" holds every country.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

ANYWHERE = "anywhere"
LANGUAGES = ("de", "en", "fr", "es", "pt", "uk", "ar")
SOURCE = Path(__file__).with_name("regions.toml")


@dataclass(frozen=True, slots=True)
class WorldRegion:
    """A part of the world. `names` holds per language the label first, then its synonyms.

    `cldr` is the code under which Unicode CLDR knows the same region, "" where it has none.
    """

    id: str
    countries: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    cldr: str = ""

    def label(self, language: str) -> str:
        """The name to show in this language, the English one where we lack it."""
        return (self.names.get(language) or self.names["en"])[0]


@cache
def load_regions() -> Mapping[str, WorldRegion]:
    """Every world region by its id, in the order of regions.toml."""
    entries: dict[str, dict[str, Any]] = _document()["regions"]
    return MappingProxyType({id_: _region(id_, entries) for id_ in entries})


@cache
def country_nicknames() -> Mapping[str, tuple[str, ...]]:
    """How people call countries beside the official names: {"CD": ("DR Kongo", …)}."""
    entries: dict[str, list[str]] = _document()["nicknames"]
    return MappingProxyType({code: tuple(names) for code, names in entries.items()})


@cache
def country_codes() -> frozenset[str]:
    """Every country code that a partner region can mean (ISO 3166-1, and XK for Kosovo)."""
    return frozenset(load_regions()[ANYWHERE].countries)


def countries_of(code_or_region_id: str) -> frozenset[str]:
    """The countries behind a stored partner region; none where the word is unknown."""
    region = load_regions().get(code_or_region_id)
    if region is not None:
        return region.countries
    code = code_or_region_id.upper()
    return frozenset({code}) if code in country_codes() else frozenset()


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def _region(id_: str, entries: Mapping[str, Mapping[str, Any]]) -> WorldRegion:
    entry = entries[id_]
    names = {language: tuple(entry[language]) for language in LANGUAGES}
    return WorldRegion(
        id_, _countries(id_, entries), MappingProxyType(names), entry.get("cldr", "")
    )


def _countries(id_: str, entries: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    entry = entries[id_]
    inside = frozenset(str(entry.get("countries", "")).split())
    return inside.union(*(_countries(part, entries) for part in entry.get("parts", ())))
