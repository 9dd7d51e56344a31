"""How near two topics are: the same, one above the other, beside each other, or two steps apart.

Who asks for leak detection is helped by who offers all about water losses, if less surely.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from domain.topics import Topic, load_topics

SAME, PARENT, SIBLING, GRANDPARENT = 1.0, 0.6, 0.4, 0.35
"""As measured on planted pairs of profiles (docs/matching.md)."""
DEGREES = (SAME, PARENT, SIBLING, GRANDPARENT)

_BY_STEPS = {(0, 0): SAME, (0, 1): PARENT, (1, 0): PARENT, (1, 1): SIBLING}
_BY_STEPS |= {(0, 2): GRANDPARENT, (2, 0): GRANDPARENT}


@cache
def near(one: str, other: str) -> float:
    """How near two topics are, 0 to 1; the same from both sides, and 0 for a topic that is not
    known."""
    topics = load_topics()
    return degree(line_of(topics, one), line_of(topics, other))


def degree(own: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How near two topics are by their lines (`line_of`), 0 to 1."""
    for up, above in enumerate(own):
        if above in other:
            return _BY_STEPS.get((up, other.index(above)), 0.0)
    return 0.0


@cache
def themes() -> tuple[str, ...]:
    """The topics that others belong to; some of them stand beneath a wider theme."""
    return tuple(topic.id for topic in load_topics().values() if topic.theme == topic.id)


@cache
def beneath(theme: str) -> tuple[str, ...]:
    """The finer topics that belong to a theme; () for a topic that is no theme."""
    topics = load_topics().values()
    return tuple(one.id for one in topics if one.theme == theme and one.id != theme)


@lru_cache(maxsize=1024)
def with_finer(topics: frozenset[str]) -> frozenset[str]:
    """These topics and all that are finer: whoever asks for one means those beneath it, too."""
    known = load_topics()
    return topics | {one for one in known if not topics.isdisjoint(line_of(known, one))}


def line_of(topics: Mapping[str, Topic], topic: str) -> tuple[str, ...]:
    """A topic, what stands above it, and so on; () for a topic that is not known."""
    line: list[str] = []
    at: str | None = topic
    while at is not None and at in topics:
        line.append(at)
        at = topics[at].parent
    return tuple(line)
