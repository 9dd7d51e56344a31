"""Cards: what they show, what they keep to themselves, in every language and however long."""

from dataclasses import replace
from datetime import date

import pytest

from delivery import cards
from delivery.message import Message
from delivery.shared_card import shared_card
from domain.languages import LANGUAGES
from domain.matches import Gap
from domain.organisations import Organisation
from domain.partnerships import MOST_PARTNERSHIPS, PartnershipKind, Told
from domain.people import Detail
from domain.profiles import Answer
from locales.speech import speech, without_tags
from matching.partners import rank
from tests.support.chat import read
from tests.support.judged import faults_in
from tests.support.profiles import ALL, DRESDEN, LONGEST, bare, extreme, typical

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
    gaps = seen(cards._gap_line(say, (Gap.LANGUAGES, Gap.REGIONS))[0])
    assert gaps in text


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
