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


# Strategies are made once: made anew at each draw, they thrash Hypothesis' cache.
SOME_TOPICS, SOME_LANGUAGES, SOME_REGIONS = some(TOPICS), some(LANGUAGES), some(REGIONS)
SOME_COUNTRY = st.none() | st.sampled_from(COUNTRIES)


@st.composite
def organisations(draw: st.DrawFn, number: int = 1) -> Organisation:
    country = draw(SOME_COUNTRY)
    return Organisation(
        number,
        place=None if country is None else replace(DRESDEN, country=country),
        offers=draw(SOME_TOPICS),
        seeks=draw(SOME_TOPICS),
        languages=draw(SOME_LANGUAGES),
        regions=draw(SOME_REGIONS),
    )


DAY = date(2026, 3, 2)
MANY = settings(max_examples=60)
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
_CHOSEN = st.fixed_dictionaries(
    {
        facet: st.frozensets(st.sampled_from(options), max_size=2)
        for facet, options in FACETS.items()
    }
)


def filters() -> st.SearchStrategy[Filters]:
    return _CHOSEN.map(Filters)


CLIMATES = ("Cfb", "Cfa", "Dfb", "BSh", "Af", "")
SOME_FORMS = st.none() | st.frozensets(st.sampled_from(tuple(Form)), max_size=3)
SOME_SECTORS = st.none() | st.frozensets(st.sampled_from(tuple(Sector)), max_size=3)
SOME_DAY = st.none() | st.dates(DAY - timedelta(days=2), DAY + timedelta(days=2))
A_CLIMATE = st.sampled_from(CLIMATES)
AN_ORGANISATION = organisations()


@st.composite
def whole(draw: st.DrawFn) -> Organisation:
    one = draw(AN_ORGANISATION)
    return replace(
        one,
        forms=draw(SOME_FORMS),
        sectors=draw(SOME_SECTORS),
        regions_excluded=draw(SOME_REGIONS),
        full_until=draw(SOME_DAY),
        place=one.place and replace(one.place, climate=draw(A_CLIMATE)),
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
