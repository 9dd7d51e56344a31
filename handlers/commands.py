"""Commands: which there are, and whose. The menus and /help are made of this table.

A command that a menu does not show is understood all the same; whether somebody may do what is
behind it, its verb asks.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from domain.roles import Role

MENU = (
    "start",
    "profile",
    "partners",
    "introductions",
    "exchanges",
    "sessions",
    "feedback",
    "organisation",
    "language",
    "settings",
    "privacy",
    "help",
    "cancel",
)
"""Everybody's, in the order in which they are shown. Strangers see the same menu: keep it short."""

ONLY_IN_HELP: tuple[str, ...] = (
    "practices",
    "mydata",
    "deletemydata",
)
"""Everybody's, too, but used too seldom for the menu."""

OF_ROLE: Mapping[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.COORDINATOR: ("announce", "organisations", "concerns", "coordinators"),
        Role.ADMINISTRATOR: ("announce", "organisations", "concerns", "coordinators"),
    }
)
"""Those that a role adds, in the menu of who holds it. An administrator who is no coordinator may
do what coordinators do, but is only shown it where it stands in both rows."""


def menu(roles: Iterable[Role]) -> tuple[str, ...]:
    """What the menu of somebody with these roles shows."""
    return (*MENU, *_added_by(roles))


def all_of(roles: Iterable[Role]) -> tuple[str, ...]:
    """Everything that somebody with these roles may say."""
    return (*MENU, *ONLY_IN_HELP, *_added_by(roles))


def _added_by(roles: Iterable[Role]) -> tuple[str, ...]:
    held = frozenset(roles)
    added = [name for role, names in OF_ROLE.items() if role in held for name in names]
    return tuple(dict.fromkeys(added))


COMMANDS = all_of(Role)
"""All that there are."""
