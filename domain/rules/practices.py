"""Who may read notes of good practice, and which of them come first."""

from collections.abc import Collection, Iterable

from domain.practices import Practice
from domain.rules.topic_kinship import near


def may_read(practice: Practice, exchanges: Collection[int], *, published: bool) -> bool:
    """Whether somebody may: who takes part in its exchange or runs it (`exchanges`), and, where
    its author has said so, everybody whose profile is `published`."""
    return practice.exchange in exchanges or (practice.open and published)


def kinship(practice: Practice, topics: Iterable[str]) -> float:
    """How near a note is to what is looked for, 0 to 1: its nearest topic to each, on average."""
    wanted = tuple(topics)
    if not wanted:
        return 1.0
    nearest = (max((near(one, own) for own in practice.topics), default=0.0) for one in wanted)
    return sum(nearest) / len(wanted)


def ordered(practices: Iterable[Practice], topics: Iterable[str]) -> tuple[Practice, ...]:
    """Those that have to do with the topics (all, where none is named), the nearest first, and of
    equally near ones the newest."""
    wanted = tuple(topics)
    rated = [(kinship(one, wanted), one) for one in practices]
    kept = [(rate, one) for rate, one in rated if rate > 0]
    kept.sort(key=lambda pair: (-pair[0], -pair[1].id))
    return tuple(one for _, one in kept)
