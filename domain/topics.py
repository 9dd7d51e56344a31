"""The topics of municipal partnership, with the words by which people of the trade name them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.languages import DEFAULT, LANGUAGES

SOURCE = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a partnership can be about. `id` is kept for good: profiles store it.

    `labels` holds per language the label to show, then synonyms, jargon and abbreviations.
    `sdgs` are numbers of the Sustainable Development Goals (1 to 17), `sectors` ids of
    `domain.organisations.Sector`; `parent` is the id of the wider topic: a finer
    one has its theme there, and a theme a wider theme or None.
    """

    id: str
    theme: str
    parent: str | None
    sdgs: tuple[int, ...]
    sectors: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]

    def label(self, language: str) -> str:
        """The label to show in this language, the English one where we do not speak it."""
        return (self.labels.get(language) or self.labels[DEFAULT])[0]


@cache
def load_topics() -> Mapping[str, Topic]:
    """Every topic by its id, in the order of topics.toml."""
    with SOURCE.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)["topic"]
    return MappingProxyType({entry["id"]: _topic(entry) for entry in entries})


def _topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(
        id=entry["id"],
        theme=entry["theme"],
        parent=entry.get("parent"),
        sdgs=tuple(entry["sdgs"]),
        sectors=tuple(entry["sectors"]),
        labels=MappingProxyType({one: tuple(entry["labels"][one]) for one in LANGUAGES}),
    )
