"""Whether an organisation passes a person's filters. What is not stated passes."""

from domain.organisations import Organisation
from domain.regions import countries_of
from domain.rules.topic_kinship import with_finer
from domain.searches import RELATIVE, Facet, Filters


def passes(filters: Filters, one: Organisation) -> bool:
    """Whether it passes every facet."""
    return all(passes_facet(filters, facet, one) for facet in filters.narrowed)


def passes_facet(filters: Filters, facet: Facet, one: Organisation) -> bool:
    """Whether it meets one of the choices of a facet, or says nothing about it (an empty answer
    says nothing either). A topic stands for the finer ones beneath it, too. Facets that are
    relative to one's own organisation let everybody pass: alone, nobody can tell."""
    chosen = filters.of(facet)
    if not chosen or facet in RELATIVE:
        return True
    if facet is Facet.TOPICS:
        named = _topics(one)
        return named is None or bool(with_finer(chosen) & named)
    if facet is Facet.REGIONS:
        return one.country is None or any(one.country in countries_of(each) for each in chosen)
    stated = getattr(one, facet.value)
    return not stated or bool(chosen & frozenset(map(str, stated)))


def _topics(one: Organisation) -> frozenset[str] | None:
    """What it offers or seeks: a partner for a topic may stand on either side of it."""
    if one.offers is None and one.seeks is None:
        return None
    return (one.offers or frozenset()) | (one.seeks or frozenset())
