"""Which of a few named options somebody means: kinds, sectors, languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

ACCEPTED = 78.0
"""Beneath this likeness (0 to 100) nothing is suggested."""


@dataclass(frozen=True, slots=True)
class OptionGuess:
    """An option that may be meant; `score` is 0 to 1."""

    option: str
    score: float
    exact: bool


def nearest(
    text: str, options: Mapping[str, Iterable[str]], *, limit: int = 3
) -> tuple[OptionGuess, ...]:
    """Options whose names are like the text, best first; () when none is.

    Whole names are compared, never parts of one, so that "AI" is not found in "retail".
    """
    said = _normal(text)
    if len(said) < 2:
        return ()
    names = [(_normal(name), option) for option, several in options.items() for name in several]
    best: dict[str, float] = {}
    found = process.extract(
        said[:200], [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=ACCEPTED, limit=20
    )
    for _, score, index in found:
        option = names[index][1]
        best[option] = max(best.get(option, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: -item[1])[:limit]
    return tuple(OptionGuess(option, score / 100, score == 100.0) for option, score in ranked)


def _normal(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())
