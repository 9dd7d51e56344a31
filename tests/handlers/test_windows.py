"""Every window that a question can have, in every language: it fits, and Telegram takes it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from domain.conversations import Conversation
from domain.languages import LANGUAGES
from domain.organisations import Organisation
from domain.partnerships import MOST_PARTNERSHIPS, PartnershipKind, Told
from domain.profiles import ESSENTIAL, FURTHER, Answer
from domain.topics import load_topics
from handlers.partners import partner_message
from handlers.profile import card
from handlers.profile.steps import BY_ANSWER, STEPS, Chosen, Misheard, after, before, contact, line
from handlers.profile.window import PER_PAGE, window
from handlers.start import consent_question, language_question
from locales.speech import speech, without_tags
from matching.partners import rank
from tests.handlers.conftest import MakeTurn
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.profiles import ALL, LONGEST, bare, extreme, typical

MANY_TURNS = 1_234_567
MOST_ON_A_PHONE = 18
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


def test_a_page_shows_what_the_pages_before_do_not(turn_of: MakeTurn) -> None:
    seen: list[str] = []
    profile = bare("de")
    step = BY_ANSWER["offers"]
    assert isinstance(step, Chosen)
    total = step.all(speech("de"))
    for page in range((len(total) - 1) // PER_PAGE + 1):
        turn = turn_of(profile, Conversation("offers", pending={"page": page}, turn=1))
        rows = window(turn, profile, step).keyboard
        seen += [one.text for row in rows for one in row if str(one.data).startswith("o:")]
    assert len(seen) == len(set(seen)) == len(total) == len(load_topics())


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
