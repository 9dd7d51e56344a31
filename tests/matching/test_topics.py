"""What people write comes out as the topics that they mean, and nothing else does."""

import csv
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.languages import LANGUAGES
from domain.topics import load_topics
from matching.topics import Mention
from tests.support.topics import by_letters

EVAL = os.environ.get("EVAL_DIR")
FINDER = by_letters()


def best(text: str, language: str) -> list[str]:
    return [mention.guesses[0].topic for mention in FINDER.find(text, language)]


def guessed(text: str, language: str) -> list[str]:
    """All topics guessed, the surest first."""
    guesses = [guess for mention in FINDER.find(text, language) for guess in mention.guesses]
    return list(dict.fromkeys(one.topic for one in sorted(guesses, key=lambda one: -one.score)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shown_label_is_understood_exactly(language: str) -> None:
    for topic in load_topics().values():
        (mention,) = FINDER.find(topic.label(language), language)
        (guess,) = mention.guesses
        assert (guess.topic, guess.score, guess.exact) == (topic.id, 1.0, True)


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("de", "Wir suchen Hilfe bei unseren Kläranlagen", ["wastewater"]),
        ("de", "Klaeranlage", ["wastewater"]),
        ("de", "Klaranlage", ["wastewater"]),
        ("de", "Trinkwasserversorgungsnetze", ["drinking_water"]),
        (
            "de",
            "Photovoltaik auf Schuldächern und Straßenbeleuchtung",
            ["solar", "street_lighting"],
        ),
        ("de", "Wasserverluste in Schulen", ["non_revenue_water", "education"]),
        (
            "de",
            "Müllabfuhr, Fernwärme; Friedhöfe",
            ["waste_collection", "district_heating", "cemetery"],
        ),
        ("en", "reducing non-revenue water in our network", ["non_revenue_water"]),
        ("en", "We struggle with leek detection", ["non_revenue_water"]),
        ("en", "stray dogs & garbage collection", ["animal_welfare", "waste_collection"]),
        ("en", "WWTP", ["wastewater"]),
        ("en", "solar street lights", ["street_lighting"]),
        ("en", "e-mobility", ["transport"]),
        ("en", "composting\nrecycling", ["composting", "recycling"]),
        ("fr", "des stations d’épuration", ["wastewater"]),
        ("fr", "l'éclairage public et les panneaux solaires", ["street_lighting", "solar"]),
        ("fr", "le ramassage des ordures ménagères", ["waste_collection"]),
        ("fr", "traitement des boues", ["sludge"]),
        ("es", "los camiones recolectores siempre se malogran", ["waste_collection"]),
        ("es", "botaderos y reciclaje", ["landfill", "recycling"]),
        ("es", "perdidas de agua", ["non_revenue_water"]),
        ("es", "GESTIÓN DE RESIDUOS", ["waste_collection"]),
        ("pt", "precisamos de apoio com o lixão", ["landfill"]),
        ("pt", "iluminação pública e energia solar", ["street_lighting", "solar"]),
        ("pt", "furos artesianos", ["drinking_water"]),
        ("uk", "очистка стічних вод", ["wastewater"]),
        ("uk", "структура тарифу", ["tariff_finance"]),
        (
            "uk",
            "вуличного освітлення та поводження з відходами",
            ["street_lighting", "waste_collection"],
        ),
        ("uk", "охорона здоров’я", ["health"]),
        ("ar", "مياه الشرب والطاقة الشمسية", ["drinking_water", "solar"]),
        ("ar", "إدارة النفايات", ["waste_collection"]),
        ("ar", "اداره النفايات", ["waste_collection"]),
        ("ar", "مِيَاه الشُّرْب", ["drinking_water"]),
        ("ar", "السيول، الصرف الصحي", ["flood_stormwater", "wastewater"]),
        ("ar", "نحتاج دعم في الصرف الصحى", ["wastewater"]),
    ],
)
def test_topics_are_found(language: str, text: str, topics: list[str]) -> None:
    assert best(text, language) == topics


@pytest.mark.parametrize(
    ("spoken", "text", "topic"),
    [
        ("en", "Kläranlage", "wastewater"),
        ("ar", "wastewater treatment", "wastewater"),
        ("de", "водопостачання", "drinking_water"),
        ("uk", "alumbrado público", "street_lighting"),
    ],
)
def test_people_mix_languages(spoken: str, text: str, topic: str) -> None:
    assert best(text, spoken) == [topic]


