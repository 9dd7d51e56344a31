"""Searches: how a person narrows the suggestions, and which pages of them they have been shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Facet(StrEnum):
    """By what suggestions can be narrowed."""

    TOPICS = "topics"
    REGIONS = "regions"
    SECTORS = "sectors"
    FORMS = "forms"
    LANGUAGES = "languages"
    WAYS = "ways"
    """Who helps whom: the modes of `domain.matches.Mode`."""
    CLIMATES = "climates"
    """Options of ClimateWish."""


RELATIVE = frozenset({Facet.WAYS, Facet.CLIMATES})
"""Facets of which nobody alone meets a choice or not, only as seen from one's own organisation."""


class ClimateWish(StrEnum):
    """In which climates partners may lie."""

    ALIKE = "alike"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen of each facet; a facet without a choice lets everybody pass."""

    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    def of(self, facet: Facet) -> frozenset[str]:
        """What was chosen of one facet."""
        return self.chosen.get(facet, frozenset())

    @property
    def narrowed(self) -> tuple[Facet, ...]:
        """The facets of which something was chosen."""
        return tuple(facet for facet in Facet if self.of(facet))

    def having(self, facet: Facet, options: Iterable[str]) -> "Filters":
        """These filters with this choice of a facet."""
        return replace(self, chosen={**self.chosen, facet: frozenset(options)})

    def without(self, facet: Facet) -> "Filters":
        """These filters with one facet left open."""
        return self.having(facet, ())


@dataclass(frozen=True, slots=True)
class Search:
    """A person's search: its filters, and the organisations on each page shown so far."""

    filters: Filters = Filters()
    pages: tuple[tuple[int, ...], ...] = ()
    changed_at: datetime | None = None

    @property
    def seen(self) -> frozenset[int]:
        """Every organisation on the pages shown so far."""
        return frozenset(one for page in self.pages for one in page)
