"""What free text is taken for, on the command line: one line in, one JSON object out.

A coordinator sees how the bot would understand people, and a developer measures it from outside.
"""

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

from domain.languages import LANGUAGES
from domain.places import Place, PlaceKind
from domain.regions import country_codes
from domain.topics import load_topics
from matching.places import Gazetteer, PlaceFinding
from matching.topics import TopicFinder

MOST_CANDIDATES = 5
KINDS = {
    PlaceKind.CITY: "city",
    PlaceKind.DISTRICT: "district",
    PlaceKind.SUBDIVISION: "region",
    PlaceKind.COUNTRY: "country",
    PlaceKind.REGION: "world-region",
}


class BrokenLineError(ValueError):
    """A line that cannot be read; the message says why."""


def resolve_places(folder: Path, lines: BinaryIO, language: str, out: BinaryIO) -> None:
    """Write one JSON object for each line of UTF-8; `folder` is where the gazetteer lies.

    Raises GazetteerUnavailableError where it was not built.
    """
    gazetteer = Gazetteer.open(folder)
    _write(resolved_places(gazetteer, _lines(lines), language), out)


def resolve_topics(finder: TopicFinder, lines: BinaryIO, language: str, out: BinaryIO) -> None:
    """Write one JSON object for each line of UTF-8, in their order."""
    _write(resolved_topics(finder, _lines(lines), language), out)


def _lines(lines: BinaryIO) -> list[str]:
    return lines.read().decode("utf-8-sig", "replace").split("\n")


def _write(answers: Iterable[dict[str, Any]], out: BinaryIO) -> None:
    for answer in answers:
        out.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")


def resolved_topics(
    finder: TopicFinder, lines: Iterable[str], language: str
) -> Iterator[dict[str, Any]]:
    """An object for each line that is not empty; a broken one has `error` and `line`, from 1.

    The model releases the interpreter's lock, so as many lines as there are processors go at once.
    """

    def answer(numbered: tuple[int, str]) -> dict[str, Any]:
        number, line = numbered
        try:
            spoken, text = _read_topic(line.rstrip("\r"), language)
        except BrokenLineError as broken:
            return {"line": number, "error": str(broken)}
        return {"text": text, "language": spoken} | _meant(finder, text, spoken)

    filled = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        yield from threads.map(answer, filled)


def _read_topic(line: str, language: str) -> tuple[str, str]:
    """Language and text of a line."""
    named, tab, text = line.partition("\t")
    spoken = named.strip().lower()
    if language and spoken not in LANGUAGES:
        spoken, text = language, line
    elif not tab:
        raise BrokenLineError("two fields are needed: language, text")
    text = text.strip()
    if spoken not in LANGUAGES:
        raise BrokenLineError(f"unknown language {spoken!r}: one of {', '.join(LANGUAGES)}")
    if not text:
        raise BrokenLineError("there is no text")
    return spoken, text


def _meant(finder: TopicFinder, text: str, language: str) -> dict[str, Any]:
    reading = finder.read(text, language)
    topics = load_topics()
    return {
        "understood": reading.understood,
        "topics": [
            {"id": one.topic, "theme": topics[one.topic].theme, "score": one.score}
            for one in reading.guesses
        ],
    }


def resolved_places(
    gazetteer: Gazetteer, lines: Iterable[str], language: str
) -> Iterator[dict[str, Any]]:
    """An object for each line that is not empty; a broken one has `error` and `line`, from 1."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            spoken, country, text = _read(line.rstrip("\r"), language)
        except BrokenLineError as broken:
            yield {"line": number, "error": str(broken)}
            continue
        finding = gazetteer.find(text, spoken, country=country or None, limit=MOST_CANDIDATES)
        yield {"text": text, "language": spoken} | _understood(gazetteer, finding)


def _read(line: str, language: str) -> tuple[str, str, str]:
    """Language, country ("" for any) and text of a line."""
    fields = line.split("\t")
    if len(fields) == 3:
        language, *fields = fields
    elif not language:
        raise BrokenLineError("three fields are needed: language, country or empty, text")
    if len(fields) > 2:
        raise BrokenLineError("a line has three fields at most: language, country, text")
    country, text = fields if len(fields) == 2 else ("", fields[0])
    language, country = language.strip().lower(), country.strip().upper()
    if language not in LANGUAGES:
        raise BrokenLineError(f"unknown language {language!r}: one of {', '.join(LANGUAGES)}")
    if country and country not in country_codes():
        raise BrokenLineError(f"unknown country {country!r}: two letters of ISO 3166-1, or empty")
    if not text.strip():
        raise BrokenLineError("there is no text")
    return language, country, text


def _understood(gazetteer: Gazetteer, finding: PlaceFinding) -> dict[str, Any]:
    candidates = [_told(gazetteer, guess.place) for guess in finding.guesses]
    return {
        "understood": bool(candidates),
        "ask": bool(candidates) and not finding.certain,
        "place": candidates[0] if candidates else None,
        "candidates": candidates,
    }


def _told(gazetteer: Gazetteer, place: Place) -> dict[str, Any]:
    return {
        "kind": KINDS[place.kind],
        "name": place.name,
        "country": place.country,
        "geonameid": gazetteer.geonameid(place),
        "lat": place.latitude,
        "lon": place.longitude,
    }
