"""Whom a dismissal keeps from whom, and how long."""

from collections.abc import Iterable
from datetime import datetime

from domain.dismissals import Dismissal, Why


def holds(one: Dismissal, now: datetime) -> bool:
    """Whether it has not run out."""
    return one.until is None or now < one.until


def works_both_ways(one: Dismissal) -> bool:
    """Whether the dismissed side is not shown the other either. "Later" is said of a moment and
    not of the organisation: who finds us meanwhile may ask."""
    return one.why is not Why.LATER


def bars_requests(one: Dismissal) -> bool:
    """Whether the dismissed side cannot ask for an introduction any more. Only a report does:
    "not for us" is an opinion on a suggestion, and a request that comes all the same (from a card
    shown before) is put to us as any other, to be declined or not."""
    return one.why is Why.REPORTED


def hidden_from(
    organisation: int, dismissals: Iterable[Dismissal], now: datetime
) -> frozenset[int]:
    """Whom an organisation is not to be suggested, by its own dismissals and by others' of it."""
    hidden = set()
    for one in dismissals:
        if not holds(one, now):
            continue
        if one.organisation == organisation:
            hidden.add(one.other)
        elif one.other == organisation and works_both_ways(one):
            hidden.add(one.organisation)
    return frozenset(hidden)
