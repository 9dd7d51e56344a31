"""The five best partners out of 10,000 to 1,000,000: how long, how much memory, beside what else.

    python -m tests.bench.partners [SIZE ...]

Every profile states everything by which partners are found. Beside it, in the same run: a plain
loop over `fit`, and RapidFuzz on the words of the profiles, which one would write first. Times are
those of the processor, as other processes may run beside it.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import numpy as np
from rapidfuzz import fuzz, process

from domain.organisations import Form, Organisation, Sector, Size
from domain.places import Place, PlaceKind
from domain.regions import country_codes, load_regions
from domain.topics import load_topics
from domain.track_records import TrackRecord
from matching.criteria.question import Question
from matching.partner_index import PartnerIndex
from matching.partners import fit

SIZES = (10_000, 100_000, 1_000_000)
AIM_P99 = {100_000: 2.0, 1_000_000: 20.0}
AIM_UPDATE = 1.0
"""Milliseconds."""
ASKING = 300
UPDATES = 300
BEST = 5
BATCH = 10_000
LOOPED = 2_000
IN_WORDS = 10_000
WORDS_ASKED = 20
SEED = 7
DAY = date(2026, 3, 2)
ZONES = ("Europe/Berlin", "Europe/Kyiv", "Africa/Lusaka", "Asia/Amman", "America/Lima")
CLIMATES = ("Cfb", "Dfb", "Csa", "BSh", "BWh", "Aw", "Af", "Cwb")
LANGUAGES = ("en", "de", "fr", "es", "pt", "uk", "ar", "sw", "tr", "pl", "hi", "id")


class Profiles:
    """Invented profiles: popular topics and languages are named often, a third names regions."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        self._chance = np.random.default_rng(SEED)
        self._topics = np.array(list(load_topics()), dtype=object)
        popular = np.arange(1, len(self._topics) + 1) ** -0.5
        self._popular = popular / popular.sum()
        countries = chance.sample(sorted(country_codes()), 60)
        self._places = [self._place(chance, at, chance.choice(countries)) for at in range(2_000)]
        parts = [*countries, *load_regions()]
        spoken = [len(LANGUAGES) - at for at, _ in enumerate(LANGUAGES)]
        self._languages = self._sets(chance, LANGUAGES, spoken)
        self._regions = self._sets(chance, parts, None)
        self._sectors = self._sets(chance, tuple(Sector), None)
        self._forms = self._sets(chance, tuple(Form), None)
        self._goals = self._sets(chance, [str(one) for one in range(1, 18)], None)

    def some(self, several: int, first: int = 1) -> list[Organisation]:
        """So many of them, with ids from `first` on."""
        topics = self._chance.choice(self._topics, (several, 10), p=self._popular).tolist()
        wide = self._chance.integers(2, 6, (several, 2)).tolist()
        drawn = self._chance.integers(0, 2**31, (several, 9)).tolist()
        return [self._one(first + at, topics[at], wide[at], drawn[at]) for at in range(several)]

    def batches(self, several: int) -> Iterator[list[Organisation]]:
        """So many of them, never all at once."""
        for first in range(1, several + 1, BATCH):
            yield self.some(min(BATCH, several + 1 - first), first)

    def record(self, number: int) -> TrackRecord:
        """What one of them has done so far."""
        asked, shown = number * 7 % 5, number * 13 % 11
        told = number * 3 % 4
        return TrackRecord(
            shown, asked, asked - asked // 2, told, told // 2, DAY - timedelta(days=number % 300)
        )

    def _one(
        self, number: int, topics: list[str], wide: list[int], drawn: list[int]
    ) -> Organisation:
        def of(pool: list[frozenset[str]], at: int) -> frozenset[str]:
            return pool[drawn[at] % len(pool)]

        return Organisation(
            number,
            offers=frozenset(topics[: wide[0]]),
            seeks=frozenset(topics[5 : 5 + wide[1]]),
            place=self._places[drawn[0] % len(self._places)],
            languages=of(self._languages, 1),
            regions=of(self._regions, 2) if drawn[3] % 3 == 0 else None,
            sectors=of(self._sectors, 4),
            forms=of(self._forms, 5),
            sdgs=of(self._goals, 6),
            size=tuple(Size)[drawn[7] % 4],
            full_until=DAY + timedelta(days=90) if drawn[8] % 20 == 0 else None,
        )

    @staticmethod
    def _place(chance: random.Random, number: int, country: str) -> Place:
        return Place(
            f"invented:{number}", PlaceKind.CITY, f"Town {number}", country,
            chance.uniform(-40, 60), chance.uniform(-100, 130), chance.choice(ZONES), 50_000,
            climate=chance.choice(CLIMATES),
        )  # fmt: skip

    @staticmethod
    def _sets(
        chance: random.Random, options: tuple[str, ...] | list[str], weights: list[int] | None
    ) -> list[frozenset[str]]:
        return [
            frozenset(chance.choices(options, weights, k=chance.randint(1, 3))) for _ in range(500)
        ]


