"""Notices about roles that are given, taken up and taken."""

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, slots=True)
class AboutRole(Notice):
    """A notice about a role that was given or taken, by its entry in the trail: the same role may
    be given to the same person more than once."""

    entry: int

    @property
    def subject(self) -> str:
        """The entry in the trail."""
        return f"trail:{self.entry}"


class RoleGiven(AboutRole):
    """An administrator has given you a role."""


class RoleTaken(AboutRole):
    """An administrator has taken a role from you."""


class RoleRedeemed(AboutRole):
    """Somebody has taken up an invitation: to the administrators."""
