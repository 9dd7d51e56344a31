"""Several places in one text: "Jordanien, Ostafrika und die Ukraine" has three."""

import re
from collections.abc import Callable

MOST_PIECES = 20
LONGEST_JOIN = 4

_MARKS = re.compile(r"\s*[,;،؛\n/|•·]+\s*|\s+[-–—]\s+")
_AND = re.compile(
    r"\s+(?:und|oder|sowie|and|or|et|ou|y|o|e|та|і|й|або|чи|и|&|\+|و|أو|ثم)\s+|\s+(?=و\w{3})",
    re.IGNORECASE,
)


def pieces_of(text: str, is_place: Callable[[str], bool]) -> list[str]:
    """The text cut where lists are cut, but not within a name that is known as a whole.

    "Bosnien und Herzegowina" stays one piece; at most 20 pieces come back.
    """
    pieces: list[str] = []
    for part in _MARKS.split(text):
        if len(pieces) >= MOST_PIECES:
            break
        if part.strip():
            pieces.extend(_cut(part.strip(), is_place))
    return [piece for piece in pieces if _has_letters(piece)][:MOST_PIECES]


def _cut(part: str, is_place: Callable[[str], bool]) -> list[str]:
    """Cut at every "and", then join again what makes a known name together."""
    cuts = [(match.start(), match.end()) for match in _AND.finditer(part)][:MOST_PIECES]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(part)]
    pieces, at = [], 0
    while at < len(starts):
        last = _longest_name(part, starts, ends, at, is_place)
        pieces.append(_without_and(part[starts[at] : ends[last]].strip(), is_place))
        at = last + 1
    return pieces


def _longest_name(
    part: str, starts: list[int], ends: list[int], at: int, is_place: Callable[[str], bool]
) -> int:
    for last in range(min(len(ends) - 1, at + LONGEST_JOIN), at, -1):
        if is_place(part[starts[at] : ends[last]]):
            return last
    return at


def _without_and(piece: str, is_place: Callable[[str], bool]) -> str:
    """Arabic writes "and" on the word itself: وأوكرانيا is "and Ukraine"."""
    if piece.startswith("و") and len(piece) > 3 and not is_place(piece):
        return piece[1:].strip()
    return re.sub(r"^(?:und|and|et|y|e|та|і|й)\s+", "", piece, flags=re.IGNORECASE)


def _has_letters(piece: str) -> bool:
    return any(letter.isalpha() for letter in piece)
