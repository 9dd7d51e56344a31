"""Verbs about sessions: plan, announce, move, change, cancel; one, or a series from there on.

What members are told is told once, however often a verb is repeated: each verb changes only what
is not so yet. Two coordinators at once wait for each other at the exchange.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from actions import reminders, rsvps, telling
from actions.recurring import occurrences
from actions.running import require_running_alone, runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange
from domain.languages import LANGUAGES
from domain.notices import (
    AboutSeries,
    AboutSession,
    SeriesAnnounced,
    SeriesCancelled,
    SeriesChanged,
    SessionAnnounced,
    SessionCancelled,
    SessionChanged,
)
from domain.people import Person
from domain.planning import Details, Plan
from domain.rules.local_times import local_moment, wall_time
from domain.rules.sessions import flaw_in_changing, flaw_in_details, flaw_in_time
from domain.sessions import Session
from storage.store import Store


async def seen(store: Store, *, by: Person, session: int) -> tuple[Session, Exchange]:
    """A session with its exchange, for its members; a draft for who runs it. Its link lets people
    in, so that nobody else sees it."""
    found = await store.sessions.by_id(session)
    exchange = await store.exchanges.by_id(found.exchange) if found else None
    if found is None or exchange is None:
        raise NotYours
    membership = await store.memberships.between(exchange.id, by.id)
    member = membership is not None and membership.takes_part and found.announced
    if not member and not await runs(store, by, exchange.id):
        raise NotYours
    return found, exchange


def sketch(exchange: int, plan: Plan, rule: str | None) -> tuple[Session, ...]:
    """The sessions that a plan would make, to be looked at; nothing is written."""
    walls = occurrences(rule, plan.starts, plan.zone) if rule else (plan.starts,)
    moments = [local_moment(one, plan.zone).moment for one in walls]
    return tuple(
        Session(
            id=0,
            exchange=exchange,
            uid="",
            sequence=0,
            starts_at=moment,
            ends_at=moment + plan.lasts,
            zone=plan.zone,
            **_details(plan),
        )
        for moment in moments
    )


async def moved(
    store: Store, clock: Clock, session: Session, starts: datetime, lasts: timedelta
) -> tuple[Session, ...]:
    """A session as it would be if it were moved, and those after it in its series as they would be
    if they were moved by as much; nothing is written."""
    shift = starts - wall_time(session.starts_at, session.zone)
    several = await _scope(store, clock, session, onwards=True)
    return tuple(_shifted(one, shift, lasts) for one in several)


def _shifted(session: Session, shift: timedelta, lasts: timedelta) -> Session:
    """By as much on the wall of its zone."""
    wall = wall_time(session.starts_at, session.zone) + shift
    begins = local_moment(wall, session.zone).moment
    return replace(session, starts_at=begins, ends_at=begins + lasts)


def otherwise(session: Session, details: Details) -> Session:
    """A session as it would be if it were changed."""
    return replace(session, **details)


async def goes_on(store: Store, clock: Clock, session: Session) -> bool:
    """Whether more of its series is to come after it."""
    return len(await _scope(store, clock, session, onwards=True)) > 1


async def plan(
    store: Store, clock: Clock, *, by: Person, exchange: int, plan: Plan, rule: str | None = None
) -> tuple[Session, ...]:
    """Write a session down, or with an RRULE a series, as a draft. What is there already is
    returned as it is. An occurrence at a time that clocks leave out is moved behind the gap."""
    _refuse(flaw_in_details(_details(plan)))
    _refuse(flaw_in_time(plan.starts, plan.lasts, plan.zone, clock()))
    walls = occurrences(rule, plan.starts, plan.zone) if rule else (plan.starts,)
    _refuse(flaw_in_time(walls[0], plan.lasts, plan.zone, clock()))
    async with store.transaction():
        there = await require_running_alone(store, by, exchange)
        if not there.running:
            raise Refusal("refusal-session-exchange-closed")
        planned = await _planned_before(store, exchange, plan, walls[0])
        if planned:
            return planned
        return await _written(store, clock, by, exchange, plan, rule, walls)


async def announce(
    store: Store, clock: Clock, *, by: Person, session: int, onwards: bool = False
) -> tuple[Session, ...]:
    """Tell members of a draft, or of it and all drafts of its series after it; those that are
    announced now and were not before."""
    async with _running(store, clock, by, session, onwards) as at:
        drafts = [one for one in at.scope if not one.announced]
        for one in drafts:
            await store.sessions.change(one.id, announced_at=clock())
        return await at.told(drafts, SessionAnnounced, SeriesAnnounced)


async def reschedule(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    session: int,
    starts: datetime,
    lasts: timedelta,
    onwards: bool = False,
) -> tuple[Session, ...]:
    """Let a session begin at a time on a wall of its zone, and last so long; with those after it in
    its series, each is moved by as much on the wall. Who said that they come are still coming, and
    are asked anew. Those that were moved."""
    async with _running(store, clock, by, session, onwards) as at:
        _refuse(flaw_in_time(starts, lasts, at.session.zone, clock()))
        shift = starts - wall_time(at.session.starts_at, at.session.zone)
        moved = []
        for one in at.scope:
            then = _shifted(one, shift, lasts)
            if then != one:
                times = {"starts_at": then.starts_at, "ends_at": then.ends_at}
                await store.sessions.change(one.id, **times, **_next_sequence(one))
                moved.append(one)
        return await at.told(moved, SessionChanged, SeriesChanged)


async def change(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    session: int,
    details: Details,
    onwards: bool = False,
) -> tuple[Session, ...]:
    """Say something else of a session beside when it is; those that were changed. Where there are
    more seats, those who wait move up."""
    _refuse(flaw_in_details(details))
    values = _columns(details)
    async with _running(store, clock, by, session, onwards) as at:
        changed = [one for one in at.scope if _differs(one, details)]
        for one in changed:
            await store.sessions.change(one.id, **values, **_next_sequence(one))
            if "capacity" in details:
                await rsvps.fill(store, clock, one.id)
        return await at.told(changed, SessionChanged, SeriesChanged)


async def translate(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    session: int,
    language: str,
    title: str | None = None,
    agenda: str | None = None,
) -> tuple[Session, ...]:
    """Let the title, or the agenda, be read in one more language, of a session and of those after
    it in its series that are called the same; those that were changed. Members are not told: the
    session is what it was."""
    said = Details()
    if title is not None:
        said["title"] = {language: title}
    if agenda is not None:
        said["agenda"] = {language: agenda}
    _refuse(None if language in LANGUAGES else "refusal-session-language")
    _refuse(flaw_in_details(said))
    async with _running(store, clock, by, session, onwards=True) as at:
        here = at.session
        more = Details(
            title={**here.title, **said.get("title", {})},
            agenda={**here.agenda, **said.get("agenda", {})},
        )
        alike = [one for one in at.scope if (one.title, one.agenda) == (here.title, here.agenda)]
        changed = [one for one in alike if _differs(one, more)]
        for one in changed:
            await store.sessions.change(one.id, **_columns(more))
        return tuple((await store.sessions.several(one.id for one in changed)).values())


async def cancel(
    store: Store, clock: Clock, *, by: Person, session: int, onwards: bool = False
) -> tuple[Session, ...]:
    """A session does not take place, or neither do those after it in its series; those that are
    cancelled now and were not before."""
    async with _running(store, clock, by, session, onwards, also_cancelled=True) as at:
        taking_place = [one for one in at.scope if not one.cancelled]
        for one in taking_place:
            await store.sessions.change(one.id, cancelled_at=clock(), **_next_sequence(one))
        return await at.told(taking_place, SessionCancelled, SeriesCancelled)


@dataclass(frozen=True, slots=True)
class _At:
    """Who runs an exchange is at one of its sessions, and nobody else changes them meanwhile."""

    store: Store
    clock: Clock
    exchange: Exchange
    session: Session
    scope: Sequence[Session]

    async def told(
        self,
        changed: Sequence[Session],
        of_one: type[AboutSession],
        of_series: type[AboutSeries],
    ) -> tuple[Session, ...]:
        """Reminders follow what was changed, and members are told of what they know: of several
        sessions in one notice. The sessions as they are now."""
        there = await self.store.sessions.several(one.id for one in changed)
        now = tuple(there[one.id] for one in changed)
        for one in now:
            await reminders.follow(self.store, self.clock, one)
        known = [one for one in now if one.announced]
        if known:
            await telling.tell_members(
                self.store, self.clock, await self._notice(known, of_one, of_series), self.exchange
            )
        return now

    async def _notice(
        self,
        known: Sequence[Session],
        of_one: type[AboutSession],
        of_series: type[AboutSeries],
    ) -> AboutSession | AboutSeries:
        first = known[0]
        if len(known) == 1 or first.series is None:
            return of_one(first.id, first.sequence)
        time = await self.store.sessions.tell_of_series(first.series)
        return of_series(first.series, first.id, time)


@asynccontextmanager
async def _running(
    store: Store,
    clock: Clock,
    by: Person,
    session: int,
    onwards: bool,
    *,
    also_cancelled: bool = False,
) -> AsyncIterator[_At]:
    async with store.transaction():
        found = await store.sessions.by_id(session)
        if found is None:
            raise NotYours
        exchange = await require_running_alone(store, by, found.exchange)
        found = await store.sessions.by_id(session)
        if found is None:
            raise NotYours
        if not (also_cancelled and found.cancelled):
            _refuse(flaw_in_changing(found, clock()))
        yield _At(store, clock, exchange, found, await _scope(store, clock, found, onwards))


async def _scope(
    store: Store, clock: Clock, session: Session, onwards: bool
) -> tuple[Session, ...]:
    """The session, with those after it in its series that are still to come and take place."""
    if not onwards or session.series is None:
        return (session,)
    later = [
        one
        for one in await store.sessions.of_series(session.series)
        if (one.starts_at, one.id) > (session.starts_at, session.id)
        and flaw_in_changing(one, clock()) is None
    ]
    return (session, *later)


async def _written(
    store: Store,
    clock: Clock,
    by: Person,
    exchange: int,
    plan: Plan,
    rule: str | None,
    walls: Sequence[datetime],
) -> tuple[Session, ...]:
    series = None
    if rule:
        series = await store.sessions.add_series(exchange=exchange, rule=rule, zone=plan.zone)
    values = _columns(_details(plan))
    made = []
    for wall in walls:
        moment = local_moment(wall, plan.zone).moment
        made.append(
            await store.sessions.add(
                exchange=exchange,
                uid=f"{uuid4()}@partnerlotse",
                at=clock(),
                starts_at=moment,
                ends_at=moment + plan.lasts,
                zone=plan.zone,
                created_by=by.id,
                series_id=series.id if series else None,
                **values,
            )
        )
    return tuple(made)


async def _planned_before(
    store: Store, exchange: int, plan: Plan, starts: datetime
) -> tuple[Session, ...]:
    moment = local_moment(starts, plan.zone).moment
    for one in await store.sessions.beginning(exchange, moment):
        if one.title == plan.title and one.ends_at == moment + plan.lasts:
            return await store.sessions.of_series(one.series) if one.series else (one,)
    return ()


def _details(plan: Plan) -> Details:
    return Details(
        title=plan.title, agenda=plan.agenda, guests=plan.guests, place=plan.place,
        link=plan.link, capacity=plan.capacity, language=plan.language,
        interpreters=plan.interpreters, form=plan.form,
    )  # fmt: skip


def _columns(details: Details) -> dict[str, Any]:
    """What is said of a session, as it is written down."""
    values: dict[str, Any] = dict(details)
    for name in ("title", "agenda"):
        if name in values:
            values[name] = dict(values[name])
    if "form" in values:
        values["form"] = values["form"].value
    return values


def _differs(session: Session, details: Mapping[str, object]) -> bool:
    return any(getattr(session, name) != value for name, value in details.items())


def _next_sequence(session: Session) -> dict[str, int]:
    """Only what members know of is counted."""
    return {"sequence": session.sequence + 1} if session.announced else {}


def _refuse(flaw: str | None) -> None:
    if flaw is not None:
        raise Refusal(flaw)
