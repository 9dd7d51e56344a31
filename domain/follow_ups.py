"""Follow-ups: who does what by when after a session."""

from dataclasses import dataclass
from datetime import date, datetime

LONGEST_WORDS = 300
MOST_OPEN = 50
"""Open follow-ups of one session."""
REMIND_DAYS = (3, 0)
"""So many days before the day it is due, who has promised it is reminded."""
MORNING = 9
"""At this hour of their own clocks."""
FURTHEST = 3 * 366
"""Days; nobody promises for later."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that a member has been asked to do, and may have promised.

    Open until it is done or declined. Without Telegram a member counts as having agreed, by the
    word of whoever entered it. `remind_at` is when to remind next.
    """

    id: int
    session: int
    membership: int
    words: str
    due_on: date
    created_at: datetime
    created_by: int | None = None
    agreed_at: datetime | None = None
    declined_at: datetime | None = None
    done_at: datetime | None = None
    remind_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether the member has still to say whether they will."""
        return self.agreed_at is None and self.declined_at is None

    @property
    def promised(self) -> bool:
        """Whether it is agreed and still to be done."""
        return self.agreed_at is not None and self.open

    @property
    def open(self) -> bool:
        """Whether it is neither done nor declined."""
        return self.done_at is None and self.declined_at is None
