"""Keeping: how long what is remembered stays, before it is erased."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """Periods. `grace`: between a wish to be erased and its coming true."""

    grace: timedelta = timedelta(hours=48)
