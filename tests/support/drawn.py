"""What Hypothesis draws for matching: organisations of which much or little is stated, and filters
that fit some of them."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from domain.matches import Mode
from domain.organisations import Form, Organisation, Sector
from domain.searches import ClimateWish, Facet, Filters
from tests.support.profiles import DRESDEN

TOPICS = (
    *("sludge", "solar", "wastewater", "drinking_water", "health", "transport"),
    *("sewer_network", "onsite_sanitation", "rooftop_solar"),
)
COUNTRIES = ("DE", "UA", "JO", "PE", "ZM")
REGIONS = ("DE", "UA", "JO", "anywhere", "europe", "east_africa", "latin_america", "mena")
LANGUAGES = ("de", "en", "uk", "ar")


def some(options: tuple[str, ...]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(options), max_size=4)


@st.composite
def organisations(draw: st.DrawFn, number: int = 1) -> Organisation:
    country = draw(st.none() | st.sampled_from(COUNTRIES))
    return Organisation(
        number,
        place=None if country is None else replace(DRESDEN, country=country),
        offers=draw(some(TOPICS)),
        seeks=draw(some(TOPICS)),
        languages=draw(some(LANGUAGES)),
        regions=draw(some(REGIONS)),
    )


DAY = date(2026, 3, 2)
MANY = settings(max_examples=60, deadline=None)
ROUNDING = 1e-6
"""Of fits in single precision."""


FACETS = {
    Facet.TOPICS: TOPICS,
    Facet.REGIONS: REGIONS,
    Facet.LANGUAGES: LANGUAGES,
    Facet.FORMS: tuple(form.value for form in Form),
    Facet.SECTORS: tuple(sector.value for sector in Sector),
    Facet.WAYS: tuple(mode.value for mode in Mode),
    Facet.CLIMATES: tuple(wish.value for wish in ClimateWish),
}
SECTORS, FORMS = tuple(Sector), tuple(Form)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    chosen = Filters()
    for facet, options in FACETS.items():
        chosen = chosen.having(facet, draw(st.frozensets(st.sampled_from(options), max_size=2)))
    return chosen


CLIMATES = ("Cfb", "Cfa", "Dfb", "BSh", "Af", "")


@st.composite
def whole(draw: st.DrawFn) -> Organisation:
    one = draw(organisations())
    return replace(
        one,
        forms=draw(st.none() | st.frozensets(st.sampled_from(FORMS), max_size=3)),
        sectors=draw(st.none() | st.frozensets(st.sampled_from(SECTORS), max_size=3)),
        regions_excluded=draw(some(REGIONS)),
        full_until=draw(st.none() | st.dates(DAY - timedelta(days=2), DAY + timedelta(days=2))),
        place=one.place and replace(one.place, climate=draw(st.sampled_from(CLIMATES))),
    )


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=400),
    st.tuples(
        st.text(st.characters(exclude_categories=()), min_size=1, max_size=40),
        st.integers(1, 2_000),
    ).map(lambda piece: (piece[0] * piece[1])[:2_000]),
)
"""Whatever somebody may write, up to 2,000 characters: letters of every kind, lone surrogates and
control characters included."""
