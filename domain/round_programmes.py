"""Rounds that come again within an exchange: who takes part, who sits with whom, and what came
of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.exchanges import Membership
from domain.organisations import Organisation
from domain.people import Person
from domain.rounds import Bond, Doubt, WhyUnplaced

EVERY = (14, 28, 56, 91)
"""How many days may lie between two rounds: whole weeks, so that the day of the week stays."""
TIMES = (1, 3, 6, 12)
"""So many rounds are proposed."""
MOST_TIMES = 52
"""No programme is planned for longer than so many rounds."""
WRAP_UP = timedelta(days=2)
"""So long before the next round it is asked what came of this one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What rounds a coordinator has in mind: `first_on` and `until` are the days of the first and,
    at the latest, of the last one, by the clocks of the exchange."""

    size: int
    every_days: int
    first_on: date
    until: date


@dataclass(frozen=True, slots=True)
class Programme:
    """Rounds of an exchange. `next_at` is when the next one begins (None: there is none any more);
    `paused_at` and `stopped_at` say since when none is made."""

    id: int
    exchange: int
    size: int
    every_days: int
    until: date
    started_at: datetime
    next_at: datetime | None = None
    started_by: int | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it has not been stopped, and has not come to its end."""
        return self.stopped_at is None

    @property
    def paused(self) -> bool:
        """Whether no round is made for the time being."""
        return self.running and self.paused_at is not None


@dataclass(frozen=True, slots=True)
class Part:
    """Whether a member takes part in a programme; where there is none, they have not answered.
    From `paused_until` on they sit in a group again by themselves."""

    programme: int
    membership: int
    takes_part: bool
    since: datetime
    paused_until: date | None = None


class WhyNot(StrEnum):
    """Why a member sits in no group of a round."""

    ALONE = WhyUnplaced.ALONE.value
    NO_LANGUAGE = WhyUnplaced.NO_LANGUAGE.value
    NO_GROUP = WhyUnplaced.NO_GROUP.value
    NOT_ANSWERED = "not-answered"
    """Has not said whether to take part."""
    DECLINED = "declined"
    """Would rather not."""
    PAUSED = "paused"
    """Pauses until a day."""


LEFT_OUT = frozenset({WhyNot.ALONE, WhyNot.NO_LANGUAGE, WhyNot.NO_GROUP})
"""Why somebody sits in no group although they take part; they are told so."""


@dataclass(frozen=True, slots=True)
class HeldRound:
    """A round that has been made; `asked_at` is when its groups were asked what came of it."""

    id: int
    programme: int
    number: int
    begins_at: datetime
    ends_at: datetime
    seed: int
    nudged_at: datetime | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeatedGroup:
    """A group of a round; members in reasons are ids of memberships. `broken_at`: one of its
    members was told then that they are alone."""

    id: int
    round: int
    reasons: tuple[Bond, ...] = ()
    against: tuple[Doubt, ...] = ()
    broken_at: datetime | None = None


class Met(StrEnum):
    """Whether a group has met, as one of it says."""

    YES = "yes"
    NOT_YET = "not-yet"
    CANNOT = "cannot"
    """Will not meet."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a member sits in a round, or why nowhere; and what they say came of it."""

    round: int
    membership: int
    group: int | None = None
    why: WhyNot | None = None
    met: Met | None = None
    helped: bool | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What became of the members in a round: each is placed or without a group. Groups have met,
    have not, or nobody in them has answered; `helped` counts people."""

    placed: int
    without: dict[WhyNot, int]
    met: int
    not_met: int
    unanswered: int
    helped: int
    groups: int


@dataclass(frozen=True, slots=True)
class Sitter:
    """A member with who they are: no person where they have no Telegram, no organisation where they
    speak for none."""

    membership: Membership
    person: Person | None = None
    organisation: Organisation | None = None

    @property
    def id(self) -> int:
        """The id of the membership, which is theirs in a group."""
        return self.membership.id
