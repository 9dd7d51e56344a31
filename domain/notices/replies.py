"""Notices about replies to sessions."""

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, slots=True)
class AboutReply(Notice):
    """A notice to a member about their own reply, `since` when it stands so, in microseconds: what
    happens again is told again."""

    session: int
    membership: int
    since: int

    @property
    def subject(self) -> str:
        """This reply."""
        return f"reply:{self.session}:{self.membership}:{self.since}"


class MovedUp(AboutReply):
    """A seat has become free, and they have it."""


class Replied(AboutReply):
    """What they have replied, pressing a button in a group, where only they saw the answer."""
