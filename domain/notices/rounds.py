"""Notices about rounds within exchanges."""

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, slots=True)
class AboutRounds(Notice):
    """A notice about a programme of rounds."""

    programme: int

    @property
    def subject(self) -> str:
        """The programme."""
        return f"round-programme:{self.programme}"


class RoundInvited(AboutRounds):
    """To members: there will be rounds; do you take part?"""


class RoundsStopped(AboutRounds):
    """To who takes part: there will be no more rounds."""


@dataclass(frozen=True, slots=True)
class RoundsPaused(Notice):
    """To who takes part: the next round, by its number, waits until further notice."""

    programme: int
    number: int

    @property
    def subject(self) -> str:
        """The round that does not come."""
        return f"round-programme:{self.programme}:{self.number}"


@dataclass(frozen=True, slots=True)
class AboutRoundGroup(Notice):
    """A notice to the members of a group."""

    group: int

    @property
    def subject(self) -> str:
        """The group."""
        return f"round-group:{self.group}"


class RoundOpened(AboutRoundGroup):
    """With whom you sit, why, and what to begin with."""


class RoundHalfTime(AboutRoundGroup):
    """Half of the time is over: have you met?"""


class RoundAsked(AboutRoundGroup):
    """It comes to its end: have you met, and did it help?"""


class RoundBroken(AboutRoundGroup):
    """The others of the group have gone, or cannot: the reader is alone in it."""


@dataclass(frozen=True, slots=True)
class RoundToForward(Notice):
    """To who runs the exchange: the opening for a member without Telegram, to be passed on."""

    group: int
    membership: int

    @property
    def subject(self) -> str:
        """The group and the member."""
        return f"round-group:{self.group}:{self.membership}"


@dataclass(frozen=True, slots=True)
class AboutRound(Notice):
    """A notice about a round that was made."""

    round: int

    @property
    def subject(self) -> str:
        """The round."""
        return f"round:{self.round}"


class RoundUnplaced(AboutRound):
    """To who takes part and has no group: why, and what helps."""


class RoundMade(AboutRound):
    """To who runs the exchange: how many sit in groups, and how many do not, and why."""
