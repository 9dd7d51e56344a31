"""How fast topics are understood, and what it takes in memory, beside RapidFuzz on raw labels.

    python -m tests.bench.topics

Texts are a seventh of the utterances, spoken by people of the trade; each is new to the caches.
Memory is what a process of its own takes more once the finder is open and has answered: private and
shared pages, those of files mapped into memory by how many use them (PSS).
"""

import statistics
import subprocess
import sys
import time

import psutil
from rapidfuzz import fuzz, process

from domain.topics import load_topics
from matching.meanings import installed
from matching.topic_examples import utterances
from matching.topics import Mode, TopicFinder
from tests.support.topics import topics_folder

TEXTS = 700
ALTERNATIVE = 60
AIMS = {Mode.MEANING: 20.0, Mode.LETTERS: 1.0}
MEGABYTE = 2**20


def texts() -> list[tuple[str, str]]:
    """Utterances of all languages and their languages."""
    said = [(one.text, one.language) for one in utterances(load_topics())]
    return said[:: len(said) // TEXTS]


def milliseconds(finder: TopicFinder, said: list[tuple[str, str]]) -> list[float]:
    """How long each text took."""
    spent = []
    for text, language in said:
        before = time.perf_counter()
        finder.find(text, language)
        spent.append(1000 * (time.perf_counter() - before))
    return spent


def opened(mode: Mode) -> TopicFinder:
    """The finder in a mode."""
    return TopicFinder.open(topics_folder(), installed() if mode is Mode.MEANING else None)


def measure_memory(mode: Mode) -> None:
    """Print how many megabytes the finder takes; run in a process of its own."""
    before = psutil.Process().memory_full_info().pss
    load_topics()
    finder = opened(mode)
    milliseconds(finder, texts()[:50])
    after = psutil.Process().memory_full_info().pss
    print(f"{(after - before) / MEGABYTE:.0f}")


def memory(mode: Mode) -> str:
    """Megabytes that the finder takes in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.topics", mode.value]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Each mode, then the alternative."""
    said = texts()
    labels = [
        label
        for topic in load_topics().values()
        for several in topic.labels.values()
        for label in several
    ]
    spent = []
    for text, _ in said[:: len(said) // ALTERNATIVE]:
        before = time.perf_counter()
        process.extract(text, labels, scorer=fuzz.WRatio, limit=3)
        spent.append(1000 * (time.perf_counter() - before))
    fuzzy = statistics.median(spent)
    print(f"RapidFuzz WRatio on {len(labels):,} labels: p50 {fuzzy:.1f} ms")
    for mode in Mode:
        before = time.perf_counter()
        finder = opened(mode)
        opening = time.perf_counter() - before
        if finder.mode is not mode:
            print(f"{mode.value}: the model is not installed here")
            continue
        each = milliseconds(finder, said)
        middle, slow = statistics.median(each), statistics.quantiles(each, n=100)[98]
        print(
            f"by {finder.mode.words}: p50 {middle:.2f} ms (aim {AIMS[mode]:g}), p99 {slow:.1f} ms, "
            f"{fuzzy / middle:.1f} times as fast as RapidFuzz; opened in {opening:.2f} s, "
            f"{memory(mode)} MB"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure_memory(Mode(sys.argv[1]))
    else:
        main()
