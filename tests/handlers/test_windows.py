"""Every window that a question can have, in every language: it fits, and Telegram takes it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from delivery.buttons import Choose, Drop, Press, ShowFiner, unpack
from domain.conversations import Conversation
from domain.languages import LANGUAGES
from domain.organisations import Organisation
from domain.partnerships import MOST_PARTNERSHIPS, PartnershipKind, Told
from domain.profiles import ESSENTIAL, FURTHER, Answer
from domain.rules.topic_kinship import themes
from domain.topics import load_topics
from handlers.partners import partner_message
from handlers.profile import card
from handlers.profile.steps import BY_ANSWER, STEPS, Chosen, Misheard, after, before, contact, line
from handlers.profile.window import CHOSEN, OPENS, PER_PAGE, last_page, window
from handlers.start import consent_question, language_question
from locales import names
from locales.speech import speech, without_tags
from matching.partners import rank
from tests.handlers.conftest import MakeTurn
from tests.support.chat import read, says
from tests.support.judged import faults_in
from tests.support.profiles import ALL, LONGEST, bare, extreme, typical

MANY_TURNS = 1_234_567
MOST_ON_A_PHONE = 18
MOST_LETTERS = 36
MANY = [Told(LONGEST, PartnershipKind.SUSTAINABILITY, 1999)] * MOST_PARTNERSHIPS
PLACES = ["geonames:2935022", "country:DE", "geonames:0", "own:enzkreis"]


def standings(answer: Answer) -> Iterator[Conversation]:
    """Where somebody can stand at a question: nothing in hand, everything, any page."""
    step = BY_ANSWER[answer.value]
    yield Conversation(answer.value, turn=MANY_TURNS)
    yield Conversation(answer.value, editing=True, turn=MANY_TURNS)
    if not isinstance(step, Chosen):
        return
    if answer is Answer.PLACE:
        yield Conversation(answer.value, pending={"offered": PLACES}, turn=MANY_TURNS)
        return
    options = sorted(extreme().answer(answer)) if not step.single else []
    pending = {"chosen": options, "offered": options[:8]}
    yield Conversation(answer.value, pending=pending, turn=MANY_TURNS)
    listed = step.all(speech("en"))
    for page in range((len(listed) - 1) // PER_PAGE + 1 if listed else 0):
        yield Conversation(answer.value, pending=pending | {"page": page}, turn=MANY_TURNS)
    for theme in listed:
        yield Conversation(answer.value, pending=pending | {"opened": theme}, turn=MANY_TURNS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_window_of_every_question(turn_of: MakeTurn, language: str) -> None:
    notes = ("please-confirm", "misheard-not-text", "misheard-command", "welcome-back")
    for make in ALL.values():
        profile = make(language)
        for answer in Answer:
            for standing in standings(answer):
                turn = turn_of(profile, standing)
                for note in (None, *map(turn.say, notes)):
                    message = window(turn, profile, BY_ANSWER[answer.value], note)
                    assert faults_in(message) == [], (make.__name__, standing)
                    seen = without_tags(str(message.html))
                    assert says(language, f"question-{answer}", seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_profile_card(turn_of: MakeTurn, language: str) -> None:
    for make in ALL.values():
        profile = make(language)
        turn = turn_of(profile, Conversation())
        turn.message_id = 1
        for part in (ESSENTIAL, FURTHER):
            message = card.card_message(
                turn, profile, turn.say("answer-stored"), part=part, told=MANY
            )
            assert faults_in(message) == [], make.__name__
            on_buttons = [one.data for row in message.keyboard for one in row]
            assert {f"e:{which}" for which in part} <= set(on_buttons)
            assert len(on_buttons) <= MOST_ON_A_PHONE


def abroad(organisation: Organisation | None) -> Organisation:
    """The same in another country, so that it can be a partner."""
    assert organisation is not None
    assert organisation.place is not None
    return replace(organisation, id=31, place=replace(organisation.place, country="UA"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_partner_card(language: str) -> None:
    own = abroad(extreme(language).organisation)
    for make in (typical, extreme):
        other = make(language).organisation
        assert other is not None
        (match,) = rank(own, [other], {})
        assert faults_in(partner_message(speech(language), match, None)) == [], make.__name__


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_before_the_profile(language: str) -> None:
    say = speech(language)
    assert faults_in(consent_question(say)) == []
    assert faults_in(language_question(say)) == []


def pressed(turn_of: MakeTurn, language: str, kind: type[Press], **pending: object) -> list[str]:
    """Which options there are buttons of this kind for, in their order; all of them fit."""
    turn = turn_of(bare(language), Conversation("offers", pending=pending, turn=1))
    keyboard = window(turn, bare(language), BY_ANSWER["offers"]).keyboard
    shown = [one for row in keyboard for one in row]
    presses = [unpack(str(one.data)) for one in shown]
    assert all(len(read(one.text)) <= MOST_LETTERS for one in shown)
    assert sum(isinstance(one, Choose | Drop | ShowFiner) for one in presses) <= PER_PAGE
    return [str(getattr(one, "option", "")) for one in presses if isinstance(one, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_on_the_page_of_its_theme(turn_of: MakeTurn, language: str) -> None:
    pages = range(last_page(themes()) + 1)
    listed = [one for at in pages for one in pressed(turn_of, language, ShowFiner, page=at)]
    assert sorted(listed) == sorted(themes())
    found = [pressed(turn_of, language, Choose, page=0, opened=theme) for theme in listed]
    assert [first for first, *_ in found] == listed
    every = [one for options in found for one in options]
    assert sorted(every) == sorted(load_topics())


@pytest.mark.parametrize(
    ("language", "one", "following"),
    [
        ("de", "Mobilität und Verkehr", "Öffentliche Sicherheit"),
        ("uk", "Місцева економіка та робота", "Молодь"),
    ],
)
def test_themes_stand_in_the_order_of_the_alphabet(language: str, one: str, following: str) -> None:
    labels = [names.topic(language, theme) for theme in names.themes(language)]
    assert labels.index(following) == labels.index(one) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chosen_theme_leads_on_to_its_finer_topics(turn_of: MakeTurn, language: str) -> None:
    chosen = ["wastewater", "sewer_network", "governance_administration"]
    found = pressed(turn_of, language, ShowFiner, chosen=chosen)
    assert found == ["wastewater", "governance_administration"]


def test_a_page_that_was_kept_before_the_list_grew_shorter_is_the_last_one(
    turn_of: MakeTurn,
) -> None:
    last = pressed(turn_of, "de", ShowFiner, page=last_page(themes()))
    assert pressed(turn_of, "de", ShowFiner, page=29) == last
    assert pressed(turn_of, "de", ShowFiner, page=29, opened="tunnels") == last


def test_a_theme_of_which_something_is_chosen_is_ticked_in_the_list(turn_of: MakeTurn) -> None:
    page = names.themes("de").index("wastewater") // PER_PAGE
    pending = {"page": page, "chosen": ["sewer_network"]}
    turn = turn_of(bare("de"), Conversation("offers", pending=pending, turn=1))
    keyboard = window(turn, bare("de"), BY_ANSWER["offers"]).keyboard
    ticked = [one.text for row in keyboard for one in row if one.text.startswith(CHOSEN)]
    assert ticked == [f"{CHOSEN} {names.topic('de', 'wastewater')} {OPENS}"]


@pytest.mark.parametrize("part", [ESSENTIAL, FURTHER])
def test_the_questions_of_a_part_follow_each_other(part: tuple[Answer, ...]) -> None:
    for one, other in pairwise(part):
        assert after(one) == BY_ANSWER[other.value]
        assert before(other) == BY_ANSWER[one.value]
    assert before(part[0]) is None
    assert after(part[-1]) is None


def test_each_answer_has_its_question_in_one_part() -> None:
    assert [step.answer for step in STEPS] == [*ESSENTIAL, *FURTHER] == list(Answer)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Anna Vogt", "Anna Vogt"),
        ("  Anna \n\t Vogt ", "Anna Vogt"),
        ("\u202eAnna\u2066 Vogt\u2069\u200f", "Anna Vogt"),
        ("ليلى حداد", "ليلى حداد"),
        ("Марія-Ірина О'Коннор", "Марія-Ірина О'Коннор"),
        ("7 & 8", "7 & 8"),
        ("A" * 120, "A" * 120),
        (LONGEST, LONGEST),
    ],
)
def test_a_line_is_kept(said: str, kept: str) -> None:
    assert line(said) == kept


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "misheard-no-words"),
        ("👍🏽🎉", "misheard-no-words"),
        ("\u200f\u202e", "misheard-no-words"),
        ("\u3164 \u115f", "misheard-no-words"),
        ("... --- !!!", "misheard-no-words"),
        ("<b>Anna</b>", "misheard-markup"),
        ("Anna {0}", "misheard-markup"),
        ("A" * 121, "misheard-too-long"),
        ("A" * 4096, "misheard-too-long"),
    ],
)
def test_a_line_is_refused_with_a_reason(said: str, key: str) -> None:
    with pytest.raises(Misheard) as misheard:
        line(said)
    assert misheard.value.key == key


@pytest.mark.parametrize(
    ("said", "email", "phone"),
    [
        ("anna@example.de", "anna@example.de", None),
        ("Anna@Example.DE, +49 351 8220", "Anna@example.de", "+49 351 8220"),
        ("0049 351 8220", None, "+49 351 8220"),
        ("mail: anna@example.de.", "anna@example.de", None),
        ("(anna@example.de; +962 6 565 0000)", "anna@example.de", "+962 6 565 0000"),
        ("\u200eanna@example.de\u200f", "anna@example.de", None),
    ],
)
def test_contacts_are_found(said: str, email: str | None, phone: str | None) -> None:
    assert contact(said) == {"email": email, "phone": phone}


@pytest.mark.parametrize(
    "said", ["", "anna", "anna@", "@anna", "0351 8220", "+49", "+999 999", "👍", "a@b", "<x>@y"]
)
def test_no_contact_is_found(said: str) -> None:
    with pytest.raises(Misheard, match="misheard-contact"):
        contact(said)
