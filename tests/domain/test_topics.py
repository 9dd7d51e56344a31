"""The catalogue of topics is whole, and fits on buttons."""

import re
import unicodedata
from collections import Counter

import pytest

from domain.languages import LANGUAGES
from domain.organisations import Sector
from domain.rules.topic_kinship import line_of
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
ABBREVIATIONS = {"LED", "RDF", "SCADA"}
"""Said in these letters wherever people of the trade speak of them."""
TOPICS = list(load_topics().values())
every_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)


def test_every_theme_is_a_topic() -> None:
    assert len(THEMES) == 47
    assert {topic.id for topic in TOPICS if topic.id == topic.theme} == THEMES
    assert {topic.theme for topic in TOPICS} == THEMES


def test_ids_are_unique() -> None:
    # A doubled id would vanish in the mapping, so that the file is counted.
    assert SOURCE.read_text(encoding="utf-8").count("[[topic]]") == len(TOPICS)
    assert all(load_topics()[topic.id] is topic for topic in TOPICS)


def test_a_finer_topic_stands_beneath_its_theme_and_a_theme_beneath_none_but_a_wider_one() -> None:
    finer = [topic for topic in TOPICS if topic.id not in THEMES]
    assert {topic.id for topic in finer if topic.parent != topic.theme} == set()
    wider = {topic.parent for topic in TOPICS if topic.id in THEMES}
    assert wider <= THEMES | {None}
    # Who goes up from any topic arrives.
    assert all(load_topics()[line_of(load_topics(), one.id)[-1]].parent is None for one in TOPICS)


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
    words = [word for topic in TOPICS for word in re.findall(r"[^\W\d_]+", topic.label(language))]
    foreign = {
        word
        for word in words
        if any(not unicodedata.name(sign).startswith(letters) for sign in word)
    }
    assert foreign <= ABBREVIATIONS


def test_a_language_we_do_not_speak_sees_english() -> None:
    assert load_topics()["tourism"].label("xx") == "Tourism"
    assert load_topics()["tourism"].label("uk") == "Туризм"
