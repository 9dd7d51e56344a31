"""The catalogue of topics is whole, and fits on buttons."""

import unicodedata
from collections import Counter

import pytest

from domain.languages import LANGUAGES
from domain.organisations import Sector
from domain.topics import SOURCE, Topic, load_topics

# Ids are kept for good: a profile that was stored years ago still names them.
_THEMES = """
agriculture animal_welfare biodiversity cemetery circular_economy citizen_participation
    climate_adaptation climate_mitigation composting culture_sport digitalisation district_heating
    drinking_water education emergency_resilience energy_efficiency energy_supply
    environment_monitoring fair_trade flood_stormwater forestry gender governance_administration
    green_space health landfill local_economy migration_refugees non_revenue_water partnership
    public_safety recycling renewable_energy sludge social_services solar street_lighting
    tariff_finance tendering tourism training transport urban_planning waste_collection
    waste_to_energy wastewater youth
"""
THEMES = set(_THEMES.split())
LONGEST_BUTTON = 34
TOPICS = list(load_topics().values())
every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)


def test_every_theme_is_a_topic() -> None:
    assert len(THEMES) == 47
    assert {topic.id for topic in TOPICS if topic.parent is None} == THEMES
    assert {topic.theme for topic in TOPICS} == THEMES


def test_ids_are_unique() -> None:
    # A doubled id would vanish in the mapping, so that the file is counted.
    assert SOURCE.read_text(encoding="utf-8").count("[[topic]]") == len(TOPICS)
    assert all(load_topics()[topic.id] is topic for topic in TOPICS)


def test_parents_are_topics_of_the_same_theme() -> None:
    parents = [(topic, load_topics()[topic.parent]) for topic in TOPICS if topic.parent]
    assert all(topic.theme == parent.theme for topic, parent in parents)


@every_topic
def test_goals_and_sectors_exist(topic: Topic) -> None:
    assert topic.sdgs
    assert set(topic.sdgs) <= set(range(1, 18))
    assert topic.sectors
    assert set(topic.sectors) <= {sector.value for sector in Sector}


@every_topic
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_many_and_the_first_fits_on_a_button(topic: Topic, language: str) -> None:
    labels = topic.labels[language]
    assert len(labels) >= 6
    assert len(labels) == len({label.casefold() for label in labels})
    assert 3 <= len(topic.label(language)) <= LONGEST_BUTTON
    assert all(label == unicodedata.normalize("NFC", label).strip() for label in labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_topics_look_the_same(language: str) -> None:
    shown = Counter(topic.label(language).casefold() for topic in TOPICS)
    assert [label for label, times in shown.items() if times > 1] == []


@pytest.mark.parametrize(
    ("language", "letters"), [("uk", "CYRILLIC"), ("ar", "ARABIC"), ("de", "LATIN")]
)
def test_labels_are_written_in_their_own_script(language: str, letters: str) -> None:
    shown = "".join(topic.label(language) for topic in TOPICS)
    foreign = {
        sign for sign in shown if sign.isalpha() and not unicodedata.name(sign).startswith(letters)
    }
    assert foreign == set()


def test_a_language_we_do_not_speak_sees_english() -> None:
    assert load_topics()["tourism"].label("xx") == "Tourism"
    assert load_topics()["tourism"].label("uk") == "Туризм"
