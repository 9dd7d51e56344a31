"""Rounds: everyone of an exchange gets a peer, or a group for a workshop. What binds a group is
data; who was left out is listed with the reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PAIR, LARGEST = 2, 5
SIZES = range(PAIR, LARGEST + 1)
"""How many may be asked to sit together."""


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two organisations that sat together in an earlier round."""

    one: int
    other: int
    on: date


class BondKind(StrEnum):
    """What speaks for a group."""

    HELPS = "helps"
    """Some offer what others seek: a topic."""
    HELPS_NEARLY = "helps-nearly"
    """Some offer something near to what others seek: the topic that is offered."""
    SEEK_THE_SAME = "seek-the-same"
    """Several seek a topic that nobody in the group offers."""
    KNOW_THE_SAME = "know-the-same"
    """Several offer a topic that nobody in the group seeks."""
    LANGUAGE = "language"
    """A language that all speak who have stated theirs."""
    SECTOR = "sector"
    """A sector in which several work."""


class DoubtKind(StrEnum):
    """What speaks against a group, though it was made."""

    NOTHING_IN_COMMON = "nothing-in-common"
    """No topic and no sector; they were put together so that nobody is alone."""
    MET_BEFORE = "met-before"
    """Two that sat together on a day."""
    SAME_ORGANISATION = "same-organisation"
    """Some who speak for one organisation, and could meet without a round."""
    LANGUAGE_NOT_STATED = "language-not-stated"
    """Some of whom it is not known which languages they speak."""
    ODD_ONE = "odd-one"
    """Somebody who joins the others as one more, since the numbers do not work out."""
    OTHER_SIZE = "other-size"
    """The group is smaller or larger than was asked for: how many it is."""


@dataclass(frozen=True, slots=True)
class Bond:
    """One thing that speaks for a group: `of` are the members that give or share it, `to` those
    that receive it (none where all share alike). `subject` is a topic, language or sector id."""

    kind: BondKind
    subject: str
    of: tuple[int, ...]
    to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that speaks against a group; `subject` is a day (ISO 8601), a number, or ""."""

    kind: DoubtKind
    of: tuple[int, ...]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Members by their ids, in order. `score` is 0 to 1: how well two of them go together, on
    average. `odd` joined the others as one more."""

    members: tuple[int, ...]
    score: float
    reasons: tuple[Bond, ...]
    against: tuple[Doubt, ...] = ()
    odd: int | None = None


class WhyUnplaced(StrEnum):
    """Why somebody has no group."""

    ALONE = "alone"
    """Nobody else takes part."""
    NO_LANGUAGE = "no-language"
    """No language in common with anybody."""
    NO_GROUP = "no-group"
    """A language in common with somebody, but with no whole group that has room."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody for whom there is no group, and why. `nearest`: with whom they share a language."""

    organisation: int
    why: WhyUnplaced
    nearest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Who sits with whom. The same people, size and seed give the same round."""

    seed: int
    size: int
    groups: tuple[Group, ...]
    unplaced: tuple[Unplaced, ...]

    @property
    def score(self) -> float:
        """How well people go with those they sit with, on average, 0 to 1; 0 where nobody does."""
        people = sum(len(one.members) for one in self.groups)
        return sum(one.score * len(one.members) for one in self.groups) / people if people else 0.0
