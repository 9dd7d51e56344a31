"""Verbs about reminders of sessions: whoever is to be reminded is, once, of the time that holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from actions.running import require_runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange, Membership
from domain.notices import SessionReminder
from domain.people import Person
from domain.rules.reminders import Unsaid, may_choose, moments, nearest, unsaid
from domain.sessions import Reminder, Session
from storage.store import Store

AT_ONCE = 50
"""So many reminders are looked for in one transaction; their sessions are seen to as a whole."""


async def follow(store: Store, clock: Clock, session: Session) -> None:
    """Let a session's reminders follow what it is now (announced, moved, or cancelled), and what
    its exchange and its members wish. In a transaction of the caller."""
    # First the lock: who waits for it then reads what the other has written.
    await store.sessions.lock(session.id)
    exchange = await store.exchanges.by_id(session.exchange)
    wished = set(exchange.reminders if exchange else ())
    wished.update(*(await store.reminders.chosen(session.exchange)).values())
    await store.reminders.set(session.id, moments(session, wished), now=clock())


async def remind_me(
    store: Store, clock: Clock, *, by: Person, exchange: int, minutes: Collection[int] | None
) -> Membership:
    """Remind a member so many minutes before each session of an exchange; None: as the exchange
    does; none at all: never. Raises Refusal."""
    async with store.transaction():
        membership = await _own(store, by, exchange)
        wanted = _sorted(minutes, membership.reminders or ())
        if membership.reminders != wanted:
            await store.memberships.change(
                membership.id, reminders=None if wanted is None else list(wanted)
            )
            await _follow_all(store, clock, exchange)
        return await _own(store, by, exchange)


async def remind_exchange(
    store: Store, clock: Clock, *, by: Person, exchange: int, minutes: Collection[int]
) -> Exchange:
    """Remind the members of an exchange so many minutes before each session, where they have not
    chosen otherwise. Raises Refusal."""
    async with store.transaction():
        there = await require_runs(store, by, exchange)
        wanted = _sorted(minutes, there.reminders) or ()
        if there.reminders != wanted:
            await store.exchanges.change(exchange, reminders=list(wanted))
            await _follow_all(store, clock, exchange)
        return await require_runs(store, by, exchange)


async def enqueue_due(store: Store, clock: Clock) -> int:
    """Remind of what is due: how many people are told anew. However many processes do it, and
    however long none did, each person is told once, of the nearest that is due."""
    told = 0
    while True:
        async with store.transaction():
            claimed = await store.reminders.claim(clock(), limit=AT_ONCE)
            told += await _remind_of(store, clock(), claimed)
        if not claimed:
            return told


async def _remind_of(store: Store, now: datetime, claimed: Collection[int]) -> int:
    due = await store.reminders.due(claimed, now)
    sessions = await store.sessions.several(claimed)
    exchanges = await store.exchanges.several({one.exchange for one in sessions.values()})
    told = 0
    for session, rows in groupby(sorted(due, key=_by_session), key=_by_session):
        there = sessions[session]
        told += await _Due(store, now, there, exchanges[there.exchange], tuple(rows)).remind()
    return told


def _by_session(one: Reminder) -> int:
    return one.session


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due of one session."""

    store: Store
    now: datetime
    session: Session
    exchange: Exchange
    rows: Sequence[Reminder]

    async def remind(self) -> int:
        """Tell whom each distance concerns, and record it; how many people are told anew."""
        chosen = await self.store.reminders.chosen(self.exchange.id)
        together, told = [one.minutes for one in self.rows], 0
        for row in self.rows:
            reason = unsaid(self.session, row.minutes, together, self.now)
            first = await self.store.reminders.done(row.id, at=self.now, reason=reason)
            if first and reason is not Unsaid.TOO_LATE:
                told += await self._tell(row.minutes, together, chosen)
        return told

    async def _tell(
        self, minutes: int, together: Sequence[int], chosen: Mapping[str, tuple[int, ...]]
    ) -> int:
        return await self.store.outbox.add_for_reminded(
            SessionReminder(self.session.id, minutes, int(self.session.starts_at.timestamp())),
            self.exchange.id,
            usual=nearest(self.exchange.reminders, together) == minutes,
            chosen=[how for how, own in chosen.items() if nearest(own, together) == minutes],
            at=self.now,
        )


async def _follow_all(store: Store, clock: Clock, exchange: int) -> None:
    """Let the reminders of all coming sessions follow, always in the same order of locks."""
    coming = await store.sessions.coming(exchange, since=clock(), limit=10_000)
    for session in sorted(coming, key=lambda one: one.id):
        await follow(store, clock, session)


async def _own(store: Store, by: Person, exchange: int) -> Membership:
    membership = await store.memberships.between(exchange, by.id)
    if membership is None or not membership.takes_part:
        raise NotYours
    return membership


def _sorted(minutes: Collection[int] | None, had: Collection[int]) -> tuple[int, ...] | None:
    """The distances as they are kept, longest first; raises Refusal where one is not offered."""
    if minutes is None:
        return None
    if not may_choose(minutes, had):
        raise Refusal("refusal-reminders")
    return tuple(sorted(set(minutes), reverse=True))
