"""Which exchanges come first for somebody, and which of them their words mean."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from domain.exchanges import Exchange
from domain.organisations import Sector
from domain.rules.plain_text import folded
from domain.rules.topic_kinship import PARENT, near

ALIKE = 80.0
"""From this likeness (0 to 100) a word is another spelling of one in a title."""
LEAST_OF_A_BEGINNING = 5
"""Letters with which a longer word may begin and be meant: "Abwasser" for "Abwasserreinigung"."""
OF_TOPICS, OF_SECTORS = 1.0, 0.3


def ranked(
    exchanges: Iterable[Exchange],
    wanted: Iterable[str],
    sectors: Iterable[Sector] = (),
) -> tuple[Exchange, ...]:
    """Exchanges in the order in which they fit somebody who is interested in these topics and
    works in these sectors; all of them, and what fits alike stays in its order."""
    topics, own = frozenset(wanted), frozenset(sectors)

    def fit(one: Exchange) -> float:
        return OF_TOPICS * nearness(one, topics) + OF_SECTORS * bool(one.sectors & own)

    return tuple(sorted(exchanges, key=lambda one: -fit(one)))


def meant(exchanges: Iterable[Exchange], words: str, topics: Iterable[str]) -> tuple[Exchange, ...]:
    """Those that somebody's words mean, best first: by the `topics` that the words name, or by the
    words of a title or a description in any language; () where none is meant."""
    named, said, several = frozenset(topics), _words(words), tuple(exchanges)
    worth = {
        one.id: max(by_words(one, said), one_or_nothing(nearness(one, named))) for one in several
    }
    found = [one for one in several if worth[one.id] > 0]
    return tuple(sorted(found, key=lambda one: -worth[one.id]))


def nearness(exchange: Exchange, topics: frozenset[str]) -> float:
    """How near an exchange's topics come to these, 0 to 1."""
    return max((near(one, other) for one in exchange.topics for other in topics), default=0.0)


def one_or_nothing(nearness: float) -> float:
    """A topic beside the one that was named is not what was meant."""
    return nearness if nearness >= PARENT else 0.0


def by_words(exchange: Exchange, said: tuple[str, ...]) -> float:
    """How many of the words, 0 to 1, stand in a title, half of it in a description; 0 where not
    at least half of them do."""
    if not said:
        return 0.0
    title = {word for text in exchange.title.values() for word in _words(text)}
    more = {word for text in exchange.description.values() for word in _words(text)}
    found = [_in(word, title) or _in(word, more) / 2 for word in said]
    there = sum(1 for one in found if one) / len(said)
    return sum(found) / len(said) if there >= 0.5 else 0.0


def _in(word: str, words: set[str]) -> float:
    """Whole words are compared, so that "AI" is not found in "retail"."""
    return max((_alike(word, one) for one in words), default=0.0)


def _alike(word: str, other: str) -> float:
    if len(word) >= LEAST_OF_A_BEGINNING and other.startswith(word):
        return 1.0
    likeness = fuzz.ratio(word, other)
    return likeness / 100 if likeness >= ALIKE and min(len(word), len(other)) > 3 else word == other


def _words(text: str) -> tuple[str, ...]:
    signs = "".join(one if one.isalnum() else " " for one in folded(text))
    return tuple(dict.fromkeys(one for one in signs.split() if len(one) > 1))
