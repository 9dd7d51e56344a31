"""Verbs about an announcement that has been told: its report, changing it, taking it back, sending
it again to those of whom it is unknown whether they have it."""

from datetime import datetime

from actions import changing
from actions.announcing import handled, handles, looked_at, may_tell, require_length
from actions.roles import require
from domain.announcements import (
    ALONE_UP_TO,
    Announcement,
    AnnouncementState,
    Line,
    ProposedChange,
    Report,
)
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.languages import LANGUAGES
from domain.notices import AnnouncementMade, AnnouncementProgress
from domain.people import Person
from domain.rules.announcements import may_become, needs_release
from domain.rules.permissions import Verb
from storage.store import Store

_S = AnnouncementState


async def report(store: Store, *, by: Person, announcement: int) -> tuple[Announcement, Report]:
    """An announcement, and what became of it so far."""
    one = await _reported(store, by, announcement)
    return one, await store.announced.report(one)


async def lines(store: Store, *, by: Person, announcement: int) -> tuple[Line, ...]:
    """What became of it for each recipient, for the report's file."""
    one = await _reported(store, by, announcement)
    return await store.announced.lines(one)


async def _reported(store: Store, by: Person, announcement: int) -> Announcement:
    """One whose readers the person may know of: not whoever only looks at a change of it."""
    one = await looked_at(store, by=by, announcement=announcement)
    if not await handles(store, by, one):
        raise NotYours
    return one


async def _require_telling(store: Store, by: Person, one: Announcement) -> None:
    if not await may_tell(store, by, one):
        raise NotYours


async def edit(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    announcement: int,
    language: str,
    html: str,
    alone_up_to: int = ALONE_UP_TO,
) -> tuple[Announcement, ProposedChange | None]:
    """Let one that has been told read so in a language: for who has it, and for who waits. Where
    more people were meant than one may write to alone, the other coordinators are asked first:
    then the change that waits comes with it."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if not one.told or one.state is _S.WITHDRAWN:
            raise Refusal("refusal-announcement-not-told")
        await _require_telling(store, by, one)
        if language not in LANGUAGES:
            raise Refusal("refusal-announcement-language")
        require_length(one, html)
        if one.texts.get(language) == html:
            return one, None
        if needs_release(one.number or 0, alone_up_to):
            return one, await changing.ask_others(store, clock, one, by, language, html)
        return await changing.make(store, clock, one, by, language, html), None


async def withdraw(store: Store, clock: Clock, *, by: Person, announcement: int) -> Announcement:
    """Take it back from everybody who has it; who waits is not told any more, and a change that
    waits is dropped. Alone and at once, however many have it. Twice changes nothing."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.state is _S.WITHDRAWN:
            return one
        if not one.told or not may_become(one, _S.WITHDRAWN):
            raise Refusal("refusal-announcement-not-told")
        await store.announced.stop(one, reason="withdrawn", at=clock())
        await store.announced.take_back(one, at=clock())
        await store.proposed_changes.drop(one.id)
        await store.announcements.set(
            one.id, state=_S.WITHDRAWN.value, ended_at=one.ended_at or clock()
        )
        await _record(store, clock, "withdraw-announcement", one, by)
        return await _again(store, one)


async def retry_unknown(
    store: Store, clock: Clock, *, by: Person, announcement: int
) -> tuple[Announcement, int]:
    """Send it again to those of whom it is unknown whether they have it: they may read it twice.
    How many; asked again, none."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.state not in (_S.SENDING, _S.SENT):
            raise Refusal("refusal-announcement-not-told")
        await _require_telling(store, by, one)
        number = await store.outbox.retry_unknown(AnnouncementMade, one.subject, at=clock())
        if number:
            await store.announcements.set(one.id, state=_S.SENDING.value, ended_at=None)
            await _record(store, clock, "retry-announcement", one, by)
            await watch(store, clock, one, by)
        return await _again(store, one), number


async def watch(store: Store, clock: Clock, one: Announcement, person: Person) -> None:
    """Show somebody how far it is, in a new message that is changed as it goes on."""
    await store.announced.forget_watched(one.id)
    notice = AnnouncementProgress(one.id)
    await store.outbox.add(notice, [person.id], at=clock(), answering=person.id)


async def follow(store: Store, clock: Clock) -> int:
    """End what is over, and have the messages changed that show how far others are; how many."""
    running = await store.announcements.sending()
    if not running and not await store.announced.watched():
        return 0
    async with store.transaction():
        for each in running:
            await store.announcements.lock(each.id)
            one = await _again(store, each)
            if one.state is _S.SENDING and not (await store.announced.report(one)).waiting:
                await store.announcements.set(one.id, state=_S.SENT.value, ended_at=clock())
        return await _show_again(store, clock)


async def _show_again(store: Store, clock: Clock) -> int:
    number = 0
    for watched in await store.announced.watched():
        one = await store.announcements.by_id(watched.notice.announcement)
        if one is None:
            continue
        found = await store.announced.report(one)
        over = one.state is not _S.SENDING and not found.waiting
        settled = found.audience - found.waiting
        if settled != watched.notice.settled or over:
            notice = AnnouncementProgress(one.id, watched.message, settled, int(over))
            await store.announced.show_again(watched, notice, at=clock())
            number += 1
    return number


async def _again(store: Store, one: Announcement) -> Announcement:
    return await store.announcements.by_id(one.id) or one


async def _record(store: Store, clock: Clock, verb: str, one: Announcement, by: Person) -> None:
    await require(store, by, Verb.ANNOUNCE)
    await store.roles.record(verb, one.subject, by=by.id, at=clock())


async def keep_totals(store: Store, *, before: datetime) -> None:
    """Put down what became of announcements whose deliveries are about to be forgotten; in a
    transaction of the caller."""
    for one in await store.announcements.without_totals(begun_before=before):
        parts = await store.announced.parts(one)
        totals = {f"{part.state.value}:{part.reason or ''}": part.number for part in parts}
        await store.announcements.set(one.id, totals=totals)
