"""What a person may wish to be told of, or not."""

from enum import StrEnum


class Told(StrEnum):
    """Subjects of notices that people switch on and off; everything else is always told."""

    REMINDERS = "reminders"
    """That something still waits for an answer, or that a session begins."""
    FITTING = "fitting"
    """That a new organisation fits."""
    ANNOUNCEMENTS = "announcements"
    """What the coordinators announce to many."""


USUAL = frozenset({Told.REMINDERS, Told.ANNOUNCEMENTS})
"""What somebody is told who has not chosen; news of organisations only for those who ask."""

NEWS = frozenset({Told.FITTING, Told.ANNOUNCEMENTS})
"""What does not concern anything that the person has begun."""
