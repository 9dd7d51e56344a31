"""Rows out of a coordinator's file, whatever wrote it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.profile_file import UnusableFile, parse_profiles
from matching.profile_rows import COLUMNS

HEADING = ",".join(COLUMNS)
GOOD = "Muster,utility,DE,Dresden,waste,a; b,c,de;en,UA"


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([list(COLUMNS), *rows])
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_marks_and_line_ends_are_found_out(delimiter: str, mark: str, end: str) -> None:
    cells = ["A; B, “C”", "utility", "", "", "", 'say "x"; y', "two\nlines", "de;en", "a,b"]
    text = mark + written([cells], delimiter).replace("\r\n", end)
    (row,) = parse_profiles(text.encode()).rows
    assert (row.number, row.fault) == (2, "")
    assert list(row.cells.values()) == cells


def test_columns_may_come_in_any_order_and_others_beside_them() -> None:
    heading = [*reversed(COLUMNS), "Remarks"]
    text = ",".join(one.upper() for one in heading) + "\n" + ",".join(heading)
    found = parse_profiles(text.encode())
    assert found.unknown == ("remarks",)
    assert found.rows[0].cells == {one: one for one in COLUMNS}


def test_empty_rows_are_none_and_are_counted() -> None:
    text = f"{HEADING}\n\n,,,,,,,,\n{GOOD}\n"
    assert [row.number for row in parse_profiles(text.encode()).rows] == [4]


def test_a_bad_row_is_told_and_the_others_are_read() -> None:
    lines = [HEADING, GOOD, "too,few", GOOD + ",many", 'a,"b"c,,,,,,,', GOOD]
    rows = parse_profiles("\n".join(lines).encode()).rows
    assert [(row.number, bool(row.fault)) for row in rows] == [
        (2, False), (3, True), (4, True), (5, True), (6, False),
    ]  # fmt: skip
    assert "2 cells" in rows[1].fault


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest() -> None:
    lines = [HEADING, GOOD, '"Open,utility,DE,,,,,,', GOOD, GOOD]
    rows = parse_profiles("\n".join(lines).encode()).rows
    assert [(row.number, bool(row.fault)) for row in rows] == [
        (2, False), (3, True), (4, False), (5, False),
    ]  # fmt: skip


def test_a_row_that_is_not_utf_8_is_told_with_its_column() -> None:
    content = f"{HEADING}\n{GOOD}\nMünchen,,,,,,,,\n".encode("latin-1") + GOOD.encode()
    rows = parse_profiles(content).rows
    assert [(row.number, row.column) for row in rows] == [(2, ""), (3, "name"), (4, "")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n \n", "empty"),
        (HEADING.replace(",needs", "").encode(), "no column needs"),
        (f"{HEADING},name".encode(), "twice: name"),
        (HEADING.encode("utf-16"), "UTF-16"),
        (b"just some text", "no column name, kind"),
        (b'"', "no column"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content: bytes, says: str) -> None:
    with pytest.raises(UnusableFile, match=says):
        parse_profiles(content)


@settings(max_examples=200)
@given(st.binary(max_size=300), st.text(max_size=300))
def test_no_content_of_any_kind_raises_anything_else(raw: bytes, text: str) -> None:
    for content in (
        raw,
        f"{HEADING}\n".encode() + raw,
        f"{HEADING}\n{text}".encode(errors="replace"),
    ):
        try:
            rows = parse_profiles(content).rows
        except UnusableFile:
            continue
        assert all(row.fault or set(row.cells) == set(COLUMNS) for row in rows)
