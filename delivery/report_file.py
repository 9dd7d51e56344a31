"""The report of an announcement as a file that spreadsheets open."""

import asyncio
import csv
import io
import re
from collections.abc import Iterable

from delivery.announcement_cards import reason_words
from domain.announcements import Line
from locales.speech import Speech

# At the beginning, or behind what a spreadsheet in some country takes for the end of a cell.
_BEGINS_A_FORMULA = re.compile(r"(^|[;,\t\r\n])([\s\"'\u2068\u2069]*)(?=[=+\-@＝＋－＠])")
_COLUMNS = ("name", "organisation", "state", "reason")


async def report_file(say: Speech, lines: Iterable[Line]) -> bytes:
    """A line for each recipient, in the reader's language; made in a thread."""
    return await asyncio.to_thread(_written, say, tuple(lines))


def _written(say: Speech, lines: tuple[Line, ...]) -> bytes:
    made = io.StringIO(newline="")
    table = csv.writer(made)
    table.writerow([say.plain(f"report-column-{one}") for one in _COLUMNS])
    for one in lines:
        reason = reason_words(say, one.reason) if one.reason else ""
        state = say.plain(f"delivery-state-{one.state.value}")
        cells = (one.name or "", one.organisation or "", state, reason)
        table.writerow([harmless(cell) for cell in cells])
    # With a mark at its beginning spreadsheets read it as UTF-8.
    return made.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever somebody calls themselves."""
    plain = " ".join(cell.strip("\u2068\u2069").split())
    return _BEGINS_A_FORMULA.sub(r"\1\2'", plain)
