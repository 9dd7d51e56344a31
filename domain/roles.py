"""Roles beyond speaking for an organisation, and where each comes from."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do for everybody."""

    ADMINISTRATOR = "administrator"
    """Appoints and removes coordinators. The first redeems a code from the command line."""
    COORDINATOR = "coordinator"
    """Confirms organisations, admits people where nobody else can, merges duplicates."""
