"""A coordinator's file of profiles: rows out of a text with commas, semicolons or tabs between."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.profile_rows import COLUMNS

DELIMITERS = ",;\t"
LARGEST_FILE = 50_000_000
LARGEST_CELL = 100_000


class UnusableFile(Exception):
    """The file as a whole cannot be read; the message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row by its number, counted as a spreadsheet does: the heading is row 1. Where it has a
    `fault` its cells are not to be used; `column` is the one at fault, "" for the whole row."""

    number: int
    cells: dict[str, str]
    fault: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """The rows of a file, and the headings that say nothing to us."""

    rows: tuple[FileRow, ...]
    unknown: tuple[str, ...]


def read_profiles(path: Path) -> ProfileFile:
    """The rows of a file of profiles. Raises UnusableFile."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnusableFile(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise UnusableFile(f"There is no file {path}.") from None
    except OSError as error:
        raise UnusableFile(f"{path} cannot be read: {error.strerror or error}.") from None
    return parse_profiles(content, str(path))


def parse_profiles(content: bytes, name: str = "The file") -> ProfileFile:
    """The rows in what a file holds: UTF-8, with or without a byte order mark. Raises
    UnusableFile."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableFile(f"{name} is UTF-16: save it as “CSV UTF-8”.")
    # Bytes that are no UTF-8 stay in their cell, so that only its row is lost.
    text = content.decode("utf-8-sig", errors="surrogateescape")
    lines = list(io.StringIO(text, newline=""))
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise UnusableFile(f"{name} is empty.")
    delimiter = _delimiter(lines[first])
    records = _records(lines[first:], delimiter)
    heading = _heading(next(records), name)
    rows = tuple(
        _row(number, cells, heading)
        for number, cells in enumerate(records, 2)
        if cells is None or any(cell.strip() for cell in cells)
    )
    return ProfileFile(rows, tuple(one for one in heading if one and one not in COLUMNS))


def _delimiter(heading: str) -> str:
    """Whatever cuts the heading into most of the columns that there are."""

    def known(delimiter: str) -> int:
        cells = (cell.strip().strip('"').strip().casefold() for cell in heading.split(delimiter))
        return sum(cell in COLUMNS for cell in cells)

    return max(DELIMITERS, key=known)


def _records(lines: list[str], delimiter: str) -> Iterator[list[str] | None]:
    """Records one by one; None for one whose quotes do not work out, after which the next line
    begins anew, so that one forgotten quote does not swallow the rest."""
    csv.field_size_limit(LARGEST_CELL)
    at = 0
    while at < len(lines):
        reader = csv.reader(_from(lines, at), delimiter=delimiter, strict=True)
        done = 0
        try:
            for record in reader:
                done = reader.line_num
                yield record
            return
        except csv.Error:
            yield None
            at += done + 1


def _from(lines: list[str], at: int) -> Iterator[str]:
    return (lines[number] for number in range(at, len(lines)))


def _heading(cells: list[str] | None, name: str) -> list[str]:
    found = [cell.strip().casefold() for cell in cells or ()]
    missing = [column for column in COLUMNS if column not in found]
    if missing:
        raise UnusableFile(
            f"{name} has no column {', '.join(missing)}: its first row must name "
            f"{', '.join(COLUMNS)}."
        )
    twice = sorted({column for column in COLUMNS if found.count(column) > 1})
    if twice:
        raise UnusableFile(f"{name} has a column twice: {', '.join(twice)}.")
    return found


def _row(number: int, cells: list[str] | None, heading: list[str]) -> FileRow:
    if cells is None:
        return FileRow(number, {}, "its quotation marks do not work out, or a cell is too long")
    if len(cells) != len(heading):
        fault = f"it has {len(cells)} cells, and the heading has {len(heading)}"
        return FileRow(number, {}, fault)
    named = dict(zip(heading, cells, strict=True))
    for column in COLUMNS:
        if any("\ud800" <= letter <= "\udfff" for letter in named[column]):
            return FileRow(number, {}, "it is not UTF-8: save the file as “CSV UTF-8”", column)
    return FileRow(number, {column: named[column] for column in COLUMNS})
