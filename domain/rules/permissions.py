"""Who may do what for everybody: each verb that needs a role, and the roles that have it.

What somebody may do because they speak for an organisation is not here: the verbs about that
organisation ask for it themselves.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.roles import Role


class Verb(StrEnum):
    """A verb that needs a role. Its value is how the trail names it, at most 40 characters."""

    CONFIRM_ORGANISATION = "confirm-organisation"
    CONFIRM_VKU_MEMBERSHIP = "confirm-vku-membership"
    MERGE_ORGANISATIONS = "merge-organisations"
    HIDE_ORGANISATION = "hide-organisation"
    ADMIT_WHERE_NOBODY_ELSE_CAN = "admit-where-nobody-else-can"
    READ_CONCERNS = "read-concerns"
    SETTLE_CONCERNS = "settle-concerns"
    ANNOUNCE = "announce"
    BEGIN_EXCHANGE = "begin-exchange"
    READ_ROLES = "read-roles"
    READ_TRAIL = "read-trail"
    APPOINT_COORDINATOR = "appoint-coordinator"
    REMOVE_COORDINATOR = "remove-coordinator"
    APPOINT_ADMINISTRATOR = "appoint-administrator"
    REMOVE_ADMINISTRATOR = "remove-administrator"


_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Administrators too: where nobody has been made coordinator yet, somebody must be able to.
_COORDINATORS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

MAY: Mapping[Verb, frozenset[Role]] = MappingProxyType(
    {
        Verb.CONFIRM_ORGANISATION: _COORDINATORS,
        Verb.CONFIRM_VKU_MEMBERSHIP: _COORDINATORS,
        Verb.MERGE_ORGANISATIONS: _COORDINATORS,
        Verb.HIDE_ORGANISATION: _COORDINATORS,
        Verb.ADMIT_WHERE_NOBODY_ELSE_CAN: _COORDINATORS,
        Verb.READ_CONCERNS: _COORDINATORS,
        Verb.SETTLE_CONCERNS: _COORDINATORS,
        Verb.ANNOUNCE: _COORDINATORS,
        Verb.BEGIN_EXCHANGE: _COORDINATORS,
        Verb.READ_ROLES: _COORDINATORS,
        Verb.READ_TRAIL: _ADMINISTRATORS,
        Verb.APPOINT_COORDINATOR: _ADMINISTRATORS,
        Verb.REMOVE_COORDINATOR: _ADMINISTRATORS,
        Verb.APPOINT_ADMINISTRATOR: _ADMINISTRATORS,
        Verb.REMOVE_ADMINISTRATOR: _ADMINISTRATORS,
    }
)
"""The roles of which any one is enough. A verb that is not here is nobody's."""


def may(verb: Verb, roles: Iterable[Role]) -> bool:
    """Whether somebody who holds these roles may do it."""
    return not MAY.get(verb, frozenset()).isdisjoint(roles)


APPOINTING: Mapping[Role, Verb] = MappingProxyType(
    {
        Role.COORDINATOR: Verb.APPOINT_COORDINATOR,
        Role.ADMINISTRATOR: Verb.APPOINT_ADMINISTRATOR,
    }
)
REMOVING: Mapping[Role, Verb] = MappingProxyType(
    {
        Role.COORDINATOR: Verb.REMOVE_COORDINATOR,
        Role.ADMINISTRATOR: Verb.REMOVE_ADMINISTRATOR,
    }
)
