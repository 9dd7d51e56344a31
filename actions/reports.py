"""Verbs about reports: report a person or an organisation, and settle a report."""

from datetime import timedelta

from actions import roles
from domain.clock import Clock
from domain.dismissals import Dismissal, Why
from domain.errors import NotYours, Refusal
from domain.introductions import IntroductionState
from domain.notices import ReportMade
from domain.organisations import Organisation
from domain.people import Person
from domain.reports import LONGEST_WORDS, MOST_A_DAY, AboutWhat, Cause, Report
from domain.rules.permissions import Verb
from domain.rules.plain_text import cleaned, says_something
from storage.store import Store

DAY = timedelta(days=1)


async def report(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    about: AboutWhat,
    subject: int,
    cause: Cause,
    words: str | None = None,
) -> Report:
    """Tell the coordinators, and hide the organisation from the reporter's. The same once more,
    while nobody has settled it, is the report that there is."""
    said = cleaned(words)[:LONGEST_WORDS] if words and says_something(words) else None
    async with store.transaction():
        own, other = await visible(store, by, about, subject)
        there = await store.reports.open_by(by.id, about, subject)
        if there is not None:
            return there
        if await store.reports.number_by(by.id, since=clock() - DAY) >= MOST_A_DAY:
            raise Refusal("refusal-reports-a-day", limit=MOST_A_DAY)
        made = await store.reports.add(
            cause, about=about, subject=subject, by=by.id, words=said, at=clock()
        )
        await _part(store, clock, by, own, other)
        told = await roles.concerned(store, Verb.SETTLE_CONCERNS)
        await store.outbox.add(ReportMade(made.id), [one.id for one in told], at=clock())
        return made


async def settle(store: Store, clock: Clock, *, by: Person, report: int) -> Report:
    """Mark a report as dealt with. Settling twice changes nothing."""
    async with store.transaction():
        await roles.require(store, by, Verb.SETTLE_CONCERNS)
        found = await store.reports.by_id(report)
        if found is None:
            raise NotYours
        if await store.reports.settle(report, by=by.id, at=clock()):
            await store.roles.record("settle-report", f"report:{report}", by=by.id, at=clock())
        return await store.reports.by_id(report) or found


async def visible(
    store: Store, by: Person, about: AboutWhat, subject: int
) -> tuple[Organisation, Organisation]:
    """The reporter's organisation and the one that is reported, or whose person is; only what has
    been shown to them can be reported."""
    own = await store.organisations.of(by.id)
    other = (
        await store.organisations.by_id(subject)
        if about is AboutWhat.ORGANISATION
        else await store.organisations.of(subject)
    )
    if own is None or other is None or own.id == other.id:
        raise NotYours
    between = await store.introductions.between(own.id, other.id)
    introduced = between is not None and between.state is IntroductionState.ACCEPTED
    if not introduced and (about is AboutWhat.PERSON or not (own.published and other.published)):
        raise NotYours
    return own, other


async def _part(
    store: Store, clock: Clock, by: Person, own: Organisation, other: Organisation
) -> None:
    """They are not suggested to each other any more, and a request between them ends quietly."""
    await store.dismissals.put(Dismissal(own.id, other.id, Why.REPORTED, clock()), by=by.id)
    between = await store.introductions.between(own.id, other.id)
    if between is not None and between.open:
        ours = between.asking == own.id
        state = IntroductionState.WITHDRAWN if ours else IntroductionState.DECLINED
        await store.introductions.settle(between.id, state, by=by.id, at=clock())
