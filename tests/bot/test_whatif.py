"""`suggest`, `rounds` and `consortia` on the command line, as a coordinator calls them."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.profile_file import FileRow, read_profiles
from bot.whatif import profiles_in, reader_for, rounds, suggest
from bot.whatif_words import words_of
from domain.languages import LANGUAGES
from domain.matches import Objection, ObjectionKind, Reason, ReasonKind
from domain.topics import load_topics
from locales.names import sectors_in_all_languages
from matching.places import Gazetteer
from matching.profile_rows import COLUMNS
from matching.topics import Mention, TopicGuess
from tests.matching.test_rounds import TODAY
from tests.support.gazetteer import gazetteer_folder
from tests.support.sandbox_server import ROOT

pytest_plugins = ["tests.support.gazetteer"]

SAMPLE = ROOT / "docs" / "sample-profiles.csv"
HEADING = ",".join(COLUMNS)
UTILITY = "Sampleton Water and Sewerage Company"


def told(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command answers."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"GAZETTEER_DIR": str(gazetteer_folder())},
        timeout=180,
    )


def lines(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.stdout.splitlines()]


def sample_names() -> list[str]:
    return [row.cells["name"] for row in read_profiles(SAMPLE).rows]


def test_suggest_says_who_fits_whom_and_why() -> None:
    answer = told("suggest", "--profiles", SAMPLE, "--format", "jsonl", "--top", 2)
    assert (answer.returncode, answer.stderr) == (0, "")
    found = lines(answer)
    assert [one["name"] for one in found] == sample_names()
    assert all(len(one["matches"]) <= 2 for one in found)
    (utility,) = [one for one in found if one["name"] == UTILITY]
    best = utility["matches"][0]
    assert best["name"] == "Stadtwerke Musterfurt"
    assert set(best) == {"name", "score", "mode", "reasons", "against"}
    assert {each["kind"] for each in best["reasons"]} >= {"they-offer", "shared-language"}
    assert all(set(each) == {"kind", "text"} and each["text"] for each in best["reasons"])
    assert all(set(each) == {"kind", "text"} and each["text"] for each in best["against"])
    # Ours and theirs lie in one country, which nobody has asked for.
    german = next(one for one in found if one["name"] == "Stadtwerke Musterfurt")
    assert "Wasserwerk Probeheim" not in [match["name"] for match in german["matches"]]


def test_rounds_places_everybody_and_says_why() -> None:
    answer = told("rounds", "--profiles", SAMPLE, "--size", 4, "--seed", 7, "--format", "jsonl")
    assert (answer.returncode, answer.stderr) == (0, "")
    first, *rest = lines(answer)
    groups = [one for one in rest if one["type"] == "group"]
    assert (first["type"], first["seed"], first["groups"]) == ("round", 7, len(groups))
    left_out = [one["name"] for one in rest if one["type"] == "unplaced"]
    placed = [member for one in groups for member in one["members"]]
    assert sorted(placed + left_out) == sorted(sample_names())
    assert all(one["reasons"] for one in groups)


def test_consortia_names_a_lead_what_each_brings_and_who_is_left_out() -> None:
    answer = told("consortia", "--profiles", SAMPLE, "--for", UTILITY.upper(), "--format", "jsonl")
    assert (answer.returncode, answer.stderr) == (0, "")
    partner, *rest = lines(answer)
    assert (partner["type"], partner["name"]) == ("partner", UTILITY)
    first = next(one for one in rest if one["type"] == "consortium")
    assert [one["part"] for one in first["members"]][:2] == ["lead", "co-lead"]
    assert first["lead"] == first["members"][0]["name"] == "Stadtwerke Musterfurt"
    assert all(one["adds"] > 0 and one["brings"] for one in first["members"])
    assert all(one["text"] for one in rest if one["type"] == "left-out")


def test_a_bad_row_is_told_by_row_and_column_and_the_rest_is_matched(tmp_path: Path) -> None:
    file = tmp_path / "profiles.csv"
    rows = [
        HEADING,
        "Stadtwerke Muster,Stadtwerke,DE,,,sludge,solar,de;en,",
        "Irgendwo,,Atlantis,,,sludge,solar,de;en,",
        "too,short",
        "Vodokanal,,UA,,,solar,sludge; qwxz vrbl,uk;en,",
        "STADTWERKE muster,,DE,,,sludge,solar,de;en,",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    answer = told("suggest", "--profiles", file, "--format", "jsonl")
    assert answer.returncode == 1
    assert [(one["name"], [each["name"] for each in one["matches"]]) for one in lines(answer)] == [
        ("Stadtwerke Muster", ["Vodokanal"]),
        ("Vodokanal", ["Stadtwerke Muster"]),
    ]
    complaints = answer.stderr.splitlines()
    assert len(complaints) == 4
    assert any(
        one.startswith("Row 3, column country: “Atlantis” is no country") for one in complaints
    )
    assert any(one.startswith("Row 4: it has 2 cells") for one in complaints)
    assert any(one.startswith("Row 5, column needs: warning: “qwxz vrbl”") for one in complaints)
    assert any(
        one.startswith("Row 6, column name: the same name as in row 2") for one in complaints
    )


@pytest.mark.parametrize("command", ["suggest", "rounds", "consortia"])
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(command: str, tmp_path: Path) -> None:
    more = ("--for", "x") if command == "consortia" else ()
    empty, short = tmp_path / "empty.csv", tmp_path / "short.csv"
    empty.touch()
    short.write_text(HEADING.replace(",languages", "") + "\n", encoding="utf-8")
    for file, says in (
        (empty, "is empty"),
        (short, "no column languages"),
        (tmp_path / "none.csv", "There is no file"),
        (tmp_path, "cannot be read"),
    ):
        answer = told(command, "--profiles", file, *more)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert says in answer.stderr
        assert answer.stderr.count("\n") == 1


def test_for_nobody_says_who_may_have_been_meant() -> None:
    for command in ("suggest", "consortia"):
        answer = told(command, "--profiles", SAMPLE, "--for", "Stadtwerke Musterfurd")
        assert (answer.returncode, answer.stdout) == (1, "")
        assert "Did you mean “Stadtwerke Musterfurt”?" in answer.stderr


def test_a_file_of_headings_matches_nobody(tmp_path: Path) -> None:
    file = tmp_path / "headings.csv"
    file.write_text(HEADING, encoding="utf-8")
    answer = told("rounds", "--profiles", file, "--seed", 1, "--format", "jsonl")
    assert answer.returncode == 0
    assert [(one["type"], one["groups"]) for one in lines(answer)] == [("round", 0)]


class Counting:
    """Understands ids of topics, and counts what it is asked: with a model each question costs."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        self.asked[text] += 1
        topic = text.removeprefix("about ").replace(" ", "_")
        return (Mention(text, (TopicGuess(topic, 1.0, True),)),) if topic in load_topics() else ()


