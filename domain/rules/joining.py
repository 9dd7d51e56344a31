"""When somebody may ask to join an exchange, and when they need not wait."""

from datetime import datetime

from domain.exchanges import ASK_AGAIN_AFTER, Entry, Exchange, Membership, MembershipState

_LATER = frozenset({MembershipState.DECLINED, MembershipState.REMOVED})


def may_ask_again(before: Membership | None, now: datetime) -> bool:
    """Whether somebody who stands so to an exchange may ask (again): who was declined or removed
    waits for a while."""
    if before is None or before.state not in _LATER:
        return True
    return before.settled_at is None or now >= before.settled_at + ASK_AGAIN_AFTER


def comes_in_at_once(exchange: Exchange, *, invited: bool) -> bool:
    """Whether nobody needs to admit them."""
    return invited or exchange.entry is Entry.OPEN
