"""A coordinator's what-if: who would fit whom, out of a file of profiles and without a database.

Answers go to standard output, what is wrong with the file to standard error. A command ends with 1
where a row could not be used, after it has matched the others.
"""

import difflib
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from bot.faults import sentence_for
from bot.profile_file import FileRow, UnusableFile, read_profiles
from bot.settings import settings
from bot.understanding import topics_of
from bot.whatif_words import (
    WHY_NOT,
    against_consortium,
    bond,
    doubt,
    for_consortium,
    said,
    topic,
    unplaced,
)
from domain.clock import wall_clock
from domain.consortia import Consortium, Member, Proposals
from domain.languages import DEFAULT
from domain.matches import Match
from domain.organisations import Organisation
from domain.rounds import Group, Round
from locales import names
from matching.consortia import propose
from matching.criteria.question import Question
from matching.partner_index import PartnerIndex
from matching.partners import explained
from matching.places import Gazetteer
from matching.profile_rows import FindsTopics, OptionNames, RowReader, same
from matching.rounds import make_round

NEAR_MISSES = 3
Line = dict[str, Any]


class Format(StrEnum):
    """How answers are written."""

    TEXT = "text"
    JSONL = "jsonl"


class Profiles:
    """The profiles of a file, by name and by id. `complete`: no row had to be left out."""

    def __init__(self, several: Sequence[Organisation], *, complete: bool) -> None:
        self.all = tuple(several)
        self.complete = complete
        self._by_id = {one.id: one for one in several}
        self._by_name = {same(self.name(one.id)): one for one in several}

    def by_id(self, organisation: int) -> Organisation:
        """The profile with this id."""
        return self._by_id[organisation]

    def name(self, organisation: int) -> str:
        """The name of the profile with this id."""
        return self._by_id[organisation].name or ""

    def named(self, name: str) -> Organisation:
        """The profile with this name, in capitals or not. Raises UnusableFile."""
        found = self._by_name.get(same(name))
        if found is not None:
            return found
        wanted, known = same(name), list(self._by_name)
        near = difflib.get_close_matches(wanted, known, NEAR_MISSES, 0.6)
        near += [one for one in known if wanted and wanted in one and one not in near]
        likely = ", ".join(f"“{self._by_name[one].name}”" for one in near[:NEAR_MISSES])
        raise UnusableFile(
            f"There is no profile “{name}”." + (f" Did you mean {likely}?" if likely else "")
        )


def suggest(
    profiles: Profiles, only: Organisation | None, top: int, language: str, on: date
) -> Iterable[tuple[Line, str]]:
    """The best partners of one or of all, as data and as text."""
    index = PartnerIndex()
    index.put_all(profiles.all)
    for own in [only] if only else profiles.all:
        question = Question(index.question(own), on=on)
        found = index.best(question, top)
        matches = [_match(one, language) for one in explained(question, found, profiles.by_id, {})]
        line: Line = {"name": own.name, "matches": matches}
        yield line, _suggestions_text(line)


def _match(one: Match, language: str) -> Line:
    return {
        "name": one.organisation.name,
        "score": round(one.score, 4),
        "mode": one.mode.value,
        "reasons": [each.as_data() for each in said(one.reasons, language)],
        "against": [each.as_data() for each in said(one.against, language)],
    }


def _suggestions_text(line: Line) -> str:
    lines = [line["name"]]
    for number, match in enumerate(line["matches"], 1):
        lines.append(f"  {number}. {match['name']} ({match['mode']}, {match['score']:.2f})")
        lines += _signed(match, "     ")
    return "\n".join([*lines, *([] if line["matches"] else ["  nobody fits"]), ""])


def _signed(line: Line, indent: str) -> list[str]:
    """Reasons with a plus, objections with a minus."""
    return [
        f"{indent}{sign} {each['text']}"
        for sign, key in (("+", "reasons"), ("-", "against"))
        for each in line[key]
    ]


def rounds(profiles: Profiles, size: int, seed: int, on: date) -> Iterable[tuple[Line, str]]:
    """A round of all, as data and as text: what it is, its groups, and who has none."""
    made = make_round(profiles.all, size, seed=seed, on=on)
    line: Line = {
        "type": "round",
        "seed": made.seed,
        "size": made.size,
        "profiles": len(profiles.all),
        "groups": len(made.groups),
        "unplaced": len(made.unplaced),
        "score": round(made.score, 4),
    }
    yield line, _round_text(made, len(profiles.all))
    for number, group in enumerate(made.groups, 1):
        yield _group(number, group, made, profiles)
    for one in made.unplaced:
        why = unplaced(one, profiles.name)
        name = profiles.name(one.organisation)
        yield {"type": "unplaced", "name": name, **why.as_data()}, f"Left out: {name}: {why.text}"


