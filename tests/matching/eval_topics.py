"""How well topics are understood, on public labels kept beside the project, and how fast.

Run as `python -m tests.matching.eval_topics [FILE …]`. EVAL_DIR holds topics_dev.tsv (query,
language, theme, label_type; tab separated, one header line, no quoting). A FILE holds lines
`topic<TAB>text` as in matching/utterances, its name begins with the language: phrases of people
from whom nothing was learned. RapidFuzz on the raw labels is the alternative that one would write
first.
"""

import csv
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from domain.topics import load_topics
from matching.meanings import installed
from matching.topic_examples import NOTHING
from matching.topics import Reading, TopicFinder, TopicGuess
from tests.support.topics import topics_folder

Find = Callable[[str, str], Reading]
ALTERNATIVE = 300
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, and the theme that it is about (NOTHING: none of ours)."""

    text: str
    language: str
    theme: str
    kind: str


def public_labels(folder: Path) -> list[Asked]:
    """Labels of which one theme fits."""
    with (folder / "topics_dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Asked(row["query"], row["language"], row["theme"], row["label_type"])
            for row in rows
            if row["theme_ambiguous"] != "yes"
        ]


def phrases(paths: Iterable[Path]) -> list[Asked]:
    """What people say, out of files."""
    themes = {topic.id: topic.theme for topic in load_topics().values()} | {NOTHING: NOTHING}
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            topic, _, text = line.partition("\t")
            if topic in themes and text.strip():
                found.append(Asked(text.strip(), path.name[:2], themes[topic], path.name))
    return found


def alternative() -> Find:
    """The label that RapidFuzz's WRatio finds most like the text, whatever the language."""
    labels = [
        (label, topic.id)
        for topic in load_topics().values()
        for several in topic.labels.values()
        for label in several
    ]
    words = [label for label, _ in labels]

    def find(text: str, language: str) -> Reading:
        best = process.extract(text, words, scorer=fuzz.WRatio, limit=3)
        guesses = (TopicGuess(labels[at][1], score / 100, exact=False) for _, score, at in best)
        return Reading(bool(best) and best[0][1] > 90, tuple(guesses))

    return find


def measure(name: str, find: Find, asked: Sequence[Asked], *, failures: bool = False) -> None:
    """Accuracy of the theme per language and kind, false accepts, milliseconds a text."""
    themes = {topic.id: topic.theme for topic in load_topics().values()}
    first, third, understood, number = Counter(), Counter(), Counter(), Counter()
    spent: list[float] = []
    missed: list[str] = []
    for one in asked:
        before = time.perf_counter()
        reading = find(one.text, one.language)
        spent.append(time.perf_counter() - before)
        got = [themes[guess.topic] for guess in reading.guesses]
        if one.theme == NOTHING:
            number[NOTHING] += 1
            understood[NOTHING] += reading.understood
            continue
        for group in ("all", f"language {one.language}", f"kind {one.kind}"):
            number[group] += 1
            first[group] += got[:1] == [one.theme]
            third[group] += one.theme in got
            understood[group] += reading.understood
        if one.theme not in got:
            missed.append(f"    {one.language}  {one.text!r}: {one.theme}, not {', '.join(got)}")
    median, slow = statistics.median(spent), statistics.quantiles(spent, n=100)[98]
    print(f"\n{name}: p50 {1000 * median:.2f} ms, p99 {1000 * slow:.2f} ms a text")
    for group in sorted(set(number) - {NOTHING}, key=lambda one: (one != "all", one)):
        of = number[group]
        print(
            f"  {group:28} {of:5}  first {first[group] / of:6.1%}  among three "
            f"{third[group] / of:6.1%}  understood {understood[group] / of:6.1%}"
        )
    if number[NOTHING]:
        accepted = understood[NOTHING] / number[NOTHING]
        print(
            f"  about nothing of ours        {number[NOTHING]:5}  taken for a topic {accepted:.1%}"
        )
    if failures:
        print(f"  not among three ({len(missed)}, the first {SHOWN}):")
        print("\n".join(missed[:SHOWN]))


def main() -> None:
    """Everything that there is data for."""
    sets: dict[str, list[Asked]] = {}
    if folder := os.environ.get("EVAL_DIR"):
        sets["public labels"] = public_labels(Path(folder))
    if len(sys.argv) > 1:
        sets["phrases"] = phrases(map(Path, sys.argv[1:]))
    if not sets:
        raise SystemExit("EVAL_DIR names no folder with data, and no file of phrases was named.")
    meanings = installed()
    by_letters = TopicFinder.open(topics_folder())
    fuzzy = alternative()
    for name, asked in sets.items():
        if meanings is not None:
            found = TopicFinder.open(topics_folder(), meanings)
            measure(f"{name}, by {found.mode.words}", found.read, asked, failures=True)
        measure(f"{name}, by letters alone", by_letters.read, asked)
        some = asked[:: max(1, len(asked) // ALTERNATIVE)]
        measure(f"{name} (each {len(asked) // len(some)}th), RapidFuzz WRatio", fuzzy, some)


if __name__ == "__main__":
    main()
