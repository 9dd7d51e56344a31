"""Roles beyond speaking for an organisation, and where each comes from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.people import Person


class Role(StrEnum):
    """What a person may do for everybody."""

    ADMINISTRATOR = "administrator"
    """Appoints and removes coordinators. The first redeems a code from the command line."""
    COORDINATOR = "coordinator"
    """Confirms organisations, admits people where nobody else can, merges duplicates."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds roles, the first of them since `since`."""

    person: Person
    roles: frozenset[Role]
    since: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code for a role. The code itself is known only here, and to whom it is told."""

    code: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StoredCode:
    """What is stored of a code. `made_by` is None for one that the command line has made."""

    digest: str
    role: Role
    made_by: int | None
    expires_at: datetime
    redeemed_by: int | None
    redeemed_at: datetime | None


class Outcome(StrEnum):
    """What came of redeeming a code."""

    GRANTED = "granted"
    HELD = "held"
    """They have the role already; the code stays as it was."""
    WRONG = "wrong"
    """Unknown, used, expired or withdrawn: who asks is not told which."""


@dataclass(frozen=True, slots=True)
class Redemption:
    """What came of redeeming a code; `role` is None where the code was wrong."""

    outcome: Outcome
    role: Role | None = None


CODE_BYTES = 16
"""So many random bytes: 128 bits, which nobody guesses. Written in hexadecimal digits: no phone
makes another sign of them, and a double tap selects all of them."""
CODE_LASTS = timedelta(hours=24)
"""How long a code from the command line can be redeemed."""
INVITATION_LASTS = timedelta(days=7)
"""How long an administrator's invitation can be: people are on holiday, too."""
MOST_OPEN = 10
"""Invitations of one administrator that wait at the same time."""
MOST_WRONG = 5
"""Wrong codes of one person within WRONG_WITHIN; then they have to wait."""
WRONG_WITHIN = timedelta(hours=1)
