"""What is found in introductions that people might write: precision and recall of the answers.

`introductions/dev.txt` was built with; `introductions/kept.txt` was written before and is only
measured. Their lines: language | text | what it says.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import names
from matching.introduction_sentence import Said, SentenceFinder
from matching.place_names import key
from matching.places import Gazetteer
from tests.support.gazetteer import gazetteer_folder
from tests.support.topics import by_letters

FOLDER = Path(__file__).with_name("introductions")
ONE = frozenset({"name", "function", "org", "kind"})
CONTACT = frozenset({"email", "phone"})
Slots = dict[str, set[str]]


@pytest.fixture(scope="module")
def finder() -> SentenceFinder:
    return SentenceFinder(
        by_letters(),
        Gazetteer.open(gazetteer_folder()),
        names.languages_in_all_languages(),
    )


def sentences(file: str) -> Iterator[tuple[str, str, Slots]]:
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, text, told = (part.strip() for part in line.split("|", 2))
            yield language, text, expected(told)


def expected(told: str) -> Slots:
    slots: Slots = defaultdict(set)
    for one in filter(None, (part.strip() for part in told.split(";"))):
        slot, _, value = one.partition("=")
        values = [value] if slot in ONE else value.split(",")
        slots[slot] |= {key(one) if slot == "place" else one.strip() for one in values if one}
    return slots


def found(said: Said) -> Slots:
    """The slots of a finding; a place that is asked for counts as what it may mean."""
    texts = {
        "name": said.name,
        "function": said.function,
        "org": said.organisation,
        "kind": said.kind,
    }
    slots: Slots = {slot: {text} for slot, text in texts.items() if text}
    places = said.place.guesses[: 1 if said.place.certain else 5]
    mentions = (("offers", said.offers), ("seeks", said.seeks), ("unclear", said.open_topics))
    return slots | {
        "place": {key(one.place.name) for one in places},
        "sectors": set(said.sectors),
        "regions": set(said.regions),
        "somewhere": set(said.open_regions),
        "langs": set(said.languages),
        "ruled": {*said.ruled_out, *said.regions_ruled_out},
        **{slot: {one.guesses[0].topic for one in several} for slot, several in mentions},
    }


def measured(finder: SentenceFinder, file: str) -> tuple[float, float]:
    """Precision and recall over all slots of all sentences."""
    right = surplus = missing = 0
    for language, text, wanted in sentences(file):
        said = found(finder.find(text, language))
        for slot in ({*wanted, *said}) - CONTACT:
            want, got = wanted.get(slot, set()), said.get(slot, set())
            if slot == "place" and (want & got or len(got) > 1):
                got = want & got  # several places are asked for, and none is taken over
            right += len(want & got)
            surplus += len(got - want)
            missing += len(want - got)
    return right / (right + surplus), right / (right + missing)


def test_what_it_was_built_with(finder: SentenceFinder) -> None:
    precision, recall = measured(finder, "dev.txt")
    assert precision >= 0.97
    assert recall >= 0.97


def test_what_was_kept_apart(finder: SentenceFinder) -> None:
    precision, recall = measured(finder, "kept.txt")
    assert precision >= 0.93
    assert recall >= 0.92


@pytest.mark.parametrize(
    "words",
    ["Anna Vogt", "Dr. Jörg von der Heide-Müller", "María del Carmen de la Cruz", "Оксана Бойко"],
)
def test_a_name_is_no_introduction(finder: SentenceFinder, words: str) -> None:
    assert not finder.find(words, "de").introduces


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, text, slots in sentences("dev.txt") if not slots],
)
def test_small_talk_says_nothing(finder: SentenceFinder, language: str, text: str) -> None:
    assert finder.find(text, language).empty


@settings(max_examples=150, derandomize=True, database=None)
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [*("Stadtwerke", "de", "und", "wir sind", "in", "Ψ", "я", "نحن", "nicht", ","),
             *(".", "«", "suchen", "«Львів»", "وفي", "Kassel", "a", "<b>", "\u202e", "@", "'")]
        ),
        max_size=60,
    ).map(" ".join)
)  # fmt: skip
def test_whatever_is_written_is_read(finder: SentenceFinder, text: str) -> None:
    said = finder.find(text, "uk")
    assert said.words >= 0
