"""Notices about replies to sessions."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority


@dataclass(frozen=True, slots=True)
class AboutReply(Notice):
    """A notice about a member's reply, to themselves if nothing else is said, `since` when it
    stands so, in microseconds: what happens again is told again."""

    session: int
    membership: int
    since: int

    @property
    def subject(self) -> str:
        """This reply."""
        return f"reply:{self.session}:{self.membership}:{self.since}"


class MovedUp(AboutReply):
    """A seat has become free, and they have it."""


class MovedUpToForward(AboutReply):
    """To who runs the exchange: a member without Telegram has it; the text is to be passed on."""


class Replied(AboutReply):
    """What they have replied, pressing a button in a group, where only they saw the answer."""


@dataclass(frozen=True, slots=True)
class ComingCounted(Notice):
    """Into an exchange's group only: how many come to a session is to be put right in the post
    about it. `moment` numbers the times at which that is done, so that it is not done too often."""

    session: int
    moment: int

    @property
    def subject(self) -> str:
        """The session, this time."""
        return f"coming:{self.session}:{self.moment}"

    @property
    def priority(self) -> Priority:
        """Nobody waits for it."""
        return Priority.ANNOUNCEMENT
