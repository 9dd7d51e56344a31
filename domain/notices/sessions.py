"""Notices about sessions of exchanges."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.rules.reminders import IN_TIME_ONLY
from domain.told import Told


@dataclass(frozen=True, slots=True)
class AboutSession(Notice):
    """A notice about a session as it was at a moment: `sequence` counts what its members were told
    of it, so that each change is told once."""

    session: int
    sequence: int

    @property
    def subject(self) -> str:
        """The session as it was then."""
        return f"session:{self.session}:{self.sequence}"


class SessionAnnounced(AboutSession):
    """To members, and into the exchange's group: a session is planned; do you come?"""


class SessionChanged(AboutSession):
    """The same: it takes place at another time, elsewhere, or otherwise."""


class SessionCancelled(AboutSession):
    """The same: it does not take place."""


@dataclass(frozen=True, slots=True)
class SessionReminder(Notice):
    """To members: it begins in so many minutes. `starts_at` is when, in seconds since 1970: after a
    move they are reminded of the new time."""

    session: int
    minutes: int
    starts_at: int

    @property
    def subject(self) -> str:
        """The session at this time, and how long before."""
        return f"session:{self.session}:{self.starts_at}:{self.minutes}"

    @property
    def priority(self) -> Priority:
        """A reminder's."""
        return Priority.REMINDER

    @property
    def told(self) -> Told:
        """Reminders can be switched off."""
        return Told.REMINDERS

    @property
    def keeps_its_time(self) -> bool:
        """Shortly before it begins there is no later."""
        return self.minutes <= IN_TIME_ONLY


@dataclass(frozen=True, slots=True)
class AboutSeries(Notice):
    """A notice about a series from its session `first` on; `sequence` counts what its members were
    told of the whole of it, so that each change is told once."""

    series: int
    first: int
    sequence: int

    @property
    def subject(self) -> str:
        """The series as it was then."""
        return f"series:{self.series}:{self.sequence}"


class SeriesAnnounced(AboutSeries):
    """To members, and into the exchange's group: these sessions are planned; do you come?"""


class SeriesChanged(AboutSeries):
    """The same: they take place at another time, elsewhere, or otherwise."""


class SeriesCancelled(AboutSeries):
    """The same: they do not take place."""
