"""Notices to people who were away: what waits, and that they are about to be forgotten."""

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, slots=True)
class WelcomeBack(Notice):
    """Somebody has come back after having blocked the bot, or after a long time: what waits.

    `moment`, in seconds since 1970, tells one return from another.
    """

    moment: int

    @property
    def subject(self) -> str:
        """The return."""
        return f"return:{self.moment}"


@dataclass(frozen=True, slots=True)
class InactivityWarned(Notice):
    """Somebody has not been here for very long: their data goes. `until`, in seconds since 1970, is
    when; it tells one warning from another."""

    until: int

    @property
    def subject(self) -> str:
        """When."""
        return f"until:{self.until}"
