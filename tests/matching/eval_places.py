"""How well places are found, on public names kept beside the project, and how fast.

Run as `python -m tests.matching.eval_places`. EVAL_DIR holds places_dev.tsv and topics_dev.tsv:
tab separated, one header line, no quoting. GAZETTEER_DIR may name another build.
"""

import csv
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from rapidfuzz import fuzz, process

from domain.places import Place, PlaceKind
from matching.place_names import key
from matching.places import Gazetteer, PlaceFinding
from tests.support.gazetteer import gazetteer_folder

Row = dict[str, str]
ALTERNATIVE_ROWS, EXACT_ROUNDS, LOADS = 120, 20, 20


def rows_of(name: str, folder: Path) -> list[Row]:
    """The rows of one file of EVAL_DIR by their column names."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def is_meant(row: Row, place: Place) -> bool:
    """Whether this is the place that the row's public name belongs to."""
    if row["level"] == "country":
        return place.id == f"country:{row['country_iso2']}"
    if row["level"] == "district":
        named = key(row["canonical_name"]) in key(place.name)
        return place.kind is PlaceKind.DISTRICT and named
    return place.id == f"geonames:{row['geonameid']}"


def is_first(row: Row, finding: PlaceFinding) -> bool:
    """Whether the first guess is right, certain or not."""
    return bool(finding.guesses) and is_meant(row, finding.guesses[0].place)


def is_understood(row: Row, finding: PlaceFinding) -> bool:
    """Right where it is certain; where it asks, the right one is among what is asked."""
    asked = finding.guesses[:1] if finding.certain else finding.guesses
    return any(is_meant(row, guess.place) for guess in asked)


def measure_names(gazetteer: Gazetteer, rows: list[Row]) -> None:
    """Accuracy per language and per kind of difficulty, then every failure."""
    found = [(row, gazetteer.find(row["query"], row["language"])) for row in rows]
    asked, first, understood, certain = Counter(), Counter(), Counter(), Counter()
    for row, finding in found:
        for group in ("all", f"language {row['language']}", f"kind {row['kind']}"):
            asked[group] += 1
            first[group] += is_first(row, finding)
            understood[group] += is_understood(row, finding)
            certain[group] += finding.certain
    print(f"{'':34}{'rows':>5}  {'first':>6}  {'understood':>10}  {'certain':>7}")
    for group in sorted(asked):
        shares = [count[group] / asked[group] for count in (first, understood, certain)]
        print(f"{group:34}{asked[group]:5}  {shares[0]:6.1%}  {shares[1]:10.1%}  {shares[2]:7.1%}")
    print("\nNot first (! not even among what is asked):")
    for row, finding in found:
        if not is_first(row, finding):
            mark = " " if is_understood(row, finding) else "!"
            guesses = [(one.place.name, one.place.id) for one in finding.guesses[:3]]
            wanted = f"{row['canonical_name']} {row['country_iso2']} {row['geonameid']}"
            print(
                f" {mark} {row['language']} {row['query']!r} ({row['kind']}): {wanted} ← {guesses}"
            )


def measure_topics(gazetteer: Gazetteer, rows: list[Row]) -> None:
    """The share of phrases about topics that are taken for places, and which."""
    asked, taken = Counter[str](), Counter[str]()
    wrong = []
    for row in rows:
        finding = gazetteer.find(row["query"], row["language"])
        for group in ("all", row["language"]):
            asked[group] += 1
            taken[group] += bool(finding.guesses)
        if finding.guesses:
            wrong.append((row["language"], row["query"], finding.guesses[0].place.name))
    print("\nTopics taken for a place:")
    for group in sorted(asked):
        print(
            f"  {group:4} {taken[group]:3} of {asked[group]:4}  {taken[group] / asked[group]:.1%}"
        )
    for language, query, name in wrong:
        print(f"    {language} {query!r} ← {name}")


def milliseconds(work: Callable[[], object]) -> float:
    """How long this takes, in milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def measure_times(gazetteer: Gazetteer, rows: list[Row], folder: Path) -> None:
    """Median of exact look-ups in µs, quantiles of all others in ms, loading and size."""
    exact, fuzzy = [], []
    for row in rows:
        finding = gazetteer.find(row["query"], row["language"])

        def ask(row: Row = row) -> PlaceFinding:
            return gazetteer.find(row["query"], row["language"])

        plain = gazetteer.named(row["query"], row["language"])
        if plain.guesses and finding.guesses[0].exact:
            exact.append(min(milliseconds(ask) for _ in range(EXACT_ROUNDS)) * 1000)
        if not finding.guesses or not finding.guesses[0].exact:
            fuzzy.append(min(milliseconds(ask) for _ in range(3)))
    loads = [milliseconds(lambda: Gazetteer.open(folder)) for _ in range(LOADS)]
    size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    print(f"\nexact: median {statistics.median(exact):.0f} µs of {len(exact)}")
    p50, p99 = _quantile(fuzzy, 50), _quantile(fuzzy, 99)
    print(f"fuzzy: p50 {p50:.2f} ms, p99 {p99:.2f} ms of {len(fuzzy)}")
    print(f"loads in {statistics.median(loads):.1f} ms; {size:.1f} MB on disk, memory-mapped")


def measure_alternative(gazetteer: Gazetteer, rows: list[Row]) -> None:
    """RapidFuzz's WRatio over the main names of all places, as one would write first."""
    places = list(gazetteer.all_places())
    names = [place.name for place in places]
    some = rows[:: max(1, len(rows) // ALTERNATIVE_ROWS)]
    times, right = [], 0
    for row in some:
        started = time.perf_counter()
        best = process.extractOne(row["query"], names, scorer=fuzz.WRatio)
        times.append((time.perf_counter() - started) * 1000)
        right += best is not None and is_meant(row, places[best[2]])
    print(
        f"\nRapidFuzz WRatio over {len(names):,} main names: {right / len(some):.1%} right of "
        f"{len(some)}, p50 {_quantile(times, 50):.0f} ms, p99 {_quantile(times, 99):.0f} ms"
    )


def _quantile(values: Iterable[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def main() -> None:
    """Everything above, on the files of EVAL_DIR."""
    chosen = os.environ.get("EVAL_DIR")
    if not chosen:
        raise SystemExit("EVAL_DIR is unset: no places to measure on")
    folder, evaluated = gazetteer_folder(), Path(chosen)
    gazetteer = Gazetteer.open(folder)
    names = rows_of("places_dev.tsv", evaluated)
    topics = rows_of("topics_dev.tsv", evaluated)
    measure_names(gazetteer, names)
    measure_topics(gazetteer, topics)
    measure_times(gazetteer, [*names, *topics], folder)
    measure_alternative(gazetteer, names)


if __name__ == "__main__":
    main()
