"""Notices about sessions of exchanges."""

from dataclasses import dataclass

from domain.notices.base import Notice


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
