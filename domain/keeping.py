"""Keeping: how long what is remembered stays, before it is erased."""

from dataclasses import dataclass
from datetime import timedelta

WARNING = timedelta(days=30)
"""So long before their data goes, people who are not here any more are told."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Periods.

    `grace`: between a wish to be erased and its coming true. Then, each counted from when it was
    over: `updates` that were handled (Telegram repeats one for a day), `notices` that were sent,
    the `trail` of who did what, `showings` of an organisation to another, `concerns` that were
    dealt with, and `introductions` that were withdrawn or never answered; `people` from when they
    were last here.
    """

    grace: timedelta = timedelta(hours=48)
    updates: timedelta = timedelta(days=3)
    notices: timedelta = timedelta(days=180)
    trail: timedelta = timedelta(days=365)
    showings: timedelta = timedelta(days=365)
    concerns: timedelta = timedelta(days=365)
    introductions: timedelta = timedelta(days=365)
    people: timedelta = timedelta(days=730)
