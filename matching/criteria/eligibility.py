"""Who may be suggested at all, as a mask: `domain.rules.eligibility`, `domain.rules.filters` and
`domain.rules.climates` for many at once. Hypothesis proves them equal."""

import numpy as np

from domain.organisations import Form, Sector
from domain.regions import countries_of
from domain.rules.climates import is_wished
from domain.rules.topic_kinship import with_finer
from domain.searches import RELATIVE, Facet, Filters
from matching.columns import UNKNOWN, Columns, Mask, Rows, Words, any_bit, bits_of
from matching.criteria.question import Question
from matching.kinship import BITS


def suggestible(question: Question, columns: Columns, rows: Rows | slice) -> Mask:
    """Which rows may be suggested by what they state: not full, each accepts where the other lies,
    a language in common, another country unless both wish for their own."""
    own = question.own.values
    country = columns.of("country", rows)
    accepted, home = _accepted(own["accepts"]), int(own["country"])
    if home != UNKNOWN and not own["wishes_home"]:
        accepted[home] = False
    mask = accepted[country]
    if question.own.one.languages:
        mask &= any_bit(columns["languages"], own["languages"], rows)
    if home != UNKNOWN:
        word, bit = divmod(home, BITS)
        mask &= (columns["accepts"][word][rows] & np.uint16(1 << bit)) != 0
        if own["wishes_home"]:
            mask &= (country != home) | columns.of("wishes_home", rows)
    if question.on is not None:
        mask &= columns.of("full_until", rows) <= question.on.toordinal()
    return mask


def free(question: Question, columns: Columns, rows: Rows) -> Mask:
    """Which rows nothing stands in the way of: not oneself, and nobody who is gone."""
    ids = columns.of("id", rows)
    mask = columns.of("there", rows) & (ids != question.own.values["id"])
    if question.ties.gone:
        mask &= ~np.isin(ids, np.fromiter(question.ties.gone, np.int64))
    return mask


def passing(filters: Filters, columns: Columns, rows: Rows) -> Mask:
    """Which rows pass every facet of a person's filters."""
    mask = np.ones(len(rows), dtype=np.bool_)
    for facet in frozenset(filters.narrowed) - RELATIVE:
        mask &= _passing_facet(facet, filters.of(facet), columns, rows)
    return mask


def in_climates(wishes: frozenset[str], question: Question, columns: Columns, rows: Rows) -> Mask:
    """Which rows lie in a climate that is wished for, seen from the question's place."""
    place = question.own.one.place
    own = place.climate if place else ""
    zones = ("", *columns.climates.all())
    by_number = np.array([is_wished(own, zone, wishes) for zone in zones], dtype=np.bool_)
    return by_number[columns.of("climate", rows)]


def _passing_facet(facet: Facet, chosen: frozenset[str], columns: Columns, rows: Rows) -> Mask:
    if facet is Facet.TOPICS:
        wanted = columns.kinship.bits(with_finer(chosen))
        silent = (columns.of("states_offers", rows) | columns.of("states_seeks", rows)) == 0
        offered = any_bit(columns["offers"], wanted, rows)
        return silent | offered | any_bit(columns["seeks"], wanted, rows)
    if facet is Facet.REGIONS:
        countries = frozenset[str]().union(*map(countries_of, chosen))
        numbers = [columns.countries.known(one) for one in countries]
        return np.isin(columns.of("country", rows), [UNKNOWN, *numbers])
    if facet is Facet.LANGUAGES:
        return any_bit(columns["languages"], columns.language_bits(chosen), rows)
    if facet is Facet.SECTORS:
        theirs, bits = columns.of("sectors", rows), _named(chosen, tuple(Sector))
    else:
        theirs, bits = columns.of("forms", rows), _named(chosen, tuple(Form))
    return ((theirs & bits) != 0) | (theirs == 0)


def _named(chosen: frozenset[str], known: tuple[Sector, ...] | tuple[Form, ...]) -> int:
    return bits_of((one for one in known if one.value in chosen), known)


def _accepted(words: Words) -> Mask:
    """Whether one's own wishes accept a country, by its number."""
    return np.unpackbits(words.view(np.uint8), bitorder="little").astype(np.bool_)