def test_a_label_among_small_words_is_exact() -> None:
    (mention,) = FINDER.find("Wir brauchen Hilfe bei der Straßenbeleuchtung", "de")
    assert [(one.topic, one.exact) for one in mention.guesses] == [("street_lighting", True)]


def test_a_repaired_spelling_is_not_exact() -> None:
    (mention,) = FINDER.find("Abwaser", "de")
    assert [(one.topic, one.exact) for one in mention.guesses[:1]] == [("wastewater", False)]


def test_an_abbreviation_of_another_language_is_asked_back() -> None:
    """NRW is non-revenue water to an English speaker, and a Land to a German one."""
    (english,) = FINDER.find("NRW", "en")
    (german,) = FINDER.find("NRW", "de")
    assert (english.guesses[0].topic, english.guesses[0].exact) == ("non_revenue_water", True)
    assert (german.guesses[0].topic, german.guesses[0].exact) == ("non_revenue_water", False)


@pytest.mark.parametrize("text", ["nrw", "Nrw", "eta", "sus", "ges"])
def test_abbreviations_are_found_only_in_capitals(text: str) -> None:
    assert FINDER.find(text, "pt") == ()


def test_a_label_of_two_topics_offers_both() -> None:
    (mention,) = FINDER.find("contracting", "en")
    assert {one.topic for one in mention.guesses} == {"energy_efficiency", "tendering"}
    assert not any(one.exact for one in mention.guesses)


def test_a_mention_quotes_what_was_written() -> None:
    mentions = FINDER.find("  Kläranlagen,  dazu PHOTOVOLTAIK!", "de")
    assert [one.text for one in mentions] == ["Kläranlagen", "dazu PHOTOVOLTAIK"]


OFF_TOPIC = {
    "de": """Wasserball|ja bitte|Guten Abend zusammen|FC Bayern München|Morgen soll es schneien
        |mir ist langweilig|Nudeln mit Tomatensoße|lustige Katzenvideos|Mein Hund heißt Bello
        |Wie alt bist du?|Netflix Serien|Schuhe kaufen|Kreuzworträtsel|Karlsruhe|Gelsenkirchen
        |vielleicht später|Was läuft heute im Kino?|Stadtwerke Karlsruhe|GIZ|Hamburg""",
    "en": """yes please|ok|what time is it|Manchester United|it will snow tomorrow|I'm bored
        |spaghetti bolognese|my dog is called Rex|how old are you|buy new shoes|retail|Australia
        |AI in retail|US|AI|lol|guitar lessons|Singapore|nice to meet you|chocolate""",
    "fr": """oui merci|d'accord|quelle heure est-il|Paris Saint-Germain|il va neiger demain
        |je m'ennuie|pâtes à la tomate|quel âge as-tu|acheter des chaussures|Marseille
        |à plus tard|rouge à lèvres|chocolat|série télé""",
    "es": """red social|sí|de acuerdo|qué hora es|Real Madrid|Boca Juniors|estoy aburrido
        |mañana va a nevar|tallarines con salsa|cuántos años tienes|crucigrama|Cajamarca
        |Guadalajara|hasta luego|telenovela|aguacate""",
    "pt": """sim|está bem|que horas são|Flamengo|Benfica contra Porto|amanhã vai nevar
        |estou entediado|macarrão com molho|palavras cruzadas|Curitiba|Coimbra|até logo|batom""",
    "uk": """так|добре|Динамо Київ|Шахтар|завтра сніг|мені нудно|макарони з сиром
        |скільки тобі років|купити взуття|кросворд|Львів|Полтава|Ужгород|побачимось|шоколад""",
    "ar": """نعم|حسنا|كم الساعة|ريال مدريد|سوف تثلج غدا|أشعر بالملل|معكرونة بالصلصة|كم عمرك
        |كلمات متقاطعة|عمان|القاهرة|إلى اللقاء|أحمر شفاه|مسلسل""",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (language, text.strip())
        for language, texts in OFF_TOPIC.items()
        for text in texts.split("|")
    ],
)
def test_what_is_no_topic_is_not_understood(language: str, text: str) -> None:
    assert FINDER.find(text, language) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n\n",
        "🚰🔥💧",
        "\u200f\u202e\u200b",
        "\x00\x01\x1b",
        "ء ء",
        "&",
        "- + /",
        "123 456",
        *("ـــ", "\ud800", "Z̷̢̛͓a̶l̵g̸o̶", "ﷺ" * 300, "a" * 5000, "wasser " * 800, "<b>hi</b>", "٣٫١٤"),
    ],
)
def test_odd_input_is_answered(text: str) -> None:
    assert isinstance(FINDER.find(text, "de"), tuple)


