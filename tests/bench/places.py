"""How fast places are found, how large and how soon loaded, beside RapidFuzz on main names.

    python -m tests.bench.places

Names are those of towns of 20,000 people and more in all countries, as they stand and with two
letters exchanged; how right the answers are, `make eval-matching` says.
"""

import random
import statistics
import time

from rapidfuzz import fuzz, process

from matching.places import Gazetteer
from tests.support.gazetteer import gazetteer_folder

NAMES, ALTERNATIVE, LOADS, ROUNDS = 2_000, 40, 20, 3
TOWN, SHORT = 20_000, 5
"""Inhabitants of a place that has a municipality to speak of, and letters of a name that may hold a
slip."""
MEGABYTE = 2**20


def microseconds(gazetteer: Gazetteer, names: list[str]) -> list[float]:
    """How long each name took, at its quickest."""
    spent = []
    for name in names:
        rounds = []
        for _ in range(ROUNDS):
            before = time.perf_counter()
            gazetteer.find(name, "en")
            rounds.append(1e6 * (time.perf_counter() - before))
        spent.append(min(rounds))
    return spent


def misspelt(name: str, chance: random.Random) -> str:
    """The name with two neighbouring letters exchanged."""
    at = chance.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def main() -> None:
    """Exact, misspelt, loading, size; then the alternative."""
    chance = random.Random(1)
    folder = gazetteer_folder()
    gazetteer = Gazetteer.open(folder)
    places = list(gazetteer.all_places())
    every = [place.name for place in places]
    towns = [one.name for one in places if one.population > TOWN and len(one.name) > SHORT]
    names = chance.sample(towns, NAMES)
    exact = microseconds(gazetteer, names)
    fuzzy = microseconds(gazetteer, [misspelt(name, chance) for name in names])
    loads = []
    for _ in range(LOADS):
        before = time.perf_counter()
        Gazetteer.open(folder)
        loads.append(1000 * (time.perf_counter() - before))
    spent = []
    for name in names[:ALTERNATIVE]:
        before = time.perf_counter()
        process.extractOne(misspelt(name, chance), every, scorer=fuzz.WRatio)
        spent.append(1e6 * (time.perf_counter() - before))
    size = sum(path.stat().st_size for path in folder.iterdir()) / MEGABYTE
    other, slow = statistics.median(spent), statistics.quantiles(fuzzy, n=100)[98]
    print(f"RapidFuzz WRatio over {len(every):,} main names: p50 {other / 1000:.0f} ms")
    print(f"exact: median {statistics.median(exact):.0f} µs (aim 50)")
    print(
        f"misspelt: p50 {statistics.median(fuzzy) / 1000:.2f} ms, p99 {slow / 1000:.2f} ms "
        f"(aim 3), {other / statistics.median(fuzzy):.0f} times as fast as RapidFuzz"
    )
    print(f"loaded in {statistics.median(loads):.1f} ms (aim 50), {size:.0f} MB mapped (aim 60)")


if __name__ == "__main__":
    main()
