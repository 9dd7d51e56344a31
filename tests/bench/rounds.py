"""Rounds of 1,000 and 5,000 people: how long they take, and how good they are beside greedy.

    python -m tests.bench.rounds

Greedy, which one would write first, takes the best pair that is left until nobody is; it is given
the same worth of all pairs, which is measured by itself. Times are those of the processor, as other
processes may run beside it.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from domain.languages import LANGUAGES
from domain.organisations import Organisation, Sector
from domain.topics import load_topics
from matching.consortia import propose
from matching.round_worth import APART, Levels, Tongues, together
from matching.rounds import make_round

SIZES = (1_000, 5_000)
AIM = {1_000: 2.0}
SEED = 7
Result = TypeVar("Result")


def people(several: int) -> list[Organisation]:
    """Invented organisations: popular topics are named often, most speak one or two languages."""
    chance = random.Random(SEED)
    topics = list(load_topics())
    weights = [(place + 1) ** -0.7 for place in range(len(topics))]

    def some() -> frozenset[str]:
        return frozenset(chance.choices(topics, weights, k=chance.randint(1, 4)))

    return [
        Organisation(
            number,
            offers=some(),
            seeks=some(),
            languages=frozenset(chance.choices(LANGUAGES, (4, 4, 1, 1, 1, 1, 1), k=2)),
            sectors=frozenset({chance.choice(list(Sector))}),
        )
        for number in range(1, several + 1)
    ]


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What some work gives, and the seconds of the processor that it took."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def greedy(levels: Levels) -> list[tuple[int, int]]:
    """The best pair that is left, again and again."""
    here, there = np.triu_indices(len(levels), 1)
    worth = levels[here, there]
    order = np.argsort(-worth.astype(np.int32), kind="stable")
    free, pairs = np.ones(len(levels), dtype=bool), []
    for at in order[worth[order] != APART]:
        one, other = int(here[at]), int(there[at])
        if free[one] and free[other]:
            free[one] = free[other] = False
            pairs.append((one, other))
    return pairs


def main() -> None:
    """Measure, and say so."""
    for several in SIZES:
        everybody = people(several)
        levels, weighing = timed(lambda: together(everybody, Tongues(everybody), (), None))  # noqa: B023, runs at once
        pairs, by_greed = timed(lambda: greedy(levels))  # noqa: B023, runs at once
        made, taken = timed(lambda: make_round(everybody, seed=SEED))  # noqa: B023, runs at once
        places = [tuple(one - 1 for one in group.members) for group in made.groups]
        ours = sum(int(levels[one]) for one in places if len(one) == 2)
        theirs = sum(int(levels[one]) for one in pairs)
        aim = f" (aim {AIM[several]:.0f} s)" if several in AIM else ""
        print(
            f"{several:,} in pairs: {taken:.2f} s{aim}, weighing all pairs {weighing:.2f} s of it; "
            f"greedy {weighing + by_greed:.2f} s; worth {ours / theirs:.3f} times that of greedy, "
            f"left out {len(made.unplaced)} and {several - 2 * len(pairs)}"
        )
        groups, taken = timed(lambda: make_round(everybody, 4, seed=SEED))  # noqa: B023, runs at once
        print(f"{several:,} in fours: {taken:.2f} s, {len(groups.groups):,} groups")
        partner = max(everybody, key=lambda one: len(one.seeks or ()))
        found, taken = timed(lambda: propose(partner, everybody))  # noqa: B023, runs at once
        print(f"consortia out of {several:,}: {taken:.2f} s, {len(found.consortia)} proposals")


if __name__ == "__main__":
    main()
