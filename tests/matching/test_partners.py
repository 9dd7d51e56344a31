"""Who fits whom: tables of cases, and the index, many at once, beside the rules, one by one.

What must always hold for any two is in test_matching_properties.py.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matches import Mode, ObjectionKind, Reason, ReasonKind
from domain.organisations import Form, Organisation, Sector, Size
from domain.places import Place
from domain.regions import countries_of
from domain.rules.climates import is_wished
from domain.rules.eligibility import eligible, suggestible
from domain.rules.filters import passes
from domain.searches import ClimateWish, Filters
from domain.track_records import Taste, Ties, TrackRecord
from matching.criteria.question import Question
from matching.partner_index import PartnerIndex, Wanted
from matching.partners import fit, rank
from matching.weights import FIT, ORDER
from tests.support.drawn import DAY, MANY, filters, organisations, whole
from tests.support.profiles import DRESDEN

ONE, OTHER = organisations(1), organisations(2)


@MANY
@given(ONE, OTHER, st.integers(0, 50))
def test_who_was_shown_often_sinks_but_fits_as_before(
    one: Organisation, other: Organisation, shown: int
) -> None:
    one = replace(one, seeks=frozenset({"sludge"}), languages=None, regions=None, place=None)
    other = replace(other, offers=frozenset({"sludge"}))
    (fresh,) = rank(one, [other], {})
    (known,) = rank(one, [other], {other.id: TrackRecord(shown=shown)})
    assert known.fit == fresh.fit
    assert known.score == pytest.approx(fresh.fit / (1 + ORDER["exposure"] * shown))


@MANY
@given(ONE, st.lists(organisations(2), max_size=8))
def test_the_list_is_in_order_and_each_has_a_reason(
    one: Organisation, others: list[Organisation]
) -> None:
    several = [replace(other, id=2 + at) for at, other in enumerate(others)]
    ranked = rank(one, several, {})
    assert ranked == rank(one, several[::-1], {})
    modes = list(Mode)
    order = [(modes.index(match.mode), -match.score) for match in ranked]
    assert order == sorted(order), "reciprocal ones first, and each kind by its score"
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


def wanting(number: int, country: str = "DE", **stated: object) -> Organisation:
    return side(
        number,
        "solar" if number == 1 else "sludge",
        "sludge health" if number == 1 else "solar",
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
    plain = fit(replace(one, forms=None), other)[0]
    assert (fit(one, other)[0] > plain) == (bool(expected) and plain < 1)
    assert fit(one, other) == fit(other, one)


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


# The index, many at once, against the rules of the domain, one by one.


def indexed(several: list[Organisation]) -> PartnerIndex:
    index = PartnerIndex()
    index.put_all(several)
    return index


@MANY
@given(whole(), st.lists(whole(), max_size=12), filters())
def test_the_index_finds_whom_the_rules_allow(
    own: Organisation, others: list[Organisation], chosen: Filters
) -> None:
    several = [replace(other, id=2 + at) for at, other in enumerate(others)]
    index = indexed(several)
    question = Question(index.question(own), on=DAY)
    expected = {
        one.id
        for one in several
        if suggestible(one, own, DAY) and passes(chosen, one) and fit(own, one)[0] > 0
    }
    assert index.everybody(question, Wanted(filters=chosen)) == expected
    best = index.best(question, len(several) + 1, Wanted(filters=chosen))
    assert {one.organisation for one in best} == expected
    for one in best:
        assert (one.fit, one.mode) == pytest.approx(fit(own, several[one.organisation - 2]))


def climate_of(one: Organisation) -> str:
    return one.place.climate if one.place else ""


@MANY
@given(
    whole(),
    st.lists(whole(), max_size=12),
    st.frozensets(st.sampled_from(list(Mode))),
    st.frozensets(st.sampled_from([wish.value for wish in ClimateWish])),
)
def test_the_index_finds_the_ways_and_climates_that_are_wished_for(
    own: Organisation, others: list[Organisation], modes: frozenset[Mode], wishes: frozenset[str]
) -> None:
    several = [replace(other, id=2 + at) for at, other in enumerate(others)]
    index = indexed(several)
    question = Question(index.question(own), on=DAY)
    expected = {
        one.id
        for one in several
        if suggestible(one, own, DAY)
        and fit(own, one)[0] > 0
        and fit(own, one)[1] in modes
        and is_wished(climate_of(own), climate_of(one), wishes)
    }
    wanted = Wanted(modes=modes, climates=wishes)
    assert index.everybody(question, wanted) == expected
    found = index.best(question, len(several) + 1, wanted)
    assert {one.organisation for one in found} == expected


@MANY
@given(whole(), st.lists(whole(), min_size=1, max_size=8), st.data())
def test_an_index_that_has_changed_is_one_that_was_built_so(
    own: Organisation, others: list[Organisation], data: st.DataObject
) -> None:
    several = [replace(other, id=2 + at) for at, other in enumerate(others)]
    changed = indexed(several)
    gone = data.draw(st.sampled_from(several))
    anew = replace(data.draw(whole()), id=data.draw(st.sampled_from(several)).id)
    changed.remove(gone.id)
    changed.put(replace(gone, id=99))
    changed.put(anew)
    now = {one.id: one for one in several if one.id != gone.id}
    now |= {99: replace(gone, id=99), anew.id: anew}
    fresh = indexed(list(now.values()))
    assert len(changed) == len(fresh)
    answers = [index.best(Question(index.question(own), on=DAY), 5) for index in (changed, fresh)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("theirs", "value", "mode"),
    [
        ("non_revenue_water", 1.0, Mode.MENTORING),
        ("leak_detection", 0.6, Mode.MENTORING),
        ("drinking_water", 0.6, Mode.MENTORING),
        ("water_metering", 0.6, Mode.MENTORING),
        ("water_network", 0.4, Mode.MENTORING),
        ("solar", 0.0, Mode.MENTORING),
        ("unknown", 0.0, Mode.MENTORING),
    ],
)
def test_near_topics_help_less_than_the_same(theirs: str, value: float, mode: Mode) -> None:
    own, other = side(1, "", "non_revenue_water"), side(2, theirs, "")
    assert fit(own, other) == (pytest.approx(value * 0.5), mode)
    assert bool(rank(own, [other])) is (value > 0)


def test_a_near_topic_is_told_as_such_and_speaks_against_the_match_too() -> None:
    (match,) = rank(side(1, "", "non_revenue_water"), [side(2, "leak_detection", "")])
    assert (match.reasons[0].kind, match.reasons[0].subject) == (
        ReasonKind.OFFER_NEAR,
        "leak_detection",
    )
    kinds = [one.kind for one in match.against]
    assert kinds == [ObjectionKind.ONE_WAY, ObjectionKind.ONLY_NEAR]


CFB, CFA, BSH = (replace(DRESDEN, climate=zone) for zone in ("Cfb", "Cfa", "BSh"))


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "share"),
    [
        ("size", {"size": Size.SMALL}, {"size": Size.SMALL}, 1.0),
        ("size", {"size": Size.SMALL}, {"size": Size.MEDIUM}, 0.5),
        ("size", {"size": Size.SMALL}, {"size": Size.METROPOLITAN}, 0.0),
        ("size", {"size": Size.SMALL}, {}, 0.0),
        ("size", {}, {}, 0.0),
        ("sectors", {"sectors": {Sector.WASTE}}, {"sectors": {Sector.WASTE}}, 1.0),
        ("sectors", {"sectors": {Sector.WASTE}}, {"sectors": {Sector.HEALTH}}, 0.0),
        ("sectors", {"sectors": {Sector.CROSS_SECTOR}}, {"sectors": {Sector.CROSS_SECTOR}}, 0.0),
        ("goals", {"sdgs": {"6"}}, {"sdgs": {"6", "7"}}, 1.0),
        ("goals", {"sdgs": {"6"}}, {}, 0.0),
        ("forms", {"forms": {Form.MENTOR}}, {"forms": {Form.MENTEE}}, 1.0),
        ("forms", {"forms": {Form.VISITS}}, {"forms": {Form.VISITS}}, 0.5),
        ("forms", {"forms": {Form.MENTOR}}, {"forms": {Form.MENTOR}}, 0.0),
    ],
)
def test_what_else_goes_together_brings_the_fit_nearer_to_one(
    name: str, ours: dict[str, Any], theirs: dict[str, Any], share: float
) -> None:
    own, other = side(1, "", "sludge", **ours), side(2, "sludge", "", **theirs)
    for one, two in ((own, other), (other, own)):
        assert fit(one, two)[0] == pytest.approx(0.5 + 0.5 * FIT[name] * share)


def abroad(place: Place, **changed: Any) -> dict[str, Any]:
    return {"place": replace(place, country="UA", timezone=None, latitude=None, **changed)}


@pytest.mark.parametrize(
    ("here", "there", "share"),
    [(CFB, CFB, 1.0), (CFB, CFA, 0.6), (CFB, BSH, 0.0), (CFB, replace(CFB, climate=""), 0.0)],
)
def test_like_climates_count_a_little(here: Place, there: Place, share: float) -> None:
    own = side(1, "", "sludge", place=replace(here, timezone=None, latitude=None))
    other = side(2, "sludge", "", **abroad(there))
    assert fit(own, other)[0] == pytest.approx(0.5 + 0.5 * FIT["climate"] * share)


def test_working_hours_in_common_and_a_short_way_count_a_little() -> None:
    def at(number: int, zone: str | None, longitude: float | None, **topics: str) -> Organisation:
        latitude = None if longitude is None else 0.0
        place = replace(
            DRESDEN, country=None, timezone=zone, latitude=latitude, longitude=longitude
        )
        return side(number, place=place, **topics)

    own = at(1, "Europe/Berlin", 0.0, seeks="sludge")
    hours, near = FIT["hours"], FIT["distance"]
    for zone, longitude, share in (
        ("Europe/Berlin", None, hours),
        ("Europe/Kyiv", None, hours * 7 / 8),
        ("America/Lima", None, hours * 2 / 8),
        ("Asia/Tokyo", None, 0.0),
        (None, 0.0, near),
        (None, 180.0, 0.0),
        (None, None, 0.0),
    ):
        other = at(2, zone, longitude, offers="sludge")
        assert fit(own, other)[0] == pytest.approx(0.5 + 0.5 * share, abs=1e-5), (zone, longitude)


OWN, OTHER_SIDE = side(1, "", "sludge"), side(2, "sludge", "", size=Size.SMALL)


@pytest.mark.parametrize(
    ("record", "ties", "factor"),
    [
        (TrackRecord(), Ties(), 1.0),
        (TrackRecord(shown=4), Ties(), 1 / (1 + 4 * ORDER["exposure"])),
        (TrackRecord(shown=4), Ties(shown=frozenset({2})), 1 / (1 + 3 * ORDER["exposure"])),
        (TrackRecord(asked=6, answered=6), Ties(), 1.0),
        (TrackRecord(asked=6, answered=0), Ties(), 1 - ORDER["answers"] * 6 / 8),
        (TrackRecord(told=2, helped=2), Ties(), 1 + ORDER["help"] / 2),
        (TrackRecord(told=2, helped=0), Ties(), 1.0),
        (TrackRecord(active_on=DAY - timedelta(days=30)), Ties(), 1.0),
        (TrackRecord(active_on=DAY - timedelta(days=400)), Ties(), 1 - ORDER["activity"]),
        (TrackRecord(), Ties(taste=Taste(less={"size:small": 2})), (1 - ORDER["taste"]) ** 2),
        (TrackRecord(), Ties(taste=Taste(less={"size:large": 2})), 1.0),
        (TrackRecord(), Ties(taste=Taste(more={"topic:sludge": 1})), 1 + ORDER["taste"]),
        (TrackRecord(), Ties(taste=Taste(more={"topic:sludge": 3})), 1.25),
    ],
)
def test_the_order_looks_from_one_side_and_leaves_the_fit_as_it_is(
    record: TrackRecord, ties: Ties, factor: float
) -> None:
    (match,) = rank(OWN, [OTHER_SIDE], {2: record}, ties=ties, on=DAY)
    assert match.fit == pytest.approx(0.5)
    assert match.score == pytest.approx(0.5 * factor)


def test_who_is_gone_is_not_suggested_and_a_twinned_town_is_a_reason() -> None:
    other = side(2, "sludge", "", place=replace(DRESDEN, timezone=None, latitude=None))
    assert rank(OWN, [other], ties=Ties(gone=frozenset({2}))) == ()
    (match,) = rank(OWN, [other], ties=Ties(twinned_places=frozenset({DRESDEN.id})))
    assert match.fit == pytest.approx(0.5 + 0.5 * FIT["relations"])
    assert Reason(ReasonKind.TWINNED, "Dresden") in match.reasons


def test_climates_can_be_asked_for_by_name() -> None:
    own = side(1, "solar", "sludge", place=CFB)
    like, other, silent = (
        side(number, "sludge", "solar", **abroad(place))
        for number, place in ((2, CFA), (3, BSH), (4, DRESDEN))
    )

    def found(*wishes: str, to: Organisation = own) -> set[int]:
        matches = rank(to, [like, other, silent], wanted=Wanted(climates=frozenset(wishes)))
        return {match.organisation.id for match in matches}

    assert found("alike") == {2, 4}
    assert found("different") == {3, 4}
    assert found("alike", "different") == found() == {2, 3, 4}
    assert found("alike", to=replace(own, place=None)) == {2, 3, 4}


def test_modes_can_be_asked_for_by_name() -> None:
    own = side(1, "solar", "sludge")
    several = [side(2, "sludge", "solar"), side(3, "sludge"), side(4, "", "sludge")]
    assert [one.mode for one in rank(own, several)] == list(Mode)
    for mode in Mode:
        (match,) = rank(own, several, wanted=Wanted(modes=frozenset({mode})))
        assert match.mode is mode


@pytest.mark.parametrize(
    ("ours", "theirs", "record", "taste", "kind", "subject"),
    [
        ({}, {}, TrackRecord(asked=4, answered=1), Taste(), ObjectionKind.SELDOM_ANSWERS, ""),
        ({}, {}, TrackRecord(active_on=DAY - timedelta(days=200)), Taste(),
         ObjectionKind.LONG_AWAY, ""),
        ({"size": Size.SMALL}, {"size": Size.LARGE}, TrackRecord(), Taste(),
         ObjectionKind.OTHER_SIZE, "large"),
        ({"forms": {Form.MENTOR}}, {"forms": {Form.MENTOR}}, TrackRecord(), Taste(),
         ObjectionKind.SAME_PART, "mentor"),
        ({"place": CFB}, abroad(BSH), TrackRecord(), Taste(), ObjectionKind.OTHER_CLIMATE, "B"),
        ({"place": DRESDEN}, {"place": replace(DRESDEN, country="JP", timezone="Asia/Tokyo")},
         TrackRecord(), Taste(), ObjectionKind.FEW_HOURS, "0"),
        ({}, {"size": Size.LARGE}, TrackRecord(), Taste(less={"size:large": 1}),
         ObjectionKind.REFUSED, "size:large"),
    ],
)  # fmt: skip
def test_what_speaks_against_a_match_is_told(
    ours: dict[str, Any],
    theirs: dict[str, Any],
    record: TrackRecord,
    taste: Taste,
    kind: ObjectionKind,
    subject: str,
) -> None:
    own, other = side(1, "solar", "sludge", **ours), side(2, "sludge", "solar", **theirs)
    (match,) = rank(own, [other], {2: record}, on=DAY, ties=Ties(taste=taste))
    assert [(one.kind, one.subject) for one in match.against] == [(kind, subject)]
    (plain,) = rank(side(1, "solar", "sludge"), [side(2, "sludge", "solar")], on=DAY)
    assert plain.against == ()
