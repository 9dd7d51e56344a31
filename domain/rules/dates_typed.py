"""Dates as people type them: 31.12.2026, 2026-12-31, "31. Dezember 2026", "٣١/١٢/٢٠٢٦"."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.rules.plain_text import cleaned, folded, in_plain_digits

SOURCE = Path(__file__).parent.parent / "date_words.toml"
LONGEST = 80
"""Characters of a text that can be a date."""

MONTH_FIRST = frozenset({"en"})
"""Languages in which 3/4 is the third of April to some and the fourth of March to others."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LEAP_YEARS_APART = 8
"""At most so many years lie between two days 29 February (1896 and 1904)."""

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})(?:\s*\2\s*(\d{4}|\d{2})?)?\.?")
_PIECE = re.compile(r"\d+|[^\W\d_]+")

Words = Mapping[tuple[str, ...], int]


def date_in(text: str, language: str, today: date) -> date | None:
    """The day that the text names; None where it names none, more than one, or an uncertain one.

    Without a year it is the next such day, today included; a weekday is the next one after today.
    A day in the past is returned as it is: whether it will do is for others to say. `language`
    decides only whether 03/04 is certain; names of months are known in all our languages.
    """
    said = in_plain_digits(cleaned(text[: LONGEST + 1]).casefold())
    if len(said) > LONGEST:
        return None
    pieces = _without(_word_table().beside, _PIECE.findall(folded(said)))
    weekday, without_it = _taken(_word_table().weekdays, pieces)
    numbers = _numbers_alone(said, without_it)
    if numbers:
        day = _of_numbers(numbers, language, today)
        return day if day is None or weekday in (None, day.weekday()) else None
    return _relative(pieces, today) or _of_words(pieces, today)


def _numbers_alone(said: str, pieces: list[str]) -> str | None:
    """The part that is all numbers and signs, where nothing but words beside it stands around."""
    if not pieces or not all(piece.isdigit() for piece in pieces):
        return None
    first = re.search(r"\d", said)
    last = re.search(r"\d\.?(?!.*\d)", said)
    return said[first.start() : last.end()] if first and last else None


def _of_numbers(said: str, language: str, today: date) -> date | None:
    if found := _YEAR_FIRST.fullmatch(said):
        return _day(*map(int, found.groups()))
    found = _YEAR_LAST.fullmatch(said)
    if found is None:
        return None
    first, sign, second, year = found.groups()
    ordered = _day_and_month(int(first), int(second), certain=sign == ".", language=language)
    return _with_year(*ordered, year, today) if ordered else None


def _day_and_month(
    first: int, second: int, *, certain: bool, language: str
) -> tuple[int, int] | None:
    """Which of the two is the day; None where nobody can tell. Dots always have the day first."""
    if certain or first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    return None if language in MONTH_FIRST else (first, second)


def _of_words(pieces: list[str], today: date) -> date | None:
    """A date with the month's name: day and year in any order around it, perhaps a weekday."""
    weekday, rest = _taken(_word_table().weekdays, pieces)
    month, rest = _taken(_word_table().months, rest)
    if month is None or not rest or not all(one.isdigit() for one in rest):
        return None
    days = [one for one in rest if len(one) <= 2]
    years = [one for one in rest if len(one) == 4]
    if len(days) + len(years) != len(rest) or len(years) > 1 or not 0 < len(days) <= 2 - len(years):
        return None
    year = years[0] if years else days[1] if len(days) == 2 else None
    day = _with_year(int(days[0]), month, year, today)
    if day is None or weekday not in (None, day.weekday()):
        return None
    return day


def _relative(pieces: list[str], today: date) -> date | None:
    """Tomorrow and the like, or the next day of that name."""
    days, rest = _taken(_word_table().days, pieces)
    if days is not None:
        return None if rest else today + timedelta(days=days)
    weekday, rest = _taken(_word_table().weekdays, pieces)
    if weekday is None or rest:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    """The day in that year, two digits of which suffice; without one, the next such day."""
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    coming = (_day(today.year + later, month, day) for later in range(_LEAP_YEARS_APART + 1))
    return next((one for one in coming if one is not None and one >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without(words: Words, pieces: list[str]) -> list[str]:
    return [piece for piece in pieces if (piece,) not in words]


def _taken(words: Words, pieces: list[str]) -> tuple[int | None, list[str]]:
    """What the first of these words means, the longest first, and the pieces without it."""
    for length in (3, 2, 1):
        for at in range(len(pieces) - length + 1):
            meant = words.get(tuple(pieces[at : at + length]))
            if meant is not None:
                return meant, pieces[:at] + pieces[at + length :]
    return None, pieces


class _Words:
    """The words of date_words.toml, folded and cut into pieces."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.beside = _table([(0, document["beside"]["words"])])
        self.months = self._named(enumerate(document["months"], start=1))
        self.weekdays = self._named(enumerate(document["weekdays"]))
        self.days = self._named((int(days), names) for days, names in document["days"].items())

    def _named(self, entries: Iterable[tuple[int, list[str]]]) -> Words:
        """As they are when the words beside a date have been left out of them."""
        return MappingProxyType(
            {
                tuple(_without(self.beside, list(pieces))) or pieces: meant
                for pieces, meant in _table(entries).items()
            }
        )


def _table(entries: Iterable[tuple[int, list[str]]]) -> Words:
    return {
        tuple(_PIECE.findall(folded(name))): meant for meant, names in entries for name in names
    }


@cache
def _word_table() -> _Words:
    with SOURCE.open("rb") as file:
        return _Words(tomllib.load(file))
