"""Everything that is stored about somebody, as two files: to be read, and for machines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from delivery import cards
from delivery.message import Attachment
from domain.introductions import Introduction
from domain.mydata import Row, Tables
from domain.organisations import Organisation
from domain.people import Person
from domain.profiles import Profile
from domain.rules.standing import named
from locales import names
from locales.speech import Speech, without_tags

_IN_THE_PROFILE = frozenset({"people", "organisations", "organisation_topics", "representatives"})
_TIMES = (
    "asked_at",
    "granted_at",
    "at",
    "created_at",
    "changed_at",
    "redeemed_at",
    "last_shown_at",
)
_WORDED = frozenset(
    {
        "admissions", "codes", "concerns", "conversations", "dismissals", "introductions", "outbox",
        "outcomes", "partnerships", "roles", "searches", "trail",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MyData:
    """What is stored, and what puts it into words."""

    tables: Tables
    profile: Profile
    introductions: tuple[Introduction, ...]
    others: dict[int, Organisation]
    at: datetime


def json_file(data: MyData) -> Attachment:
    """All of it: `tables` names tables and columns as docs/privacy.md does, times are UTC."""
    whole = {"made_at": data.at, "tables": data.tables}
    text = json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)
    return Attachment("partnerlotse-my-data.json", text.encode())


def text_file(say: Speech, data: MyData, when: str) -> Attachment:
    """What a person would read: the profile, then every kind of entry with its days and words."""
    parts = [say.plain("mydata-title", when=when), _person(say, data)]
    parts += ["\n".join([heading.upper(), *lines]) for heading, lines in _sections(say, data)]
    parts.append(say.plain("mydata-note"))
    return Attachment("partnerlotse-my-data.txt", ("\n\n".join(parts) + "\n").encode("utf-8-sig"))


def _person(say: Speech, data: MyData) -> str:
    person: Person = data.profile.person
    telegram, since = say.plain("mydata-telegram"), say.plain("mydata-since")
    lines = [
        f"{telegram}: {person.telegram_id}",
        f"{since}: {say.date(person.consented_at)}",
        without_tags(str(cards.profile_card(say, data.profile, data.at.date()))),
    ]
    return "\n".join(lines)


def _sections(say: Speech, data: MyData) -> Iterator[tuple[str, list[str]]]:
    rest: list[str] = []
    for table, rows in data.tables.items():
        if table in _IN_THE_PROFILE:
            continue
        lines = _introductions(say, data) if table == "introductions" else _lines(say, rows)
        if table in _WORDED:
            yield say.plain(f"mydata-of-{table}"), lines
        else:
            rest += lines
    if rest:
        yield say.plain("mydata-of-more"), rest


def _introductions(say: Speech, data: MyData) -> list[str]:
    own = data.profile.organisation
    if own is None:
        return []
    lines = []
    for one in data.introductions:
        other = data.others.get(one.other(own.id))
        known = named(one, own.id)
        name = names.organisation(say, other) if known else say.plain("introduction-unnamed")
        since = say.date(one.settled_at or one.asked_at)
        line = say(f"introduction-line-{one.state.value}", name=name, date=since)
        lines.append(without_tags(str(line)))
    return lines


def _lines(say: Speech, rows: tuple[Row, ...] | list[Row] | object) -> list[str]:
    assert isinstance(rows, (list, tuple))
    return [_line(say, row) for row in rows]


def _line(say: Speech, row: Row) -> str:
    """The day, and the person's own words where there are any."""
    at = next((row[name] for name in _TIMES if isinstance(row.get(name), datetime)), None)
    said = [say.date(at)] if isinstance(at, datetime) else []
    said += [str(row[name]) for name in ("words", "partner") if row.get(name)]
    if row.get("state") and isinstance(row["state"], dict):
        said.append(json.dumps(row["state"].get("pending", {}), ensure_ascii=False))
    return "• " + ": ".join(said)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(type(value).__name__)
