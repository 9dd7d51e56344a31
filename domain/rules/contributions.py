"""What is brought to a session, by theme: what an agenda could be made of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.sessions import Contribution
from domain.topics import Topic

LONGEST = 300
"""Characters of a contribution: a sentence, not a paper."""
MOST = 5
"""So many does one member bring to a session."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Contributions on one theme, in the order in which they came; None: on none that is known."""

    theme: str | None
    contributions: tuple[Contribution, ...]


def by_theme(several: Iterable[Contribution], topics: Mapping[str, Topic]) -> tuple[Theme, ...]:
    """Each contribution once: under that of its themes which most others share, so that an agenda
    has few points; equal ones in the order of the topics. What most bring stands first, and last
    what belongs to no theme."""
    found = tuple(several)
    themes = {one.id: _themes(one, topics) for one in found}
    shared = Counter(theme for several_of in themes.values() for theme in several_of)
    order = {topic: at for at, topic in enumerate(topics)}
    groups: dict[str | None, list[Contribution]] = {}
    for one in found:
        likeliest = min(
            themes[one.id], key=lambda theme: (-shared[theme], order[theme]), default=None
        )
        groups.setdefault(likeliest, []).append(one)

    def place(theme: str | None) -> tuple[bool, int, int]:
        return theme is None, -len(groups[theme]), order[theme] if theme else 0

    return tuple(Theme(one, tuple(groups[one])) for one in sorted(groups, key=place))


def _themes(one: Contribution, topics: Mapping[str, Topic]) -> frozenset[str]:
    return frozenset(topics[topic].theme for topic in one.topics if topic in topics)