def many_rows(number: int) -> list[FileRow]:
    chance = random.Random(4)
    topics = [f"about {one.replace('_', ' ')}" for one in load_topics()]
    countries = ("DE", "UA", "JO", "PE", "ZM")
    return [
        FileRow(
            at,
            {
                **dict.fromkeys(COLUMNS, ""),
                "name": f"Organisation {at}",
                "country": chance.choice(countries),
                "sectors": chance.choice(
                    [names[0] for names in sectors_in_all_languages().values()]
                ),
                "offers": "; ".join(chance.sample(topics, 3)),
                "needs": "; ".join(chance.sample(topics, 3)),
                "languages": "; ".join(chance.sample(LANGUAGES, 2)),
            },
        )
        for at in range(2, number + 2)
    ]


def test_of_many_profiles_each_phrase_is_understood_once(gazetteer: Gazetteer) -> None:
    finder = Counting()
    complaints: list[str] = []
    profiles = profiles_in(many_rows(500), reader_for(finder, gazetteer, "en"), complaints.append)
    found = list(suggest(profiles, None, 5, "en", TODAY))
    assert set(finder.asked.values()) == {1}
    assert complaints == []
    assert sum(len(line["matches"]) == 5 for line, _ in found) > 400


def test_a_round_is_the_same_in_whatever_order_the_rows_come(gazetteer: Gazetteer) -> None:
    rows = many_rows(40)

    def made(several: list[FileRow]) -> list[Any]:
        profiles = profiles_in(several, reader_for(Counting(), gazetteer, "en"), print)
        return list(rounds(profiles, 3, 5, TODAY))

    assert made(rows) == made(rows[::-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_in_every_language(language: str) -> None:
    subjects: Callable[[str], str] = {
        "shared-sector": "waste",
        "form-fits": "mentor",
        "shared-form": "visits",
        "same-part": "mentor",
        "similar-size": "small",
        "other-size": "small",
        "shared-sdg": "6",
        "region-wanted": "UA",
        "shared-language": "de",
    }.get
    numbers = {"common-hours": "6", "few-hours": "1", "similar-climate": "C", "other-climate": "B"}
    traits = {"liked": "size:small", "refused": "country:UA"}
    for kind in (*ReasonKind, *ObjectionKind):
        subject = subjects(kind.value) or {**numbers, **traits}.get(kind.value, "sludge")
        make = Reason if isinstance(kind, ReasonKind) else Objection
        said = words_of([make(kind, subject)], language)  # type: ignore[arg-type]
        assert said[0].isalpha()
        assert "-" not in kind.value or kind.value not in said, "a sentence, not a name"
        assert "{" not in said


def test_the_page_names_every_column_and_command() -> None:
    page = (ROOT / "docs" / "what-if.md").read_text(encoding="utf-8")
    assert [column for column in COLUMNS if f"| `{column}` |" not in page] == []
    assert [one for one in ("suggest", "rounds", "consortia") if f"## {one}" not in page] == []
