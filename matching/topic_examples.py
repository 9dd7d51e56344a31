"""What topics are learned from: their labels, and what people of the trade say.

The utterances lie in `utterances/<language>.tsv`, a line each: the topic's id, a tab, the text; "-"
stands for what is about nothing of ours.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.languages import LANGUAGES
from domain.topics import Topic
from matching.topic_everyday import EVERYDAY, NAMES
from matching.topic_text import is_abbreviation

UTTERANCES = Path(__file__).with_name("utterances")
HEADING = "topic\tutterance"
NOTHING = "-"
"""The topic of what is about nothing of ours."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the id of the topic that it is about; `label` where it is one of its labels."""

    text: str
    language: str
    topic: str
    label: bool = False


def examples(topics: Mapping[str, Topic]) -> tuple[Example, ...]:
    """Everything to learn from. Raises ValueError where a line is not as it should be."""
    return (*_labels(topics.values()), *utterances(topics), *_small_talk())


def utterances(topics: Mapping[str, Topic]) -> Iterator[Example]:
    """What people say, language by language."""
    for language in LANGUAGES:
        path = UTTERANCES / f"{language}.tsv"
        lines = path.read_text(encoding="utf-8").splitlines()
        if lines[:1] != [HEADING]:
            raise ValueError(f"{path.name} does not begin with its heading")
        for number, line in enumerate(lines[1:], 2):
            topic, tab, text = line.partition("\t")
            if not tab or not text.strip() or not (topic in topics or topic == NOTHING):
                raise ValueError(f"{path.name}, line {number}: not a topic, a tab and a text")
            yield Example(text.strip(), language, topic)


def _labels(topics: Iterable[Topic]) -> Iterator[Example]:
    for topic in topics:
        for language, labels in topic.labels.items():
            for label in labels:
                if not is_abbreviation(label):
                    yield Example(label, language, topic.id, label=True)


def _small_talk() -> Iterator[Example]:
    for language, phrases in EVERYDAY.items():
        for phrase in phrases:
            yield Example(phrase, language, NOTHING)
    for name in NAMES:
        yield Example(name, "", NOTHING)
