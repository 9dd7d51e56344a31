"""Whether two organisations may be suggested to each other at all. The same both ways.

What is not stated passes.
"""

from datetime import date

from domain.organisations import Organisation
from domain.regions import countries_of
from domain.rules.fullness import is_full

_NONE: frozenset[str] = frozenset()


def eligible(one: Organisation, other: Organisation) -> bool:
    """Whether each accepts where the other lies, they share a language and lie in two countries."""
    return (
        one.id != other.id
        and accepts(one, other)
        and accepts(other, one)
        and share_a_language(one, other)
        and lie_in_different_countries(one, other)
    )


def suggestible(one: Organisation, to: Organisation, on: date | None) -> bool:
    """Whether `one` may be suggested to another on a day (None: nobody counts as full)."""
    return eligible(one, to) and not (on is not None and is_full(one, on))


def accepts(one: Organisation, other: Organisation) -> bool:
    """Whether the other lies where this one looks for partners, and not where it rules them
    out."""
    return other.country is None or other.country in countries_accepted(one, {other.country})


def countries_accepted(one: Organisation, among: set[str] | frozenset[str]) -> frozenset[str]:
    """Those countries of some in which it looks for partners."""
    ruled_out = _NONE.union(*map(countries_of, one.regions_excluded or _NONE))
    if not one.regions:
        return frozenset(among - ruled_out)
    return frozenset(among & _NONE.union(*map(countries_of, one.regions)) - ruled_out)


def share_a_language(one: Organisation, other: Organisation) -> bool:
    """Whether both work in some language."""
    if not one.languages or not other.languages:
        return True
    return bool(one.languages & other.languages)


def lie_in_different_countries(one: Organisation, other: Organisation) -> bool:
    """Whether they lie in two countries, unless both have asked for partners in their own."""
    if one.country is None or one.country != other.country:
        return True
    return wishes_home(one) and wishes_home(other)


def wishes_home(one: Organisation) -> bool:
    """Whether it has asked for partners in its own country, by name."""
    return bool(one.regions) and one.country in (one.regions or _NONE)
