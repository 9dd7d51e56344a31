"""Existing partnerships as people type them: "Lviv, Klimapartnerschaft seit 2022; Masasi"."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from domain.partnerships import PartnershipKind, Told
from domain.rules.plain_text import cleaned, looks_like_markup, says_something

MOST_AT_ONCE = 10
LONGEST_PARTNER = 120
FIRST_YEAR = 1900

_ENTRIES = re.compile(r"[;؛\n]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# What stands between partner, kind and year, and says no more than that.
_BETWEEN = re.compile(
    r"(?<!\w)(?:seit dem jahr|seit|dem jahr|since|from|depuis|desde|el año|o ano|з|із|від|року|рік"
    r"|роки|р\.|منذ|من عام|عام|سنة|mit|with|avec|con|com|за|مع)(?!\w)",
    re.IGNORECASE,
)
_EDGES = " ,،.:()[]–—-/·|"


class ImpossibleYear(ValueError):
    """A year before 1900 or in the future; `year` is as it was written."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


def partnerships_in(text: str, kinds: Mapping[str, Iterable[str]], today: date) -> tuple[Told, ...]:
    """The partnerships that a text tells of, () where it names no partner. `kinds` are the names
    of each kind. Raises ImpossibleYear."""
    several = [_one(entry, kinds, today) for entry in _ENTRIES.split(text)[:MOST_AT_ONCE]]
    return tuple(dict.fromkeys(one for one in several if one is not None))


def _one(entry: str, kinds: Mapping[str, Iterable[str]], today: date) -> Told | None:
    said = cleaned("".join(str(unicodedata.decimal(one, one)) for one in entry))
    if looks_like_markup(said):
        return None
    said, since = _without_year(said, today)
    said, kind = _without_kind(said, kinds)
    pieces = [piece.strip(_EDGES) for piece in re.split(r"[,،]", said)]
    kept = [" ".join(_BETWEEN.sub(" ", f" {piece} ").split()).strip(_EDGES) for piece in pieces]
    partner = ", ".join(piece for piece in kept if piece)
    if not says_something(partner) or not any(map(str.isalpha, partner)):
        return None
    return None if len(partner) > LONGEST_PARTNER else Told(partner, kind, since)


def _without_year(said: str, today: date) -> tuple[str, int | None]:
    found = _YEAR.search(said)
    if found is None:
        return said, None
    year = int(found.group())
    if not FIRST_YEAR <= year <= today.year:
        raise ImpossibleYear(year)
    return f"{said[: found.start()]}, {said[found.end() :]}", year


def _without_kind(
    said: str, kinds: Mapping[str, Iterable[str]]
) -> tuple[str, PartnershipKind | None]:
    """The text without the longest name of a kind in it, whole words only; it must not be all."""
    names = [(name, kind) for kind, several in kinds.items() for name in several]
    for name, kind in sorted(names, key=lambda pair: -len(pair[0])):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said, re.IGNORECASE)
        if found:
            rest = f"{said[: found.start()]}, {said[found.end() :]}"
            return rest, PartnershipKind(kind)
    return said, None
