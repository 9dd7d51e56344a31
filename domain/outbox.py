"""The outbox: what waits to be said, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.notices import AnnouncementProgress, Notice, Priority

LEAVING = "leaving"
"""The reason for which nothing is said to somebody who wishes to be erased."""

ONCE_MORE = (Priority.REMINDER,)
"""What is queued once more, and no more than once, when it is unknown whether it arrived."""
ONCE_MORE_KINDS = (AnnouncementProgress.__name__,)
"""The same whatever its priority: who has sent an announcement would not see any more how far it
is, and reads it twice at worst."""


class DeliveryState(StrEnum):
    """What each state of an outbox row means, and how it leaves."""

    QUEUED = "queued"
    """Written with its fact. Leaves when a worker claims it."""
    CLAIMED = "claimed"
    """A worker owns it until a time; when that passes it is queued again."""
    SENDING = "sending"
    """Committed just before the request. When its owner dies or the line breaks it is unknown."""
    SENT = "sent"
    """Telegram has taken it. Final."""
    BLOCKED = "blocked"
    """The person has blocked the bot, or is gone. Final."""
    FAILED = "failed"
    """Telegram refused it, with a reason. Final."""
    SKIPPED = "skipped"
    """There was nothing to say any more, with a reason. Final."""
    UNKNOWN = "unknown"
    """The line broke after Telegram may have taken it, or its owner died meanwhile. Final: it is
    not sent again unless a coordinator says so. Only a reminder is queued once more by itself, the
    first time: twice does less harm than never. Its second time is final."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the outbox in a worker's hands, for a person or for a Telegram group (ids of ours).
    `attempts` counts requests that certainly failed; `answers` says that its reader has just done
    what it is about, and waits for it."""

    id: int
    notice: Notice
    recipient: int | None
    attempts: int
    answers: bool = False
    group: int | None = None

    @property
    def addressee(self) -> tuple[int | None, int | None]:
        """To whom: what goes to one and the same keeps its order."""
        return self.recipient, self.group


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a delivery; `reason` is a short word for reports, never a text or a name."""

    state: DeliveryState
    reason: str | None = None
    message_id: int | None = None
