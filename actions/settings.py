"""Verbs about how somebody wishes to be told: zone, quiet hours, a pause, and of what.

Whatever was held is looked at anew after each of them.
"""

from datetime import datetime, timedelta

from domain.clock import Clock
from domain.consents import Piece
from domain.errors import Refusal
from domain.people import Person, QuietHours
from domain.rules.hours import known_zone
from domain.rules.wishes import wishes
from domain.told import NEWS, Told
from storage.store import Store

LONGEST_PAUSE = timedelta(days=366)
MINUTES_A_DAY = 24 * 60


async def live_in(store: Store, clock: Clock, *, by: Person, zone: str | None) -> Person:
    """Tell times in this zone, an IANA name; None: in that of the organisation's place."""
    if zone is not None and known_zone(zone) is None:
        raise Refusal("refusal-no-such-zone")
    return await _change(store, clock, by, zone=zone)


async def keep_quiet(store: Store, clock: Clock, *, by: Person, hours: QuietHours | None) -> Person:
    """Say nothing unasked between these hours; None: at any hour."""
    if hours is None:
        return await _change(store, clock, by, quiet_from=None, quiet_until=None)
    within_a_day = all(0 <= minute < MINUTES_A_DAY for minute in (hours.start, hours.end))
    if not within_a_day or hours.start == hours.end:
        raise Refusal("refusal-quiet-hours")
    return await _change(store, clock, by, quiet_from=hours.start, quiet_until=hours.end)


async def pause(store: Store, clock: Clock, *, by: Person, until: datetime | None) -> Person:
    """Say nothing unasked before a moment (UTC), which is to come within a year; None: go on."""
    if until is not None and until <= clock():
        raise Refusal("refusal-pause-past")
    if until is not None and until > clock() + LONGEST_PAUSE:
        raise Refusal("refusal-pause-long")
    return await _change(store, clock, by, paused_until=until)


async def tell_of(store: Store, clock: Clock, *, by: Person, what: Told, wished: bool) -> Person:
    """Tell a person of a subject, from now on or no longer."""
    async with store.transaction():
        now = await store.people.by_id(by.id) or by
        chosen = wishes(now) | {what} if wished else wishes(now) - {what}
        if chosen == wishes(now):
            return now
        # Who asks for news has thought better of taking back the consent to it.
        withheld = now.withheld - {Piece.NEWS.value} if wished and what in NEWS else now.withheld
        told = frozenset(one.value for one in chosen)
        return await _change(store, clock, now, told=told, withheld=withheld)


async def _change(store: Store, clock: Clock, person: Person, **values: object) -> Person:
    async with store.transaction():
        await store.people.change(person.id, **values)
        await store.outbox.let_go(person.id, at=clock())
        return await store.people.by_id(person.id) or person
