"""What must always hold in matching, whatever is asked and in whatever language it is told."""

import random
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.languages import LANGUAGES as SPOKEN
from domain.organisations import Organisation
from domain.rules.eligibility import eligible
from domain.topics import load_topics
from domain.track_records import TrackRecord
from locales import names
from matching import partner_index
from matching.criteria.question import Question
from matching.introduction_sentence import SentenceFinder
from matching.partner_index import PartnerIndex
from matching.partners import fit, rank
from matching.places import Gazetteer
from tests.support.drawn import (
    DAY,
    LANGUAGES,
    MANY,
    REGIONS,
    ROUNDING,
    TEXTS,
    TOPICS,
    organisations,
    whole,
)
from tests.support.profiles import DRESDEN
from tests.support.topics import by_letters

ONE, OTHER = organisations(1), organisations(2)


def suggested(own: Organisation, other: Organisation) -> bool:
    return bool(rank(own, [other], {}))


@MANY
@given(ONE, OTHER)
def test_the_fit_is_the_same_from_both_sides(one: Organisation, other: Organisation) -> None:
    (value, mode), (mirrored, same) = fit(one, other), fit(other, one)
    assert (value, mode) == (pytest.approx(mirrored), same)
    assert 0 <= value <= 1
    assert eligible(one, other) == eligible(other, one)
    assert suggested(one, other) == suggested(other, one)


@MANY
@given(ONE, OTHER, st.sampled_from(TOPICS))
def test_a_need_that_the_other_meets_never_lowers_the_fit(
    one: Organisation, other: Organisation, topic: str
) -> None:
    other = replace(other, offers=(other.offers or frozenset()) | {topic})
    wanting = replace(one, seeks=(one.seeks or frozenset()) | {topic})
    assert fit(wanting, other)[0] >= fit(one, other)[0] - ROUNDING
    assert fit(other, wanting)[0] >= fit(other, one)[0] - ROUNDING


@MANY
@given(ONE, OTHER, st.sampled_from(["languages", "regions"]), st.data())
def test_taking_a_language_or_region_away_never_adds_a_partner(
    one: Organisation, other: Organisation, field: str, data: st.DataObject
) -> None:
    options = LANGUAGES if field == "languages" else REGIONS
    stated = data.draw(st.frozensets(st.sampled_from(options), min_size=2, max_size=4))
    gone = data.draw(st.sampled_from(sorted(stated)))
    one = replace(one, **{field: stated})
    fewer = replace(one, **{field: stated - {gone}})
    assert eligible(one, other) or not eligible(fewer, other)
    assert suggested(one, other) or not suggested(fewer, other)


@MANY
@given(ONE, OTHER, st.sampled_from(["languages", "regions", "place"]))
def test_what_is_not_stated_passes_and_scores_nothing(
    one: Organisation, other: Organisation, field: str
) -> None:
    silent = replace(one, **{field: None})
    wished_at_home = field == "regions" and one.country == other.country
    assert eligible(silent, other) or not eligible(one, other) or wished_at_home
    assert fit(silent, other)[0] <= fit(one, other)[0] + ROUNDING
    without = replace(one, seeks=None, offers=None)
    assert fit(without, other)[0] == 0
    assert not suggested(without, other)


@st.composite
def records(draw: st.DrawFn) -> TrackRecord:
    number = st.integers(0, 9)
    asked, told = draw(number), draw(number)
    answered, helped = draw(st.integers(0, asked)), draw(st.integers(0, told))
    return TrackRecord(draw(number), asked, answered, told, helped)


@settings(MANY, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole(), st.lists(st.tuples(whole(), records()), min_size=3, max_size=30), st.integers(1, 3))
def test_the_best_few_are_the_first_of_all(
    monkeypatch: pytest.MonkeyPatch,
    own: Organisation,
    others: list[tuple[Organisation, TrackRecord]],
    limit: int,
) -> None:
    # As among hundreds of thousands: block by block, and scoring only who may come first.
    for name, few in (("BLOCK", 4), ("FEW", 1), ("TRIED", 3)):
        monkeypatch.setattr(partner_index, name, few)
    index = PartnerIndex()
    index.put_all(replace(one, id=2 + at) for at, (one, _) in enumerate(others))
    index.record({2 + at: record for at, (_, record) in enumerate(others)})
    question = Question(index.question(own), on=DAY)
    assert index.best(question, limit) == index.best(question, 100)[:limit]