def milliseconds(work: Callable[[], object]) -> float:
    """The milliseconds of the processor that some work takes."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1_000


def built(profiles: Profiles, several: int) -> tuple[PartnerIndex, float]:
    """An index of so many profiles, and the seconds that it took without inventing them."""
    index, taken = PartnerIndex(), 0.0
    for batch in profiles.batches(several):
        records = {one.id: profiles.record(one.id) for one in batch}
        taken += milliseconds(lambda: index.put_all(batch)) / 1_000  # noqa: B023, runs at once
        taken += milliseconds(lambda: index.record(records)) / 1_000  # noqa: B023, runs at once
    return index, taken


def asked(index: PartnerIndex, own: Organisation) -> None:
    """The five best for one."""
    index.best(Question(index.question(own), on=DAY), BEST)


def measure(several: int, profiles: Profiles, asking: list[Organisation]) -> float:
    """Say how an index of so many fares; the mean question in milliseconds."""
    index, building = built(profiles, several)
    asked(index, asking[0])
    taken = [milliseconds(lambda: asked(index, one)) for one in asking]  # noqa: B023, runs at once
    updates = [
        milliseconds(lambda: index.put(one))  # noqa: B023, runs at once
        for one in profiles.some(UPDATES, first=1)
    ]
    aim = f" (aim {AIM_P99[several]:.0f})" if several in AIM_P99 else ""
    print(
        f"{several:,}: best {BEST} in {np.median(taken):.2f} ms, p99 {np.quantile(taken, 0.99):.2f}"
        f"{aim}, most {max(taken):.2f}; built in {building:.1f} s, {index.bytes_each:.0f} bytes a "
        f"profile; one update "
        f"{np.median(updates):.3f} ms, p99 {np.quantile(updates, 0.99):.3f} (aim {AIM_UPDATE:.0f})",
        flush=True,
    )
    return float(np.mean(taken))


def in_words(several: frozenset[str] | None) -> str:
    """Topics in English."""
    topics = load_topics()
    return " ".join(topics[one].label("en") for one in sorted(several or ()))


def loop_over_fit(profiles: Profiles, asking: list[Organisation]) -> float:
    """Milliseconds that a plain loop takes for one of 10,000, scaled from fewer."""
    others = profiles.some(LOOPED)
    own = asking[0]
    return milliseconds(lambda: sorted(others, key=lambda one: -fit(own, one)[0])[:BEST]) * (
        10_000 / LOOPED
    )


def rapidfuzz_on_words(profiles: Profiles, asking: list[Organisation]) -> float:
    """Milliseconds that RapidFuzz takes for one of 10,000."""
    texts = [in_words(one.offers) for one in profiles.some(IN_WORDS)]
    wishes = [in_words(one.seeks) for one in asking[:WORDS_ASKED]]
    return milliseconds(
        lambda: [
            process.extract(one, texts, scorer=fuzz.token_set_ratio, limit=BEST) for one in wishes
        ]
    ) / len(wishes)


def main() -> None:
    """Measure, and say so."""
    profiles = Profiles()
    asking = profiles.some(ASKING, first=2_000_000)
    sizes = tuple(int(size.replace("_", "")) for size in sys.argv[1:]) or SIZES
    means = {several: measure(several, profiles, asking) for several in sizes}
    ours = means.get(10_000)
    if ours is None:
        return
    for name, alternative in (
        (f"a loop over fit ({LOOPED:,} profiles, scaled)", loop_over_fit),
        ("RapidFuzz token_set_ratio on the words", rapidfuzz_on_words),
    ):
        theirs = alternative(profiles, asking)
        print(f"10,000 by {name}: {theirs:,.0f} ms, {theirs / ours:,.0f} times ours")


if __name__ == "__main__":
    main()
