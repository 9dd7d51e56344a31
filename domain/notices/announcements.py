"""Notices about announcements: to those who are meant, and to coordinators."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.told import Told


@dataclass(frozen=True, slots=True)
class AboutAnnouncement(Notice):
    """A notice about an announcement."""

    announcement: int

    @property
    def subject(self) -> str:
        """The announcement."""
        return f"announcement:{self.announcement}"


@dataclass(frozen=True, slots=True)
class AnnouncementMade(AboutAnnouncement):
    """The announcement itself, to everybody who is meant. `version` is how it read when this was
    last queued: who has been told an earlier one is told of the change."""

    version: int

    @property
    def priority(self) -> Priority:
        """After everything that concerns a few."""
        return Priority.ANNOUNCEMENT

    @property
    def told(self) -> Told | None:
        """Who does not wish announcements is not told."""
        return Told.ANNOUNCEMENTS


@dataclass(frozen=True, slots=True)
class AnnouncementEdited(AboutAnnouncement):
    """What was told reads otherwise from now on; each change once."""

    version: int

    @property
    def subject(self) -> str:
        """The announcement as it was then."""
        return f"announcement:{self.announcement}:{self.version}"

    @property
    def priority(self) -> Priority:
        """As the announcement itself."""
        return Priority.ANNOUNCEMENT

    @property
    def silent(self) -> bool:
        """It only changes what is there."""
        return True


@dataclass(frozen=True, slots=True)
class AnnouncementWithdrawn(AboutAnnouncement):
    """What was told is taken back."""

    @property
    def silent(self) -> bool:
        """It only takes away what is there."""
        return True


@dataclass(frozen=True, slots=True)
class AboutRelease(AboutAnnouncement):
    """A notice about an announcement to many, which another coordinator has to look at, too. A
    later version is another one to look at."""

    version: int

    @property
    def subject(self) -> str:
        """The announcement as it was then."""
        return f"announcement:{self.announcement}:{self.version}"


@dataclass(frozen=True, slots=True)
class AnnouncementToRelease(AboutRelease):
    """To the other coordinators: somebody has to look at it."""


@dataclass(frozen=True, slots=True)
class AnnouncementReleased(AboutRelease):
    """To who wanted it sent: another coordinator has released it."""


@dataclass(frozen=True, slots=True)
class AboutChange(AboutAnnouncement):
    """A notice about a change of an announcement that many have been told, which another
    coordinator has to look at, too. `number` is the proposal's: a later one is another."""

    number: int

    @property
    def subject(self) -> str:
        """The proposal."""
        return f"announcement:{self.announcement}:{self.number}"


@dataclass(frozen=True, slots=True)
class AnnouncementChangeToRelease(AboutChange):
    """To the other coordinators: somebody has to look at the new text."""


@dataclass(frozen=True, slots=True)
class AnnouncementChangeReleased(AboutChange):
    """To who proposed it: another coordinator has released the change, and it is made."""


@dataclass(frozen=True, slots=True)
class AnnouncementProgress(AboutAnnouncement):
    """To who has sent it: how far it is, in one message that is changed as it goes on.

    `message` is that message (0: not sent yet), `settled` how many deliveries had been settled when
    this was last queued, `ended` 1 once nothing more will happen.
    """

    message: int = 0
    settled: int = 0
    ended: int = 0

    @property
    def silent(self) -> bool:
        """Whoever has sent it waits for it."""
        return True
