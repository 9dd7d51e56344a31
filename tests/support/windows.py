"""Each place in the code at which a window is made or something is said, and which were reached.

They are found in the code itself: a window that is new is missed by whoever renders all of them,
until it is rendered, too.
"""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
SPEAKING = ("handlers/**/*.py", "delivery/letters/*.py", "bot/groups.py", "bot/middlewares.py")
WINDOWS = frozenset({"Message", "Said"})
"""What a window is called where it is made; `Said` in bot/groups.py, beside aiogram's Message."""
SAYS = frozenset({"send", "show", "toast"})
"""A turn's ways of saying something."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line at which a window is made, or a turn says something, and the function it is in."""

    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}"


@cache
def places() -> frozenset[Place]:
    """All that there are."""
    sources = sorted({source for pattern in SPEAKING for source in ROOT.glob(pattern)})
    return frozenset(place for source in sources for place in _of(source))


def _of(source: Path) -> Iterator[Place]:
    name = source.relative_to(ROOT).as_posix()
    for function in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _speaks(call.func):
                    yield Place(name, call.lineno, function.name)


def _speaks(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in WINDOWS
    return (
        isinstance(called, ast.Attribute)
        and called.attr in SAYS
        and isinstance(called.value, ast.Name)
        and called.value.id == "turn"
    )


@contextmanager
def watched() -> Iterator[set[Place]]:
    """The places that are reached meanwhile."""
    by_line = {(str(ROOT / one.file), one.line): one for one in places()}
    files = {file for file, _ in by_line}
    reached: set[Place] = set()

    def line(frame: FrameType, event: str, _: Any) -> Any:
        place = by_line.get((frame.f_code.co_filename, frame.f_lineno))
        if event == "line" and place is not None:
            reached.add(place)
        return line

    def call(frame: FrameType, _: str, __: Any) -> Any:
        return line if frame.f_code.co_filename in files else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield reached
    finally:
        sys.settrace(before)
