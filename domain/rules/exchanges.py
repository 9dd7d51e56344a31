"""Who may do what in an exchange."""

from collections.abc import Collection
from datetime import datetime

from domain.exchanges import HAND_ON_AFTER, Entry, Exchange, Membership
from domain.roles import Role


def may_run(person: int, coordinators: Collection[int], roles: Collection[Role]) -> bool:
    """Whether somebody runs an exchange: its coordinators, as long as they hold that role, and
    administrators, so that nothing is left without anybody."""
    own = person in coordinators and Role.COORDINATOR in roles
    return own or Role.ADMINISTRATOR in roles


def may_answer(
    request: Membership,
    person: int,
    coordinators: Collection[int],
    roles: Collection[Role],
    now: datetime,
) -> bool:
    """Whether somebody may answer a request to join, or see what came of it: who runs the exchange,
    and every coordinator once it has waited too long. A member who never waited so long, or was
    entered, is nothing to the coordinators of other exchanges."""
    if may_run(person, coordinators, roles):
        return True
    theirs = request.open or request.handed_on_at is not None or request.settled_by == person
    return Role.COORDINATOR in roles and theirs and now >= request.asked_at + HAND_ON_AFTER


def is_listed(exchange: Exchange, *, runs: bool, member: bool, invited: bool) -> bool:
    """Whether somebody is shown that it exists."""
    if runs or member:
        return True
    return exchange.running and (exchange.entry is not Entry.BY_INVITATION or invited)
