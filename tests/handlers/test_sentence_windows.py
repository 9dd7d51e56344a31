"""Every window of one sentence in every language: little understood, and all that can be."""

from dataclasses import replace

import pytest

from domain.conversations import Conversation
from domain.drafts import EMAIL, OPEN_REGION, OPEN_TOPIC, PHONE, Draft, Item
from domain.languages import LANGUAGES
from domain.organisations import Kind, Sector
from domain.regions import country_codes, load_regions
from domain.topics import load_topics
from handlers.sentence_window import question, window
from locales import names
from locales.speech import speech, without_tags
from tests.handlers.conftest import MakeTurn
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.profiles import ALL, LONGEST, bare

MANY = 1_234_567
PLACES = ("geonames:2935022", "country:DE", "geonames:0", "own:enzkreis")
TOPICS = sorted(load_topics())
ONES = (
    Item("name", LONGEST),
    Item("function", LONGEST),
    Item(EMAIL, "a" * 64 + "@" + "b" * 180 + ".example"),
    Item(PHONE, "+49 351 82200000000"),
    Item("organisation", LONGEST),
    Item("kind", Kind.ASSOCIATION.value),
    Item("place", "geonames:2935022"),
)
EVERYTHING = (
    *ONES,
    *(Item("sectors", one.value) for one in Sector),
    *(Item("offers", one) for one in TOPICS[:24]),
    *(Item("seeks", one, kept=False) for one in TOPICS[24:]),
    *(Item("languages", one) for one in names.languages_in_all_languages()),
    *(Item("regions", one) for one in sorted(load_regions())),
)
DRAFTS = {
    "nothing": Draft(MANY),
    "one": Draft(MANY, ONES[:1], words="Anna"),
    "none kept": Draft(MANY, tuple(replace(one, kept=False) for one in ONES)),
    "which place": Draft(MANY, (Item("place", "", options=PLACES),)),
    "which way": Draft(MANY, tuple(Item(OPEN_TOPIC, one) for one in TOPICS[:3])),
    "which region": Draft(MANY, (Item(OPEN_REGION, "JO"), Item(OPEN_REGION, "east_africa"))),
    "left out": Draft(MANY, ONES, ruled_out=(*TOPICS, *sorted(load_regions()), "UA")),
    "everything": Draft(
        MANY, EVERYTHING, ruled_out=tuple(sorted(country_codes())[:60]), words=LONGEST
    ),
}
SAYS = {
    "nothing": "sentence-nothing-understood",
    "which place": "sentence-which-place",
    "which way": "sentence-which-way",
    "which region": "sentence-which-region",
    "left out": "sentence-left-out",
    "none kept": "sentence-nothing-understood",
}
NOTES_AND_QUESTIONS = (
    (None, None),
    ("sentence-taken-for-one", "name"),
    ("sentence-not-understood", "organisation"),
)
"""What stands above, and the question that waits beneath."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question(language: str) -> None:
    say = speech(language)
    for key in (None, "sentence-not-understood", "misheard-not-text", "misheard-command"):
        message = question(say, say(key) if key else None)
        assert faults_in(message) == []
        assert says(language, "sentence-question", without_tags(str(message.html))) or key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draft", DRAFTS)
def test_what_was_understood(turn_of: MakeTurn, language: str, draft: str) -> None:
    for name, make in ALL.items():
        profile = make(language)
        turn = turn_of(profile, Conversation())
        for note, asked in NOTES_AND_QUESTIONS:
            said = turn.say(note) if note else None
            message = window(turn, DRAFTS[draft], profile, said, asked=asked)
            assert faults_in(message) == [], (name, note, asked)
    message = window(turn_of(bare(language), Conversation()), DRAFTS[draft], bare(language), None,
                     asked=None)  # fmt: skip
    seen = without_tags(str(message.html))
    assert says(language, SAYS.get(draft, "sentence-understood"), seen)
