"""A person's filters as SQL: `domain.rules.filters.passes`, for all organisations at once.

Sets lie as JSON lists, which SQLite and PostgreSQL unfold by functions of different names.
"""

from sqlalchemy import ColumnElement, exists, false, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.regions import countries_of
from domain.rules.topic_kinship import with_finer
from domain.searches import RELATIVE, Facet, Filters
from storage.tables import organisation_topics, organisations


def clauses(filters: Filters) -> tuple[ColumnElement[bool], ...]:
    """What rows of `organisations` have to meet, one clause a facet. Facets that are relative to
    one's own organisation let everybody pass."""
    return tuple(
        _clause(facet, filters.of(facet)) for facet in filters.narrowed if facet not in RELATIVE
    )


def _clause(facet: Facet, chosen: frozenset[str]) -> ColumnElement[bool]:
    if facet is Facet.TOPICS:
        return _on_a_topic(chosen)
    if facet is Facet.REGIONS:
        return _in_a_region(chosen)
    return _names_one(organisations.c[facet.value], chosen)


def _on_a_topic(chosen: frozenset[str]) -> ColumnElement[bool]:
    table, topic = organisations.c, organisation_topics.c
    named = exists().where(
        topic.organisation_id == table.id, topic.topic.in_(sorted(with_finer(chosen)))
    )
    return or_(table.offers.is_(None) & table.seeks.is_(None), named)


def _in_a_region(chosen: frozenset[str]) -> ColumnElement[bool]:
    country = organisations.c.place["country"].as_string()
    countries = frozenset[str]().union(*map(countries_of, chosen))
    return or_(country.is_(None), country.in_(sorted(countries)) if countries else false())


def _names_one(
    column: ColumnElement[frozenset[str]], chosen: frozenset[str]
) -> ColumnElement[bool]:
    stated = Unfolded(column).table_valued("value")
    named = exists(select(1).select_from(stated).where(stated.c.value.in_(sorted(chosen))))
    return or_(column.is_(None), func.json_array_length(column) == 0, named)


class Unfolded(FunctionElement[str]):
    """The members of a JSON list of texts as rows."""

    inherit_cache = True


@compiles(Unfolded, "sqlite")
def _by_sqlite(element: Unfolded, compiler: SQLCompiler, **context: object) -> str:
    return f"json_each({compiler.process(element.clauses, **context)})"


@compiles(Unfolded, "postgresql")
def _by_postgresql(element: Unfolded, compiler: SQLCompiler, **context: object) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **context)})"