def _round_text(made: Round, several: int) -> str:
    return (
        f"{several} profiles, {len(made.groups)} groups, {len(made.unplaced)} left out "
        f"(size {made.size}, seed {made.seed}, score {made.score:.2f})\n"
    )


def _group(number: int, one: Group, made: Round, profiles: Profiles) -> tuple[Line, str]:
    line: Line = {
        "type": "group",
        "group": number,
        "members": [profiles.name(member) for member in one.members],
        "score": round(one.score, 4),
        "odd": None if one.odd is None else profiles.name(one.odd),
        "reasons": [bond(each, profiles.name).as_data() for each in one.reasons],
        "against": [doubt(each, profiles.name).as_data() for each in one.against],
        "seed": made.seed,
    }
    title = f"{number}. {' + '.join(line['members'])} ({one.score:.2f})"
    return line, "\n".join([title, *_signed(line, "   "), ""])


def consortia(
    profiles: Profiles, partner: Organisation, top: int, on: date
) -> Iterable[tuple[Line, str]]:
    """Consortia for a partner, as data and as text: what is needed, proposals, who was left out."""
    found = propose(partner, profiles.all, limit=top, on=on)
    yield _partner(found, profiles)
    for number, one in enumerate(found.consortia, 1):
        yield _consortium(number, one, profiles)
    for one_out in found.left_out:
        name, why = profiles.name(one_out.organisation), WHY_NOT[one_out.why]
        line = {"type": "left-out", "name": name, "kind": one_out.why.value, "text": why}
        yield line, f"Left out: {name}: {why}"


def _partner(found: Proposals, profiles: Profiles) -> tuple[Line, str]:
    alone = found.alone and {
        "name": profiles.name(found.alone[0]),
        "coverage": round(found.alone[1], 4),
    }
    line: Line = {
        "type": "partner",
        "name": profiles.name(found.partner),
        "needs": [topic(one) for one in found.needs],
        "unmet": [topic(one) for one in found.unmet],
        "alone": alone,
        "consortia": len(found.consortia),
    }
    text = [f"{line['name']} needs: {', '.join(line['needs']) or 'nothing that is stated'}"]
    if line["unmet"]:
        text.append(f"Nobody who may be asked offers: {', '.join(line['unmet'])}")
    if alone:
        text.append(f"Most by one alone: {alone['name']}, {alone['coverage']:.0%}")
    if not found.consortia:
        text.append("No two operators complete each other here.")
    return line, "\n".join([*text, ""])


def _consortium(number: int, one: Consortium, profiles: Profiles) -> tuple[Line, str]:
    parts = ["lead", *["co-lead"] * len(one.co_leads)]
    line: Line = {
        "type": "consortium",
        "partner": profiles.name(one.partner),
        "lead": profiles.name(one.lead.organisation),
        "members": [
            _member(part, member, profiles) for part, member in zip(parts, one.members, strict=True)
        ],
        "coverage": round(one.coverage, 4),
        "score": round(one.score, 4),
        "reasons": [for_consortium(each).as_data() for each in one.reasons],
        "against": [against_consortium(each).as_data() for each in one.against],
    }
    text = [f"{number}. covers {one.coverage:.0%} ({one.score:.2f})"]
    for member in line["members"]:
        text.append(f"   {member['part']}: {member['name']}, adds {member['adds']:.0%}")
        text += [f"     {each['text']}" for each in member["brings"]]
    return line, "\n".join([*text, *_signed(line, "   "), ""])


def _member(part: str, one: Member, profiles: Profiles) -> Line:
    return {
        "part": part,
        "name": profiles.name(one.organisation),
        "covers": round(one.covers, 4),
        "adds": round(one.adds, 4),
        "brings": [
            {
                "need": topic(each.need),
                "offer": topic(each.offer),
                "near": each.near,
                "only": each.only,
                "text": _brought(topic(each.need), topic(each.offer), each.near),
            }
            for each in one.brings
        ],
    }


def _brought(need: str, offer: str, near: float) -> str:
    return f"brings {offer}" if near == 1 else f"brings {offer}, near to {need}"


