"""The trail: who did which verb to what."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. `subject` is a noun and an id ("organisation:12"); `by` is None for
    the command line, and for somebody who has been erased."""

    id: int
    at: datetime
    by: int | None
    verb: str
    subject: str

    def names(self, noun: str) -> int | None:
        """The id, where the subject is such a noun."""
        kind, _, number = self.subject.partition(":")
        return int(number) if kind == noun and number.isdecimal() else None