PLANTED = (
    ("sludge_dewatering water_network", "solar_pumping leak_detection"),
    ("landfill_gas composting", "wastewater_treatment project_funding"),
    ("district_heating tariffs", "waste_separation street_lighting"),
    ("desalination", "water_reuse drought"),
    ("heavy_rain parks", "river_restoration gis"),
    ("bus_rail", "cycling_walking air_quality"),
    ("e_government cybersecurity", "participatory_budgeting"),
    ("phosphorus_recovery", "industrial_wastewater"),
    ("hospitals mental_health", "elderly_care"),
    ("fire_service", "disaster_preparedness humanitarian_aid"),
    ("wind_power power_grid", "heat_pumps"),
    ("school_buildings", "building_retrofit youth_exchange"),
    ("urban_trees", "heat_stress cemetery"),
    ("waste_pickers", "plastic_packaging e_waste"),
    ("billing_collection", "water_metering illegal_connections"),
    ("anti_corruption", "tender_procedures local_taxes"),
    ("cultural_heritage ecotourism", "city_marketing"),
    ("irrigation", "organic_farming food_security"),
    ("onsite_sanitation", "rural_water wells_groundwater"),
    ("electric_mobility", "traffic noise"),
)
"""What one of two planted partners offers and seeks; the other one offers and seeks the reverse."""


Topics = frozenset[str]


def told(topics: str, language: str, wording: int) -> Topics:
    """What is understood of topics that are told by a label or a synonym of a language."""
    wordings = [load_topics()[topic].labels[language] for topic in topics.split()]
    text = ", ".join(several[wording % len(several)] for several in wordings)
    mentions = by_letters().find(text, language)
    return frozenset(mention.guesses[0].topic for mention in mentions)


def planted(
    number: int, country: str, offers: frozenset[str], seeks: frozenset[str]
) -> Organisation:
    place = replace(DRESDEN, country=country)
    return Organisation(number, place=place, offers=offers, seeks=seeks)


@cache
def distractors() -> tuple[Organisation, ...]:
    chance, topics = random.Random(5), sorted(load_topics())

    def one(number: int) -> Organisation:
        offers, seeks = (frozenset(chance.sample(topics, chance.randint(1, 4))) for _ in "os")
        return planted(number, chance.choice(("UA", "JO", "PE")), offers, seeks)

    return tuple(map(one, range(1_000, 1_300)))


def first_three(pair: int, own: str, other: str, wording: int = 0) -> tuple[int, ...]:
    """Who is suggested to the first of a planted pair, which tells of itself in one language; the
    second, whose number is 2, tells of itself in another."""
    offers, seeks = PLANTED[pair]
    one = planted(1, "DE", told(offers, own, wording), told(seeks, own, wording))
    two = planted(2, "UA", told(seeks, other, wording), told(offers, other, wording))
    index = PartnerIndex()
    index.put_all((*distractors(), two))
    found = index.best(Question(index.question(one)), 3)
    return tuple(each.organisation for each in found)


@pytest.mark.parametrize("wording", range(3))
@pytest.mark.parametrize("language", SPOKEN)
def test_in_any_language_and_wording_the_true_partner_is_among_the_first_three(
    language: str, wording: int
) -> None:
    missed = [
        PLANTED[pair]
        for pair in range(len(PLANTED))
        if 2 not in first_three(pair, language, "en", wording)
    ]
    assert missed == []


@pytest.mark.parametrize("pair", [0, 7, 13])
def test_two_who_speak_different_languages_find_each_other(pair: int) -> None:
    missed = [
        (own, other)
        for own, other in product(SPOKEN, SPOKEN)
        if 2 not in first_three(pair, own, other)
    ]
    assert missed == []


@pytest.fixture(scope="module")
def sentences(gazetteer: Gazetteer) -> SentenceFinder:
    return SentenceFinder(by_letters(), gazetteer, names.languages_in_all_languages())


@settings(max_examples=150)
@given(TEXTS, st.sampled_from([*SPOKEN, "xx", ""]))
def test_no_text_of_any_kind_raises(
    gazetteer: Gazetteer, sentences: SentenceFinder, text: str, language: str
) -> None:
    by_letters().find(text, language)
    by_letters().read(text, language)
    gazetteer.find(text, language)
    gazetteer.find_all(text, language)
    sentences.find(text, language)