def profiles_in(
    rows: Iterable[FileRow], reader: RowReader, complain: Callable[[str], None]
) -> Profiles:
    """The profiles in the rows of a file; whatever is wrong or unsure is told by row and column."""
    usable, faults = list[FileRow](), 0
    taken: dict[str, int] = {}
    for row in rows:
        name = same(row.cells.get("name", ""))
        if row.fault:
            column = f", column {row.column}" if row.column else ""
            complain(f"Row {row.number}{column}: {row.fault}. The row is left out.")
            faults += 1
        elif name and name in taken:
            complain(
                f"Row {row.number}, column name: the same name as in row {taken[name]}. "
                "The row is left out."
            )
            faults += 1
        else:
            taken[name] = row.number
            usable.append(row)
    _look_up_all(usable, reader)
    # Numbered by name: the same profiles give the same round in whatever order the rows come.
    found = list[Organisation]()
    numbers = {name: number for number, name in enumerate(sorted(taken), 1)}
    for row in usable:
        read = reader.read(row.cells, numbers[same(row.cells["name"])])
        for wrong in read.faults:
            complain(f"Row {row.number}, column {wrong.column}: {wrong.text}. The row is left out.")
        for told in read.unsure:
            complain(f"Row {row.number}, column {told.column}: warning: {told.text}.")
        if read.profile is None:
            faults += 1
        else:
            found.append(read.profile)
    return Profiles(found, complete=not faults)


def _look_up_all(rows: Iterable[FileRow], reader: RowReader) -> None:
    """Find the topics in each distinct text once, on every processor: a model works outside
    Python's lock."""
    phrases = dict.fromkeys(phrase for row in rows for phrase in reader.phrases(row.cells))
    with ThreadPoolExecutor(os.cpu_count() or 1) as several:
        list(several.map(reader.topics_in, phrases))


def reader_for(topics: FindsTopics, gazetteer: Gazetteer, language: str) -> RowReader:
    """What makes profiles of rows, with the names of everything in all languages."""
    return RowReader(
        topics,
        gazetteer,
        OptionNames(
            names.kinds_in_all_languages(),
            names.sectors_in_all_languages(),
            names.languages_in_all_languages(),
        ),
        language,
    )


def load(path: Path, language: str) -> Profiles:
    """The profiles of a file. Raises UnusableFile, GazetteerUnavailableError and
    TopicsNotLearned."""
    file = read_profiles(path)
    for column in file.unknown:
        _complain(f"Row 1: warning: column {_printable(column)} is not known and not read.")
    topics = topics_of(settings())
    gazetteer = Gazetteer.open(settings().gazetteer)
    return profiles_in(file.rows, reader_for(topics, gazetteer, language), _complain)


def _complain(text: str) -> None:
    typer.echo(_printable(text), err=True)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _answer(answers: Iterable[tuple[Line, str]], form: Format, *, complete: bool) -> None:
    for line, text in answers:
        typer.echo(json.dumps(line, ensure_ascii=False) if form is Format.JSONL else text)
    if not complete:
        raise SystemExit(1)


def _run(
    path: Path,
    language: str,
    form: Format,
    answers: Callable[[Profiles], Iterable[tuple[Line, str]]],
) -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # names in any script, whatever the terminal says
    try:
        profiles = load(path, language)
        _answer(answers(profiles), form, complete=profiles.complete)
    except UnusableFile as error:
        _complain(str(error))
        raise SystemExit(1) from None
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        raise SystemExit(sentence) from None


def suggest_from(path: Path, only: str | None, top: int, form: str, language: str) -> None:
    """The command `suggest`."""

    def answers(found: Profiles) -> Iterable[tuple[Line, str]]:
        own = None if only is None else found.named(only)
        return suggest(found, own, top, language, _today())

    _run(path, language, Format(form), answers)


def rounds_from(path: Path, size: int, seed: int | None, form: str) -> None:
    """The command `rounds`; without a seed one is drawn, and told."""
    drawn = secrets.randbelow(1_000_000) if seed is None else seed
    _run(path, DEFAULT, Format(form), lambda found: rounds(found, size, drawn, _today()))


def consortia_from(path: Path, partner: str, top: int, form: str) -> None:
    """The command `consortia`."""

    def answers(found: Profiles) -> Iterable[tuple[Line, str]]:
        return consortia(found, found.named(partner), top, _today())

    _run(path, DEFAULT, Format(form), answers)


def _today() -> date:
    return wall_clock().date()
