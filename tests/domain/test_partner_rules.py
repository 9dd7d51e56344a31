"""Rules about partners: dismissals, filters, standing, first questions, outcomes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.dismissals import Dismissal, Why
from domain.introductions import Introduction, IntroductionState
from domain.languages import LANGUAGES
from domain.matches import Mode, ReasonKind
from domain.organisations import Form, Organisation, Sector
from domain.outcomes import Question, SideOfOutcome
from domain.places import Place, PlaceKind
from domain.rules.climates import is_wished
from domain.rules.dismissals import bars_requests, hidden_from
from domain.rules.filters import passes
from domain.rules.questions import FirstQuestion, first_questions, language_for_both
from domain.rules.standing import Standing, latest_each, standing
from domain.rules.standing import named as is_named_there
from domain.rules.wordings import named, parts_of_a_wish
from domain.searches import ClimateWish, Facet, Filters

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SOON, BEFORE = NOW + timedelta(days=1), NOW - timedelta(days=1)
US, THEM = 1, 2


@pytest.mark.parametrize(
    ("why", "until", "hidden_from_us", "we_from_them", "may_ask"),
    [
        (Why.TOPIC, None, True, True, True),
        (Why.REGION, None, True, True, True),
        (Why.SIZE, None, True, True, True),
        (Why.PARTNERS, None, True, True, True),
        (Why.OTHER, None, True, True, True),
        (Why.LATER, SOON, True, False, True),
        (Why.LATER, NOW, False, False, True),
        (Why.LATER, BEFORE, False, False, True),
        (Why.REPORTED, None, True, True, False),
    ],
)
def test_whom_a_dismissal_keeps_from_whom(
    why: Why, until: datetime | None, hidden_from_us: bool, we_from_them: bool, may_ask: bool
) -> None:
    said = Dismissal(US, THEM, why, BEFORE, until)
    assert (THEM in hidden_from(US, [said], NOW)) is hidden_from_us
    assert (US in hidden_from(THEM, [said], NOW)) is we_from_them
    assert bars_requests(said) is not may_ask


LVIV = Place("geonames:702550", PlaceKind.CITY, "Lviv", "UA", 49.8, 24.0, "Europe/Kyiv", 1)
STATED = Organisation(
    9,
    place=LVIV,
    sectors=frozenset({Sector.WATER_SUPPLY}),
    offers=frozenset({"sludge", "sewer_network"}),
    seeks=frozenset({"solar"}),
    languages=frozenset({"uk", "en"}),
    forms=frozenset({Form.VISITS}),
)
SILENT = Organisation(10)


@pytest.mark.parametrize(
    ("facet", "option", "lets_pass"),
    [
        (Facet.TOPICS, "sludge", True),
        (Facet.TOPICS, "solar", True),
        (Facet.TOPICS, "tourism", False),
        (Facet.TOPICS, "wastewater", True),
        (Facet.TOPICS, "sewer_network", True),
        (Facet.TOPICS, "wastewater_treatment", False),
        (Facet.TOPICS, "energy_supply", True),
        (Facet.TOPICS, "rooftop_solar", False),
        (Facet.REGIONS, "UA", True),
        (Facet.REGIONS, "europe", True),
        (Facet.REGIONS, "JO", False),
        (Facet.SECTORS, "water_supply", True),
        (Facet.SECTORS, "waste", False),
        (Facet.FORMS, "visits", True),
        (Facet.FORMS, "mentor", False),
        (Facet.LANGUAGES, "uk", True),
        (Facet.LANGUAGES, "fr", False),
    ],
)
def test_filters_let_pass_what_is_meant_or_not_stated(
    facet: Facet, option: str, lets_pass: bool
) -> None:
    filters = Filters().having(facet, {option})
    assert passes(filters, STATED) is lets_pass
    assert passes(filters, SILENT)


def test_facets_narrow_together_and_options_of_one_widen() -> None:
    both = Filters().having(Facet.REGIONS, {"UA"}).having(Facet.LANGUAGES, {"fr"})
    assert not passes(both, STATED)
    assert passes(both.having(Facet.LANGUAGES, {"fr", "uk"}), STATED)
    assert passes(Filters(), STATED)


@pytest.mark.parametrize(
    ("facet", "option"),
    [*((Facet.WAYS, mode) for mode in Mode), *((Facet.CLIMATES, wish) for wish in ClimateWish)],
)
def test_what_is_relative_to_ones_own_organisation_lets_everybody_pass_alone(
    facet: Facet, option: str
) -> None:
    filters = Filters().having(facet, {option})
    assert filters.narrowed == (facet,)
    assert passes(filters, STATED)
    assert passes(filters, SILENT)
    assert not passes(filters.having(Facet.REGIONS, {"JO"}), STATED)


ALIKE, DIFFERENT = {ClimateWish.ALIKE}, {ClimateWish.DIFFERENT}


@pytest.mark.parametrize(
    ("own", "other", "wishes", "expected"),
    [
        ("Cfb", "Cfb", ALIKE, True),
        ("Cfb", "Csa", ALIKE, True),
        ("Cfb", "BSh", ALIKE, False),
        ("Cfb", "Cfb", DIFFERENT, False),
        ("Cfb", "Csa", DIFFERENT, False),
        ("Cfb", "BSh", DIFFERENT, True),
        ("Cfb", "BSh", ALIKE | DIFFERENT, True),
        ("Cfb", "BSh", set(), True),
        ("", "BSh", ALIKE, True),
        ("Cfb", "", DIFFERENT, True),
        ("", "", ALIKE, True),
    ],
)
def test_a_climate_is_wished_for_or_not_known(
    own: str, other: str, wishes: set[str], expected: bool
) -> None:
    assert is_wished(own, other, frozenset(wishes)) is expected
    assert is_wished(other, own, frozenset(wishes)) is expected


PHRASES = {"same climate": "alike", "the same climate": "alike", "give and take": "both"}


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("same climate", {"alike"}, ""),
        ("The  Same\nClimate", {"alike"}, ""),
        ("sludge, same climate", {"alike"}, "sludge"),
        ("Give and take in Jordan", {"both"}, "in Jordan"),
        ("same climate; give and take", {"alike", "both"}, ""),
        ("the same climates", set(), "the same climates"),
        ("unsame climate", set(), "unsame climate"),
        ("gİve and take", set(), "gİve and take"),
        ("", set(), ""),
    ],
)
def test_phrases_are_found_as_whole_words_and_taken_out(
    text: str, meant: set[str], rest: str
) -> None:
    found, left = named(text, PHRASES)
    assert found == meant
    assert left.strip(" ,;") == rest


@pytest.mark.parametrize(
    ("wish", "parts"),
    [
        ("Klärschlamm in Jordanien", ["Klärschlamm", "Jordanien"]),
        ("Klärschlamm in der Ukraine", ["Klärschlamm", "Ukraine"]),
        ("sewage sludge in the Ukraine", ["sewage sludge", "Ukraine"]),
        ("boues en Jordanie", ["boues", "Jordanie"]),
        ("lodo de esgoto na Jordânia", ["lodo de esgoto", "Jordânia"]),
        ("осад стічних вод у Йорданії", ["осад стічних вод", "Йорданії"]),
        ("حمأة الصرف الصحي في الأردن، الإنجليزية", ["حمأة الصرف الصحي", "الأردن", "الإنجليزية"]),
        ("Inland", ["Inland"]),
    ],
)
def test_a_wish_is_cut_where_one_thing_leads_to_the_next(wish: str, parts: list[str]) -> None:
    assert [one.strip() for one in parts_of_a_wish(wish).split(",")] == parts


def introduction(state: IntroductionState, *, asking: int, number: int = 1) -> Introduction:
    asked = THEM if asking == US else US
    return Introduction(number, asking, asked, 7, state, NOW)


@pytest.mark.parametrize(
    ("state", "asking", "stands", "is_named"),
    [
        (IntroductionState.ASKED, US, Standing.FOR_THEM, True),
        (IntroductionState.ASKED, THEM, Standing.FOR_US, False),
        (IntroductionState.ACCEPTED, US, Standing.INTRODUCED, True),
        (IntroductionState.ACCEPTED, THEM, Standing.INTRODUCED, True),
        (IntroductionState.DECLINED, THEM, Standing.ENDED, False),
        (IntroductionState.WITHDRAWN, THEM, Standing.ENDED, False),
        (IntroductionState.EXPIRED, THEM, Standing.ENDED, False),
        (IntroductionState.DECLINED, US, Standing.ENDED, True),
    ],
)
def test_where_an_introduction_stands(
    state: IntroductionState, asking: int, stands: Standing, is_named: bool
) -> None:
    one = introduction(state, asking=asking)
    assert standing(one, US) is stands
    assert is_named_there(one, US) is is_named


def test_the_list_shows_the_latest_with_each_side_what_waits_for_us_first() -> None:
    ended = introduction(IntroductionState.EXPIRED, asking=US, number=1)
    waits = introduction(IntroductionState.ASKED, asking=THEM, number=2)
    other = replace(introduction(IntroductionState.ACCEPTED, asking=US, number=3), asked=5)
    assert [one.id for one in latest_each([other, waits, ended], US)] == [2, 3]


@pytest.mark.parametrize(
    ("own", "other", "asked"),
    [
        (
            ({"sludge"}, {"solar"}),
            ({"solar"}, {"sludge"}),
            [
                FirstQuestion(ReasonKind.THEY_OFFER, "solar"),
                FirstQuestion(ReasonKind.THEY_SEEK, "sludge"),
            ],
        ),
        (
            (None, {"solar"}),
            ({"solar"}, None),
            [
                FirstQuestion(ReasonKind.THEY_OFFER, "solar"),
                FirstQuestion(ReasonKind.THEY_OFFER, "solar", 2),
            ],
        ),
        (
            ({"solar", "sludge"}, None),
            (None, {"solar", "sludge"}),
            [
                FirstQuestion(ReasonKind.THEY_SEEK, "sludge"),
                FirstQuestion(ReasonKind.THEY_SEEK, "solar", 2),
            ],
        ),
        (
            (None, {"solar"}),
            (None, {"solar"}),
            [
                FirstQuestion(ReasonKind.BOTH_SEEK, "solar"),
                FirstQuestion(ReasonKind.BOTH_SEEK, "solar", 2),
            ],
        ),
        (({"solar"}, None), ({"solar"}, None), []),
    ],
)
def test_first_questions_come_from_what_is_shared(own, other, asked) -> None:
    sides = [
        Organisation(
            number,
            offers=frozenset(offers) if offers else None,
            seeks=frozenset(seeks) if seeks else None,
        )
        for number, (offers, seeks) in enumerate((own, other), 1)
    ]
    assert list(first_questions(*sides)) == asked


@pytest.mark.parametrize(
    ("own", "other", "reader", "chosen"),
    [
        ({"de", "en"}, {"en", "uk"}, "de", "en"),
        ({"de", "en"}, {"en", "de"}, "en", "en"),
        ({"de", "en"}, {"en", "de"}, "ar", "de"),
        (None, {"en"}, "ar", "ar"),
        (None, None, "uk", "uk"),
        ({"pl"}, {"pl"}, "de", "de"),  # shared, but not spoken here
    ],
)
def test_the_language_for_both(own, other, reader: str, chosen: str) -> None:
    sides = [
        Organisation(number, languages=frozenset(several) if several else None)
        for number, several in enumerate((own, other), 1)
    ]
    assert language_for_both(*sides, reader=reader, spoken=LANGUAGES) == chosen


@pytest.mark.parametrize(
    ("met", "answered", "following"),
    [
        ("yes", Question.MET, Question.HELPED),
        ("yes", Question.HELPED, Question.PARTNERSHIP),
        ("yes", Question.PARTNERSHIP, None),
        ("no", Question.MET, None),
        ("not_yet", Question.MET, None),
    ],
)
def test_what_is_asked_next(met: str, answered: Question, following: Question | None) -> None:
    assert SideOfOutcome(1, US, met=met).after(answered) is following
