import json
import os
import subprocess
import sys
import time

from tests.support.gazetteer import PROJECT, gazetteer_folder


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
