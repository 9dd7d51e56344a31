import json
import os
import subprocess
import sys
import time

from tests.support.built_once import PROJECT
from tests.support.gazetteer import gazetteer_folder
from tests.support.topics import topics_folder


def resolve(lines: str | bytes, *options: str) -> list[dict]:
    """What the real command line answers."""
    command = [sys.executable, "-m", "bot", "resolve", "places", *options]
    asked = lines.encode() if isinstance(lines, str) else lines
    environment = os.environ | {"GAZETTEER_DIR": str(gazetteer_folder()), "LC_ALL": "C"}
    run = subprocess.run(
        command, cwd=PROJECT, input=asked, capture_output=True, check=True, env=environment
    )
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def test_a_city_is_answered_with_all_that_is_known_of_it():
    [answer] = resolve("uk\t\tм. Львів\n")
    place = answer["place"]
    assert (answer["text"], answer["language"]) == ("м. Львів", "uk")
    assert (answer["understood"], answer["ask"]) == (True, False)
    assert (place["kind"], place["name"], place["country"]) == ("city", "Lviv", "UA")
    assert (place["geonameid"], round(place["lat"]), round(place["lon"])) == (702550, 50, 24)
    assert answer["candidates"][0] == place


def test_every_kind_of_place_has_its_word():
    lines = "de\t\tEnzkreis\nen\t\tIrbid Governorate\nfr\t\tle Maroc\nes\t\tÁfrica Oriental\n"
    kinds = [answer["place"]["kind"] for answer in resolve(lines)]
    assert kinds == ["district", "region", "country", "world-region"]


def test_namesakes_and_misspelt_names_are_asked_about_and_a_country_settles_it():
    namesakes, misspelt, settled, nothing = resolve(
        "es\t\tCajamarca\nde\t\tDreseden\nes\tCO\tCajamarca\nde\t\tTrinkwasser\n"
    )
    assert (namesakes["ask"], misspelt["ask"], settled["ask"]) == (True, True, False)
    assert misspelt["place"]["name"] == "Dresden"
    assert {one["country"] for one in settled["candidates"]} == {"CO"}
    assert (nothing["understood"], nothing["ask"], nothing["place"]) == (False, False, None)
    assert nothing["candidates"] == []


def test_with_a_language_a_line_is_a_text_or_a_country_and_a_text():
    alone, with_country = resolve("Lima\nOH\n".replace("OH", "us\tLima"), "--lang", "es")
    assert (alone["place"]["country"], with_country["place"]["country"]) == ("PE", "US")


def test_a_broken_line_says_so_and_the_rest_goes_on():
    answers = resolve(
        b"Dresden\nxx\t\tDresden\n\nde\tQQ\tDresden\nde\t\t\xff\xfe\nde\t\tDresden\r\n"
    )
    assert [answer.get("line") for answer in answers] == [1, 2, 4, None, None]
    assert ["error" in answer for answer in answers] == [True, True, True, False, False]
    assert answers[-1]["place"]["name"] == "Dresden"


def test_a_thousand_lines_take_seconds():
    started = time.monotonic()
    answers = resolve("".join(f"de\t\tDresdem {number}\n" for number in range(1000)))
    assert (len(answers), time.monotonic() - started < 30) == (1000, True)


def resolved_topics(lines: str, *options: str) -> list[dict]:
    """What the real command line answers about topics."""
    command = [sys.executable, "-m", "bot", "resolve", "topics", *options]
    environment = os.environ | {"TOPICS_DIR": str(topics_folder()), "LC_ALL": "C"}
    run = subprocess.run(
        command, cwd=PROJECT, input=lines.encode(), capture_output=True, check=True, env=environment
    )
    assert run.stderr.decode().startswith("Topics are found by "), "the mode is told"
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def test_a_phrase_is_answered_with_the_best_three_topics_and_their_themes():
    named, small_talk = resolved_topics("de\tSchlammentwässerung\nes\thola, buenos días\n")
    assert (named["text"], named["language"]) == ("Schlammentwässerung", "de")
    assert named["understood"]
    assert len(named["topics"]) == 3
    first = named["topics"][0]
    assert (first["id"], first["theme"]) == ("sludge_dewatering", "sludge")
    assert 0 < first["score"] <= 1
    assert not small_talk["understood"]
    assert len(small_talk["topics"]) == 3


def test_a_broken_line_of_topics_says_so_and_the_rest_goes_on_in_order():
    answers = resolved_topics("de\tKlärwerk\nxx\tfoo\n\nohne Sprache\nuk\tвуличне освітлення\n")
    assert [one.get("line") for one in answers] == [None, 2, 4, None]
    assert answers[-1]["topics"][0]["theme"] == "street_lighting"
    alone, own = resolved_topics("alumbrado público\nde\tStraßenbeleuchtung\n", "--lang", "es")
    assert (alone["language"], own["language"]) == ("es", "de")
