"""What is known of an organisation from what it has done, and of two from what was between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How an organisation has fared here so far.

    `shown`: to how many others it was shown lately. `asked`, `answered`: introductions that others
    asked of it, and those of them that it answered in time. `told`, `helped`: the answers of others
    to "did it help?", and those that said yes. `active_on`: the day on which somebody of it was
    last here; None where that is not known.
    """

    shown: int = 0
    asked: int = 0
    answered: int = 0
    told: int = 0
    helped: int = 0
    active_on: date | None = None


NO_RECORD = TrackRecord()


@dataclass(frozen=True, slots=True)
class Taste:
    """What an organisation has said of those that were suggested to it, counted by trait.

    `less` counts its "not for us", `more` the introductions that came about and helped; the keys
    are those of `domain.rules.taste.traits_of`.
    """

    less: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, int] = field(default_factory=dict)


NO_TASTE = Taste()


@dataclass(frozen=True, slots=True)
class Ties:
    """What already is between an organisation and others.

    `gone`: ids of those that are not to be suggested (partners, settled or put aside).
    `shown`: ids of those that were shown to it lately, which is no reason to show them less.
    `twinned_places`: ids of places that are partners of the place where it lies.
    """

    gone: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    twinned_places: frozenset[str] = frozenset()
    taste: Taste = NO_TASTE


NO_TIES = Ties()
