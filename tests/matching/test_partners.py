"""Who fits whom: what must always hold, for any two organisations, and tables of cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.matches import Mode, Reason, ReasonKind
from domain.organisations import Form, Organisation
from domain.regions import countries_of
from matching.partners import EXPOSURE, alike, eligible, fit, rank
from tests.support.profiles import DRESDEN

TOPICS = ("sludge", "solar", "wastewater", "drinking_water", "health", "transport")
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


ONE, OTHER = organisations(1), organisations(2)


MANY = settings(max_examples=60)


def suggested(own: Organisation, other: Organisation) -> bool:
    return bool(rank(own, [other], {}))


@MANY
@given(ONE, OTHER)
def test_the_fit_is_the_same_from_both_sides(one: Organisation, other: Organisation) -> None:
    assert fit(one, other) == fit(other, one)
    assert 0 <= fit(one, other)[0] <= 1
    assert eligible(one, other) == eligible(other, one)
    assert suggested(one, other) == suggested(other, one)


@MANY
@given(ONE, OTHER, st.sampled_from(TOPICS))
def test_a_need_that_the_other_meets_never_lowers_the_fit(
    one: Organisation, other: Organisation, topic: str
) -> None:
    other = replace(other, offers=(other.offers or frozenset()) | {topic})
    wanting = replace(one, seeks=(one.seeks or frozenset()) | {topic})
    assert fit(wanting, other)[0] >= fit(one, other)[0]
    assert fit(other, wanting)[0] >= fit(other, one)[0]


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
    assert fit(silent, other) == fit(one, other)
    without = replace(one, seeks=None, offers=None)
    assert fit(without, other)[0] == 0
    assert not suggested(without, other)


@MANY
@given(ONE, OTHER, st.integers(0, 50))
def test_who_was_shown_often_sinks_but_fits_as_before(
    one: Organisation, other: Organisation, shown: int
) -> None:
    one = replace(one, seeks=frozenset({"sludge"}), languages=None, regions=None, place=None)
    other = replace(other, offers=frozenset({"sludge"}))
    (fresh,) = rank(one, [other], {})
    (known,) = rank(one, [other], {other.id: shown})
    assert known.fit == fresh.fit
    assert known.score == pytest.approx(fresh.fit / (1 + EXPOSURE * shown))


@MANY
@given(ONE, st.lists(organisations(2), max_size=8))
def test_the_list_is_in_order_and_each_has_a_reason(
    one: Organisation, others: list[Organisation]
) -> None:
    several = [replace(other, id=2 + at) for at, other in enumerate(others)]
    ranked = rank(one, several, {})
    assert ranked == rank(one, several[::-1], {})
    assert [match.score for match in ranked] == sorted(
        (match.score for match in ranked), reverse=True
    )
    assert all(match.reasons and match.fit > 0 for match in ranked)


def side(number: int, offers: str = "", seeks: str = "", **stated: object) -> Organisation:
    return Organisation(
        number,
        offers=frozenset(offers.split()) or None,
        seeks=frozenset(seeks.split()) or None,
        **stated,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "other", "expected", "mode"),
    [
        (side(1, "solar", "sludge"), side(2, "sludge", "solar"), 1.0, Mode.RECIPROCAL),
        (side(1, "solar", "sludge health"), side(2, "sludge", "solar"), 5 / 6, Mode.RECIPROCAL),
        (side(1, "", "sludge"), side(2, "sludge", ""), 0.5, Mode.MENTORING),
        (side(1, "", "sludge solar"), side(2, "sludge", ""), 0.25, Mode.MENTORING),
        (side(1, "", "sludge"), side(2, "", "sludge"), 0.175, Mode.PEER),
        (side(1, "solar", ""), side(2, "solar", ""), 0.0, Mode.MENTORING),
        (side(1), side(2), 0.0, Mode.MENTORING),
    ],
)
def test_fit(one: Organisation, other: Organisation, expected: float, mode: Mode) -> None:
    value, way = fit(one, other)
    assert value == pytest.approx(expected)
    assert way is mode


def at(country: str | None, regions: str = "", languages: str = "") -> dict[str, object]:
    return {
        "place": replace(DRESDEN, country=country) if country else None,
        "regions": frozenset(regions.split()) or None,
        "languages": frozenset(languages.split()) or None,
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (at("DE"), at("UA"), True),
        (at("DE"), at("DE"), False),
        (at("DE", "DE"), at("DE", "DE"), True),
        (at("DE", "DE"), at("DE"), False),
        (at("DE", "anywhere"), at("DE", "anywhere"), False),
        (at("DE", "UA"), at("UA", "DE"), True),
        (at("DE", "UA"), at("UA", "JO"), False),
        (at("DE", "JO"), at("UA"), False),
        (at("DE", "east_africa"), at("ZM"), "ZM" in countries_of("east_africa")),
        (at("DE", "UA"), at(None), True),
        (at(None), at(None, "UA"), True),
        (at("DE", "", "de"), at("UA", "", "uk"), False),
        (at("DE", "", "de en"), at("UA", "", "uk en"), True),
        (at("DE", "", "de"), at("UA"), True),
    ],
)
def test_eligible(one: dict[str, object], other: dict[str, object], expected: bool) -> None:
    here, there = side(1, **one), side(2, **other)  # type: ignore[arg-type]
    assert eligible(here, there) is expected
    assert eligible(there, here) is expected


def test_nobody_fits_themselves() -> None:
    own = side(1, "solar", "solar")
    assert rank(own, [own], {}) == ()


DAY = date(2026, 3, 2)


def wanting(number: int, country: str = "DE", **stated: object) -> Organisation:
    return side(
        number,
        "solar" if number == 1 else "sludge",
        "sludge" if number == 1 else "solar",
        place=replace(DRESDEN, country=country),
        **stated,
    )


@pytest.mark.parametrize(
    ("ruled_out", "country", "expected"),
    [
        (None, "UA", True),
        ({"asia"}, "UA", True),
        ({"UA"}, "UA", False),
        ({"eastern_partnership"}, "UA", False),
        ({"east_africa"}, "ZM", "ZM" not in countries_of("east_africa")),
        ({"JO", "PE"}, None, True),
    ],
)
def test_where_a_region_is_ruled_out_nobody_is_suggested_either_way(
    ruled_out: set[str] | None, country: str | None, expected: bool
) -> None:
    one = wanting(1, regions_excluded=frozenset(ruled_out) if ruled_out else None)
    other = replace(wanting(2), place=replace(DRESDEN, country=country) if country else None)
    assert eligible(one, other) is expected
    assert eligible(other, one) is expected


@pytest.mark.parametrize("wished", ["europe", "anywhere", "UA"])
def test_what_is_ruled_out_weighs_more_than_what_is_wished(wished: str) -> None:
    one = wanting(1, regions=frozenset({wished}), regions_excluded=frozenset({"UA"}))
    assert not eligible(one, wanting(2, "UA"))


@pytest.mark.parametrize(
    ("until", "suggested_then"),
    [
        (None, True),
        (DAY - timedelta(days=1), True),
        (DAY, True),
        (DAY + timedelta(days=1), False),
        (DAY + timedelta(days=400), False),
    ],
)
def test_who_is_full_is_suggested_again_from_that_day_on(
    until: date | None, suggested_then: bool
) -> None:
    one, other = wanting(1), wanting(2, "UA", full_until=until)
    assert bool(rank(one, [other], {}, on=DAY)) is suggested_then
    assert rank(other, [one], {}, on=DAY), "who is full may still look around"


MENTOR, MENTEE, CLIMATE = Form.MENTOR, Form.MENTEE, Form.CLIMATE


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ({MENTOR}, {MENTEE}, {(ReasonKind.FORM_FITS, "mentee")}),
        ({MENTEE}, {MENTOR}, {(ReasonKind.FORM_FITS, "mentor")}),
        ({MENTOR}, {MENTOR}, set()),
        ({MENTEE}, {MENTEE}, set()),
        ({MENTOR}, None, set()),
        (None, {MENTEE}, set()),
        ({CLIMATE}, {CLIMATE}, {(ReasonKind.SHARED_FORM, "climate")}),
        ({CLIMATE, MENTOR}, {MENTEE}, {(ReasonKind.FORM_FITS, "mentee")}),
        ({CLIMATE}, {Form.VISITS}, set()),
    ],
)
def test_forms_are_a_reason_only_where_both_have_stated_what_goes_together(
    ours: set[Form] | None, theirs: set[Form] | None, expected: set[tuple[ReasonKind, str]]
) -> None:
    one = wanting(1, forms=frozenset(ours) if ours else None)
    other = wanting(2, "UA", forms=frozenset(theirs) if theirs else None)
    (match,) = rank(one, [other], {})
    kinds = (ReasonKind.FORM_FITS, ReasonKind.SHARED_FORM)
    assert {(r.kind, r.subject) for r in match.reasons if r.kind in kinds} == expected
    assert (alike(one, other) > 0) == bool(expected)
    assert alike(one, other) == alike(other, one)


def test_goals_in_common_are_a_small_reason_and_missing_ones_are_none() -> None:
    one = side(1, "", "sludge", sdgs=frozenset({"6", "13"}))
    same = side(2, "sludge", "", sdgs=frozenset({"6"}))
    others = side(3, "sludge", "", sdgs=frozenset({"1"}))
    silent = side(4, "sludge", "")
    ranked = rank(one, [silent, others, same], {})
    assert [match.organisation.id for match in ranked] == [2, 3, 4]
    assert ranked[1].fit == ranked[2].fit == 0.5
    assert 0 < ranked[0].fit - 0.5 < 0.05
    assert Reason(ReasonKind.SHARED_SDG, "6") in ranked[0].reasons


def test_a_way_of_working_alone_makes_nobody_a_partner() -> None:
    one = side(1, "", "sludge", sdgs=frozenset({"6"}), forms=frozenset({MENTOR}))
    other = side(2, "solar", "", sdgs=frozenset({"6"}), forms=frozenset({MENTEE}))
    assert rank(one, [other], {}) == ()
