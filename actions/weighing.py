"""Weighing who sits with whom without holding anybody up: small rounds in a thread; large ones in
a process of their own, since the matching of pairs keeps Python's lock (2 s for 1,000 people who
are all alike, 0.04 s for 300)."""

import asyncio
import pickle
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from domain.organisations import Organisation
from domain.rounds import Encounter, Round
from matching.rounds import make_round

IN_A_THREAD = 300
"""So many people, at most, are weighed in a thread."""


async def weigh(
    people: Sequence[Organisation],
    size: int,
    *,
    seed: int,
    earlier: Iterable[Encounter],
    on: date,
    in_a_thread: int = IN_A_THREAD,
) -> Round:
    """As make_round says, wherever it is done."""
    call = partial(make_round, people, size, seed=seed, earlier=tuple(earlier), on=on)
    if len(people) <= in_a_thread:
        return await asyncio.to_thread(call)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        said, _ = await child.communicate(await asyncio.to_thread(pickle.dumps, call))
    finally:
        # Whoever is stopped meanwhile leaves nothing behind.
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise RuntimeError(f"weighing a round ended with {child.returncode}")
    made = await asyncio.to_thread(pickle.loads, said)
    if not isinstance(made, Round):
        raise TypeError("weighing a round gave none")
    return made


def main() -> None:
    """The process of its own: a call comes in, a round goes out."""
    call = pickle.load(sys.stdin.buffer)  # noqa: S301, because our own parent process writes it
    pickle.dump(call(), sys.stdout.buffer)


if __name__ == "__main__":
    main()
