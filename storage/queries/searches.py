"""Searches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from domain.searches import Facet, Filters, Search
from storage.queries.base import Queries
from storage.tables import searches


class Searches(Queries):
    """How people have narrowed the suggestions, and what they have been shown."""

    async def of(self, person: int) -> Search:
        """A person's search; one without filters where nothing is kept."""
        row = await self._first(
            select(searches.c.filters, searches.c.changed_at).where(searches.c.person_id == person)
        )
        return _search_of(row.filters, row.changed_at) if row else Search()

    async def keep(self, person: int, search: Search, *, at: datetime) -> None:
        """Remember a person's search."""
        statement = self._insert(searches)
        await self._write(
            statement.on_conflict_do_update(
                index_elements=["person_id"],
                set_={
                    "filters": statement.excluded.filters,
                    "changed_at": statement.excluded.changed_at,
                },
            ),
            {"person_id": person, "filters": _stored(search), "changed_at": at},
        )

    async def forget(self, person: int) -> None:
        """Forget a person's search."""
        await self._write(delete(searches).where(searches.c.person_id == person))


def _stored(search: Search) -> dict[str, Any]:
    filters = search.filters
    return {
        **{facet.value: sorted(filters.of(facet)) for facet in filters.narrowed},
        "pages": [list(page) for page in search.pages],
    }


def _search_of(stored: Mapping[str, Any], changed_at: datetime) -> Search:
    chosen = {facet: frozenset(stored[facet]) for facet in Facet if stored.get(facet)}
    pages = tuple(tuple(page) for page in stored.get("pages", ()))
    return Search(Filters(chosen), pages, changed_at)
