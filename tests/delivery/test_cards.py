"""Cards: what they show, what they keep to themselves, in every language and however long."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from delivery import cards
from delivery.message import Message
from delivery.reason_lines import gap_line, objection_lines, reason_lines
from delivery.shared_card import shared_card
from domain.introductions import Introduction, IntroductionState
from domain.languages import LANGUAGES
from domain.matches import Gap, Match, Mode, Objection, ObjectionKind, Reason, ReasonKind
from domain.organisations import Form, Organisation, Sector, Size
from domain.partnerships import MOST_PARTNERSHIPS, PartnershipKind, Told
from domain.people import Detail
from domain.profiles import Answer
from domain.topics import load_topics
from handlers.partners import partner_message
from locales import names
from locales.speech import speech, without_tags
from matching.partners import rank
from tests.support.chat import read, says
from tests.support.judged import faults_in
from tests.support.profiles import ALL, DRESDEN, LONGEST, NOON, bare, extreme, typical

TODAY = date(2026, 3, 2)
LVIV = replace(DRESDEN, id="geonames:702550", name="Lviv", country="UA", admin="Lviv Oblast")


def organisation(make: object = typical, **changed: object) -> Organisation:
    found = make().organisation  # type: ignore[operator]
    assert found is not None
    return replace(found, **changed)


def seen(text: object) -> str:
    return read(without_tags(str(text)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", ALL.values(), ids=ALL)
def test_every_card_fits_into_a_message(make: object, language: str) -> None:
    say = speech(language)
    profile = make(language)  # type: ignore[operator]
    assert faults_in(Message(cards.profile_card(say, profile, TODAY))) == []
    if profile.organisation is None:
        return
    own = replace(organisation(extreme), id=90, place=LVIV)
    for text in (
        cards.anonymous_card(say, own, profile.organisation),
        cards.contact_card(say, profile.organisation, [profile.person]),
    ):
        assert faults_in(Message(text)) == []
    (match,) = rank(own, [profile.organisation], {})
    assert faults_in(Message(cards.partner_card(say, match))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_anonymous_card_names_neither_the_organisation_nor_its_place(language: str) -> None:
    other = organisation(name="Stadtwerke Geheim", place=replace(DRESDEN, name="Geheimstadt"))
    text = seen(cards.anonymous_card(speech(language), organisation(id=9, place=LVIV), other))
    assert "Geheim" not in text
    assert "Sachsen" not in text
    assert speech(language).country("DE") in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "shares",
    [
        frozenset(),
        frozenset({Detail.NAME}),
        frozenset({Detail.EMAIL, Detail.PHONE}),
        frozenset(Detail),
        None,
    ],
)
def test_a_contact_card_shows_what_was_shared_and_no_more(
    language: str, shares: frozenset[Detail] | None
) -> None:
    person = replace(typical().person, shares=shares)
    stated = {
        Detail.NAME: person.name,
        Detail.FUNCTION: person.function,
        Detail.EMAIL: person.email,
        Detail.PHONE: person.phone,
    }
    text = seen(cards.contact_card(speech(language), organisation(), [person]))
    for detail, value in stated.items():
        assert (str(value) in text) == (detail in (shares or ())), detail
    nothing = seen(speech(language)("contact-shares-nothing"))
    assert (nothing in text) == (not shares)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_stated_is_said_so(language: str) -> None:
    say = speech(language)
    text = seen(cards.profile_card(say, bare(language), TODAY))
    assert text.count(say.plain("not-stated")) == len(Answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_match_names_its_reasons_and_what_could_not_be_weighed(language: str) -> None:
    say = speech(language)
    own = organisation(id=9, place=LVIV, offers=frozenset({"solar"}), regions=None)
    own = replace(own, seeks=frozenset({"sludge"}))
    other = organisation(languages=None, regions=None)
    (match,) = rank(own, [other], {})
    text = seen(cards.partner_card(say, match))
    assert seen(say("mode-reciprocal")) in text
    gaps = seen(gap_line(say, (Gap.LANGUAGES, Gap.REGIONS))[0])
    assert gaps in text


REASONS = {
    ReasonKind.OFFER_NEAR: ("sludge", "solar"),
    ReasonKind.NEED_NEAR: ("wastewater",),
    ReasonKind.TWINNED: ("Lviv",),
    ReasonKind.SIMILAR_SIZE: ("large",),
    ReasonKind.SIMILAR_CLIMATE: ("C",),
    ReasonKind.COMMON_HOURS: ("7",),
    ReasonKind.HELPED: ("3",),
    ReasonKind.LIKED: ("country:UA", "size:small", "topic:sludge"),
}
OBJECTIONS = {
    ObjectionKind.ONE_WAY: ("",),
    ObjectionKind.SAME_NEED: ("",),
    ObjectionKind.ONLY_NEAR: ("",),
    ObjectionKind.SAME_PART: ("mentor",),
    ObjectionKind.OTHER_SIZE: ("metropolitan",),
    ObjectionKind.OTHER_CLIMATE: ("B",),
    ObjectionKind.FEW_HOURS: ("2",),
    ObjectionKind.SELDOM_ANSWERS: ("",),
    ObjectionKind.LONG_AWAY: ("",),
    ObjectionKind.REFUSED: ("country:JO", "topic:solar"),
}


def a_match(reasons: Iterable[Reason], against: Iterable[Objection]) -> Match:
    other = organisation(languages=None)
    gaps = (Gap.LANGUAGES,)
    return Match(other, Mode.MENTORING, 0.4, 0.4, tuple(reasons), gaps, tuple(against))


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_come_before_what_is_to_be_considered_and_before_the_gaps(language: str) -> None:
    say = speech(language)
    match = a_match(
        (Reason(kind, one) for kind, several in REASONS.items() for one in several),
        (Objection(kind, one) for kind, several in OBJECTIONS.items() for one in several),
    )
    lines = [seen(line) for line in cards.partner_card(say, match).split("\n")]
    heads = [f"reason-{kind}" for kind in REASONS]
    heads += ["partner-objections", *(f"objection-{kind}" for kind in OBJECTIONS), "partner-gaps"]
    assert len(lines) > len(heads)
    for line, key in zip(lines[-len(heads) :], heads, strict=True):
        number = {"reason-common-hours": 7, "objection-few-hours": 2}.get(key)
        said = line == seen(say(key, number)) if number else says(language, key, line)
        assert said, (key, line)
    text = "\n".join(lines)
    sizes = [say.plain(f"size-{size}") for size in ("large", "small", "metropolitan")]
    climates = [say.plain(f"climate-{group}") for group in "CB"]
    words = [*sizes, *climates, say.country("UA"), say.country("JO"), "Lviv", "7"]
    assert [one for one in words if seen(one) not in text] == []
    ids = ("size:", "country:", "topic:", "metropolitan", "{", "}")
    assert [one for one in ids if one in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_to_be_considered_there_is_no_heading(language: str) -> None:
    say = speech(language)
    text = seen(cards.partner_card(say, a_match([Reason(ReasonKind.HELPED, "1")], [])))
    assert seen(say("reason-helped")) in text
    assert seen(say("partner-objections")) not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(9))
def test_hours_are_counted_as_the_language_counts(language: str, number: int) -> None:
    say = speech(language)
    (_, few) = objection_lines(say, [Objection(ObjectionKind.FEW_HOURS, str(number))])
    (many,) = reason_lines(say, [Reason(ReasonKind.COMMON_HOURS, str(number))])
    assert few == (say("objection-few-hours", number) if number else say("objection-no-hours"))
    assert many == say("reason-common-hours", number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_card_fits_into_a_message(language: str) -> None:
    """Every kind at once, each with all subjects that there are: more than any match can have."""
    say = speech(language)
    topics = sorted(load_topics(), key=lambda one: -len(names.topic(language, one)))[:60]
    goals, forms = names.GOALS, [one.value for one in Form]
    traits = [f"topic:{topic}" for topic in topics]
    every = {
        **dict.fromkeys(ReasonKind, topics),
        ReasonKind.TWINNED: ["P" * 80],
        ReasonKind.SHARED_LANGUAGE: sorted(names.languages_in_all_languages()),
        ReasonKind.SHARED_SECTOR: [one.value for one in Sector],
        ReasonKind.REGION_WANTED: ["CD"],
        ReasonKind.FORM_FITS: ["mentor", "mentee"],
        ReasonKind.SHARED_FORM: forms,
        ReasonKind.SHARED_SDG: goals,
        ReasonKind.SIMILAR_SIZE: ["metropolitan"],
        ReasonKind.SIMILAR_CLIMATE: ["D"],
        ReasonKind.COMMON_HOURS: ["8"],
        ReasonKind.LIKED: traits,
    }
    against = {**OBJECTIONS, ObjectionKind.REFUSED: traits}
    match = replace(
        a_match(
            (Reason(kind, one) for kind, several in every.items() for one in several),
            (Objection(kind, one) for kind, several in against.items() for one in several),
        ),
        # Letters that HTML writes longer count once for Telegram, and not for our strict judge.
        organisation=organisation(
            extreme, name="W" * 120, place=replace(LVIV, name="P" * 80, admin="A" * 80)
        ),
        gaps=tuple(Gap),
    )
    for asked in (None, Introduction(1, 30, 9, 7, IntroductionState.ASKED, NOON)):
        assert faults_in(partner_message(say, match, asked)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_anonymous_card_does_not_tell_the_place_by_its_reasons(language: str) -> None:
    """A metropolis of a small country is known by its size, a town by its climate."""
    say = speech(language)
    other = organisation(place=replace(DRESDEN, climate="Cfb"), size=Size.METROPOLITAN)
    own = organisation(
        id=9, place=replace(LVIV, climate="Cfb"), size=Size.METROPOLITAN, seeks={"sludge"}
    )
    text = seen(cards.anonymous_card(say, own, other))
    assert says(language, "reason-they-offer", text)
    kinds = ("twinned", "similar-size", "similar-climate", "common-hours")
    assert [kind for kind in kinds if says(language, f"reason-{kind}", text)] == []
    assert read(say.plain("size-metropolitan")) not in text


def test_values_are_escaped() -> None:
    text = str(cards.contact_card(speech("en"), organisation(name="<b>&</b>"), []))
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in text


@pytest.mark.parametrize(("number", "named"), [(0, 0), (1, 1), (12, 12), (13, 12), (47, 12)])
def test_a_long_list_ends_with_how_many_more(number: int, named: int) -> None:
    topics = sorted(organisation(extreme).offers or ())[:number]
    say = speech("de")
    text = seen(cards.options_text(say, Answer.OFFERS, topics))
    more = read(say.plain("and-more", number - named)) if number > named else ""
    assert more in text
    labels = [cards.option_words(say, Answer.OFFERS)(one) for one in topics]
    assert sum(label in text for label in labels) >= named
    assert (text == say.plain("nothing-chosen")) == (number == 0)


def test_the_longest_name_is_not_cut() -> None:
    assert len(LONGEST) == 120
    assert LONGEST in seen(cards.contact_card(speech("ar"), organisation(name=LONGEST), []))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [typical, extreme])
def test_a_shared_card_fits_and_keeps_to_itself_what_is_not_shared(
    make: object, language: str
) -> None:
    profile = make(language)  # type: ignore[operator]
    many = [Told(LONGEST, PartnershipKind.SUSTAINABILITY, 1999)] * MOST_PARTNERSHIPS
    say = speech(language)
    text = shared_card(say, profile.organisation, profile.person, many)
    assert faults_in(Message(text)) == []
    assert "<" not in str(text), "plain text, to be copied"
    silent = replace(profile.person, shares=frozenset())
    hidden = seen(shared_card(say, profile.organisation, silent, ()))
    for value in (silent.email, silent.phone):
        assert str(value) not in hidden
    for which in (Answer.REGIONS_EXCLUDED, Answer.FULL_UNTIL, "partnerships"):
        assert say.plain(f"answer-{which}") not in hidden