def test_signs_of_direction_do_not_hide_a_word() -> None:
    assert best("\u200fالصرف\u200e الصحي\u202c", "ar") == ["wastewater"]
    assert best("Photo\u00advoltaik", "de") == ["solar"]


_WORDS = st.sampled_from(
    [
        label
        for topic in load_topics().values()
        for labels in topic.labels.values()
        for label in labels
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(_WORDS, st.text(max_size=12)), max_size=30).map(" ".join),
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS, st.sampled_from([*LANGUAGES, "xx", ""]))
def test_whatever_is_written_the_answer_is_well_formed(text: str, language: str) -> None:
    mentions = FINDER.find(text, language)
    for mention in mentions:
        scores = [guess.score for guess in mention.guesses]
        assert mention.text.strip()
        assert 1 <= len(scores) <= 3
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert len({guess.topic for guess in mention.guesses}) == len(scores)
        assert {guess.topic for guess in mention.guesses} <= load_topics().keys()
    surest = [mention.guesses[0].topic for mention in mentions]
    assert len(surest) == len(set(surest))


def test_only_the_first_thousand_characters_are_read() -> None:
    assert FINDER.find(" " * 1000 + "Abwasser", "de") == ()


def test_questions_are_answered_within_milliseconds() -> None:
    """Phrases as people write them; bounds are wide, as other work shares the processor."""
    labels = [topic.label(language) for topic in load_topics().values() for language in LANGUAGES]
    phrases = [f"wir suchen partner fuer {label[1:]} im norden" for label in labels]
    assert _median_seconds(phrases) < 0.01
    assert _median_seconds([" ".join(phrases)[start:] for start in range(0, 5000, 250)]) < 0.1


def _median_seconds(texts: list[str]) -> float:
    spent = []
    for text in texts:
        before = time.process_time()
        FINDER.find(text, "de")
        spent.append(time.process_time() - before)
    return statistics.median(spent)


# A little beneath what was measured: (right at 1, among 3).
FLOORS = {
    "de": (0.76, 0.84),
    "en": (0.77, 0.86),
    "fr": (0.76, 0.85),
    "es": (0.72, 0.83),
    "pt": (0.68, 0.76),
    "uk": (0.77, 0.88),
    "ar": (0.77, 0.87),
}


@pytest.mark.skipif(EVAL is None, reason="EVAL_DIR names no folder with evaluation data")
def test_public_labels_of_the_field_are_understood() -> None:
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in _rows("topics_dev.tsv"):
        guesses = guessed(row["query"], row["language"])[:3]
        hits[row["language"]].append((guesses[:1] == [row["theme"]], row["theme"] in guesses))
    rates = {
        language: (
            statistics.mean(first for first, _ in got),
            statistics.mean(one for _, one in got),
        )
        for language, got in hits.items()
    }
    for language, (first, third) in sorted(rates.items()):
        print(f"{language}  at 1: {first:.1%}  among 3: {third:.1%}  ({len(hits[language])})")
    below = {
        language: rate
        for language, rate in rates.items()
        if rate[0] < FLOORS[language][0] or rate[1] < FLOORS[language][1]
    }
    assert below == {}


@pytest.mark.skipif(EVAL is None, reason="EVAL_DIR names no folder with evaluation data")
def test_names_of_places_are_seldom_taken_for_topics() -> None:
    rows = _rows("places_dev.tsv")
    taken = [row["query"] for row in rows if FINDER.find(row["query"], row["language"])]
    exact = [text for text in taken if _exact(FINDER.find(text, "de"))]
    print(f"places taken for topics: {len(taken)} of {len(rows)}, {len(exact)} as exact")
    assert len(taken) / len(rows) < 0.12
    # "Stadtentwässerung Prenzlau" says what it does, and is asked about nowhere in vain.
    assert len(exact) / len(rows) < 0.03


def _exact(mentions: tuple[Mention, ...]) -> bool:
    return any(guess.exact for mention in mentions for guess in mention.guesses)


def _rows(name: str) -> list[dict[str, str]]:
    assert EVAL is not None
    with (Path(EVAL) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
