"""Consortia: nobody who adds nothing, everybody may be asked, and none better is overlooked."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.consortia import AgainstKind, ForKind, WhyNot
from domain.organisations import Kind, Organisation
from domain.rules.eligibility import eligible, share_a_language
from domain.rules.topic_kinship import near
from domain.track_records import TrackRecord
from matching.consortia import propose
from matching.weights import CONSORTIUM
from tests.support.drawn import COUNTRIES, LANGUAGES, REGIONS, some
from tests.support.profiles import DRESDEN

TOPICS = (
    "sludge",
    "solar",
    "wastewater",
    "drinking_water",
    "health",
    "transport",
    "leak_detection",
)
MANY = settings(max_examples=60)


@st.composite
def operators(draw: st.DrawFn, number: int) -> Organisation:
    country = draw(st.none() | st.sampled_from(COUNTRIES))
    return Organisation(
        number,
        kind=draw(st.none() | st.sampled_from([Kind.UTILITY, Kind.NETWORK])),
        place=None if country is None else replace(DRESDEN, country=country),
        offers=draw(some(TOPICS)),
        seeks=draw(some(TOPICS)),
        languages=draw(some(LANGUAGES)),
        regions=draw(some(REGIONS)),
    )


@st.composite
def fields(draw: st.DrawFn) -> tuple[Organisation, list[Organisation]]:
    partner = draw(operators(1))
    partner = replace(partner, seeks=draw(st.frozensets(st.sampled_from(TOPICS), min_size=2)))
    several = draw(st.integers(0, 7))
    return partner, [draw(operators(number)) for number in range(2, 2 + several)]


def covered(partner: Organisation, some_: tuple[Organisation, ...]) -> float:
    needs = partner.seeks or frozenset()
    return sum(
        max((near(need, offer) for one in some_ for offer in one.offers or ()), default=0.0)
        for need in needs
    ) / max(1, len(needs))


def score(partner: Organisation, several: tuple[Organisation, ...]) -> float:
    """As matching/weights.py describes it, one consortium at a time."""
    stated = [one.languages for one in (partner, *several) if one.languages]
    mute = bool(stated) and not frozenset.intersection(*stated)
    value = covered(partner, several)
    value -= CONSORTIUM["member"] * (len(several) - 2)
    value -= CONSORTIUM["country"] * (len({one.country for one in several}) - 1)
    value -= CONSORTIUM["language"] * mute
    return min(1.0, max(0.0, value))


@MANY
@given(fields())
def test_the_first_is_the_best_there_is(field: tuple[Organisation, list[Organisation]]) -> None:
    partner, others = field
    able = [one for one in others if eligible(partner, one) and one.kind is not Kind.NETWORK]
    scores = [
        score(partner, several)
        for size in (2, 3)
        for several in combinations(able, size)
        if all(share_a_language(*pair) for pair in combinations(several, 2))
        and all(
            covered(partner, several)
            > covered(partner, tuple(each for each in several if each is not one)) + 1e-6
            for one in several
        )
    ]
    found = propose(partner, others).consortia
    assert bool(found) == bool(scores)
    if scores:
        assert found[0].score == pytest.approx(max(scores))


@MANY
@given(fields())
def test_every_member_adds_something_and_may_be_asked(
    field: tuple[Organisation, list[Organisation]],
) -> None:
    partner, others = field
    by_id = {one.id: one for one in others}
    found = propose(partner, others)
    for one in found.consortia:
        members = [by_id[each.organisation] for each in one.members]
        assert 2 <= len(members) <= 3
        assert all(eligible(partner, each) for each in members)
        assert all(share_a_language(*pair) for pair in combinations(members, 2))
        assert one.coverage == pytest.approx(covered(partner, tuple(members)), abs=1e-5)
        for each in one.members:
            rest = tuple(other for other in members if other.id != each.organisation)
            lost = one.coverage - covered(partner, rest)
            assert each.adds == pytest.approx(lost, abs=1e-5)
            assert each.adds > 0
            assert any(brought.only for brought in each.brings)
    assert [one.score for one in found.consortia] == sorted(
        (one.score for one in found.consortia), reverse=True
    )
    for one, other in combinations(found.consortia, 2):
        both = {each.organisation for each in one.members} & {
            each.organisation for each in other.members
        }
        assert len(both) <= 1, "a variant of another proposal"


@MANY
@given(fields())
def test_whoever_is_left_out_has_a_reason(
    field: tuple[Organisation, list[Organisation]],
) -> None:
    partner, others = field
    found = propose(partner, others)
    left_out = {one.organisation for one in found.left_out}
    for one in others:
        able = eligible(partner, one) and one.kind is not Kind.NETWORK
        assert (one.id in left_out) == (not able or not covered(partner, (one,)))
    assert propose(partner, others[::-1]) == replace(
        found, left_out=tuple(sorted(found.left_out, key=lambda one: one.organisation))
    )


def operator(
    number: int, offers: str, languages: str = "de en", country: str = "DE"
) -> Organisation:
    return Organisation(
        number,
        place=replace(DRESDEN, country=country),
        offers=frozenset(offers.split()),
        languages=frozenset(languages.split()),
    )


PARTNER = Organisation(
    1,
    place=replace(DRESDEN, country="JO"),
    seeks=frozenset({"sludge", "solar", "health", "transport"}),
    languages=frozenset({"ar", "en"}),
)


def test_the_lead_covers_most_and_each_brings_its_own() -> None:
    field = [operator(2, "sludge solar health"), operator(3, "transport"), operator(4, "solar")]
    found, second = propose(PARTNER, field).consortia
    assert {one.organisation for one in second.members} == {3, 4}
    assert found.lead.organisation == 2
    assert [one.organisation for one in found.co_leads] == [3]
    assert found.coverage == 1
    assert [one.need for one in found.lead.brings if one.only] == ["health", "sludge", "solar"]
    kinds = {one.kind for one in found.reasons}
    assert kinds >= {ForKind.ONE_COUNTRY, ForKind.COMMON_LANGUAGE, ForKind.LEAD_COVERS_MOST}
    assert found.against == ()


def test_of_two_who_cover_the_same_the_one_that_helped_before_leads() -> None:
    field = [operator(2, "sludge solar"), operator(3, "health transport")]
    helped = {3: TrackRecord(told=4, helped=4)}
    assert propose(PARTNER, field).consortia[0].lead.organisation == 2
    assert propose(PARTNER, field, records=helped).consortia[0].lead.organisation == 3


def test_operators_of_one_country_come_before_those_of_two() -> None:
    field = [
        operator(2, "sludge solar"),
        operator(3, "health transport", country="FR"),
        operator(4, "health transport"),
    ]
    first, second = propose(PARTNER, field).consortia
    assert {one.organisation for one in first.members} == {2, 4}
    assert {one.organisation for one in second.members} == {2, 3}
    assert AgainstKind.SEVERAL_COUNTRIES in {one.kind for one in second.against}


def test_what_nobody_offers_and_who_is_not_asked_is_told() -> None:
    silent = Organisation(5, place=replace(DRESDEN, country="DE"))
    network = replace(operator(6, "sludge"), kind=Kind.NETWORK)
    field = [
        operator(2, "sludge"),
        operator(3, "solar", "uk"),
        operator(4, "waste_collection"),
        silent,
        network,
    ]
    found = propose(PARTNER, field)
    assert found.consortia == ()
    assert found.alone == (2, 0.25)
    assert found.unmet == ("health", "solar", "transport")
    assert {one.organisation: one.why for one in found.left_out} == {
        3: WhyNot.OTHER_LANGUAGE,
        4: WhyNot.BRINGS_NOTHING,
        5: WhyNot.OFFERS_NOT_STATED,
        6: WhyNot.NO_OPERATOR,
    }
