"""Verbs of sending an announcement: at once, in time, after another coordinator's look; and of
stopping it. The state is changed under a lock, so that it goes once, whoever presses."""

from datetime import datetime

from actions.announcing import count, handled, reach_of, require_reach
from actions.roles import allowed, require
from domain.announcements import ALONE_UP_TO, Announcement, AnnouncementState, Timing, When
from domain.audiences import Audience, Reach
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.notices import (
    AnnouncementMade,
    AnnouncementProgress,
    AnnouncementReleased,
    AnnouncementToRelease,
)
from domain.people import Person
from domain.roles import Role
from domain.rules.announcements import (
    begins_at,
    due_in,
    lacks,
    may_become,
    may_release,
    needs_release,
)
from domain.rules.permissions import Verb
from storage.store import Store

_S = AnnouncementState
ON_ITS_WAY = (_S.WAITING, _S.SCHEDULED, _S.SENDING, _S.SENT)


async def send(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    announcement: int,
    version: int,
    when: When | None = None,
    alone_up_to: int = ALONE_UP_TO,
) -> Announcement:
    """Send a draft as it was shown to the person (`version`), now or in time; where more people
    are meant than one may write to alone, ask the other coordinators first. What is on its way
    already is returned as it is."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.state in ON_ITS_WAY:
            return one
        await _require_ready(store, clock, by, one, version, when or When())
        number = (await count(store, by, one)).total
        if not number:
            raise Refusal("refusal-announcement-nobody")
        wish = when or When()
        await store.announcements.set(
            one.id, asked_by=by.id, timing=wish.timing.value, send_at=wish.at
        )
        one = await _again(store, one)
        await _record(store, clock, "send-announcement", one, by)
        if needs_release(number, alone_up_to):
            return await _ask_others(store, clock, by, one)
        return await _go(store, clock, one)


async def _require_ready(
    store: Store, clock: Clock, by: Person, one: Announcement, version: int, when: When
) -> None:
    if not one.changeable:
        raise Refusal("refusal-announcement-no-draft")
    if one.version != version:
        raise Refusal("refusal-announcement-changed")
    for missing in lacks(one):
        raise Refusal(f"refusal-announcement-no-{missing}")
    await require_reach(store, by, one.audience)
    past = when.at is not None and when.at <= clock()
    if when.timing is not Timing.NOW and (when.at is None or past):
        raise Refusal("refusal-announcement-past")


async def _ask_others(store: Store, clock: Clock, by: Person, one: Announcement) -> Announcement:
    others = [each for each in await coordinators(store) if may_release(one, each.id)]
    if not others:
        raise Refusal("refusal-nobody-to-release")
    await store.announcements.set(one.id, state=_S.WAITING.value)
    notice = AnnouncementToRelease(one.id, one.version)
    await store.outbox.add(notice, [each.id for each in others], at=clock())
    return await _again(store, one)


async def coordinators(store: Store) -> tuple[Person, ...]:
    """Everybody who may announce."""
    holding = [*await store.roles.holding(Role.COORDINATOR)]
    holding += await store.roles.holding(Role.ADMINISTRATOR)
    return tuple({each.id: each for each in holding}.values())


async def release(
    store: Store, clock: Clock, *, by: Person, announcement: int, version: int
) -> Announcement:
    """Let one that waits go out, as somebody who has not written it. What has been released
    already is returned as it is."""
    async with store.transaction():
        await require(store, by, Verb.ANNOUNCE)
        await store.announcements.lock(announcement)
        one = await store.announcements.by_id(announcement)
        if one is None:
            raise NotYours
        if one.state in ON_ITS_WAY and one.state is not _S.WAITING and one.released_by:
            return one
        if one.state is not _S.WAITING or one.version != version:
            raise Refusal("refusal-announcement-not-waiting")
        if not may_release(one, by.id):
            raise Refusal("refusal-announcement-own")
        await store.announcements.set(one.id, released_by=by.id)
        await _record(store, clock, "release-announcement", one, by)
        if one.asked_by is not None:
            released = AnnouncementReleased(one.id, one.version)
            await store.outbox.add(released, [one.asked_by], at=clock())
        return await _go(store, clock, await _again(store, one))


async def take_back(store: Store, *, by: Person, announcement: int) -> Announcement:
    """Make a draft again of what has not begun yet; a draft stays one."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.state is _S.DRAFT:
            return one
        if not may_become(one, _S.DRAFT):
            raise Refusal("refusal-announcement-begun")
        await store.announcements.change(
            one.id, state=_S.DRAFT.value, asked_by=None, released_by=None, due_at=None
        )
        return await _again(store, one)


async def cancel(store: Store, clock: Clock, *, by: Person, announcement: int) -> Announcement:
    """Stop one that is being sent: who has not been told is not told any more. Twice changes
    nothing."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.state is _S.CANCELLED:
            return one
        if one.state is not _S.SENDING:
            raise Refusal("refusal-announcement-not-sending")
        await store.announced.stop(one, reason="cancelled", at=clock())
        await _record(store, clock, "cancel-announcement", one, by)
        await store.announcements.set(one.id, state=_S.CANCELLED.value, ended_at=clock())
        return await _again(store, one)


async def begin_due(store: Store, clock: Clock) -> int:
    """Begin what is to begin by now; how many. Who wanted it must still be allowed to."""
    number = 0
    for due in await store.announcements.due(clock()):
        async with store.transaction():
            await store.announcements.lock(due.id)
            one = await store.announcements.by_id(due.id)
            if one is None or one.state is not _S.SCHEDULED:
                continue
            number += (await _begin(store, clock, one)).state is _S.SENDING
    return number


async def _go(store: Store, clock: Clock, one: Announcement) -> Announcement:
    due = begins_at(one.when, clock())
    if due <= clock():
        return await _begin(store, clock, one)
    await store.announcements.set(one.id, state=_S.SCHEDULED.value, due_at=due)
    return await _again(store, one)


async def _begin(store: Store, clock: Clock, one: Announcement) -> Announcement:
    """Write a delivery for everybody who is meant now."""
    asked = await store.people.by_id(one.asked_by) if one.asked_by else None
    if asked is None or one.audience is None or not await _may_still(store, asked, one):
        await store.announcements.set(one.id, state=_S.CANCELLED.value, ended_at=clock())
        return await _again(store, one)
    reach = await reach_of(store, asked)
    number = await _fill(store, clock(), one, one.audience, reach)
    await store.announcements.set(one.id, state=_S.SENDING.value, begun_at=clock(), number=number)
    await store.outbox.add(AnnouncementProgress(one.id), [asked.id], at=clock(), answering=asked.id)
    await _post_in_group(store, clock(), one, one.audience)
    return await _again(store, one)


async def _may_still(store: Store, asked: Person, one: Announcement) -> bool:
    """Whether the role, or the exchange, has not been taken from who wanted it sent."""
    if not await allowed(store, asked, Verb.ANNOUNCE):
        return False
    try:
        await require_reach(store, asked, one.audience)
    except NotYours:
        return False
    return True


async def _fill(
    store: Store, now: datetime, one: Announcement, audience: Audience, reach: Reach
) -> int:
    notice = AnnouncementMade(one.id, one.version)
    if one.when.timing is not Timing.LOCAL:
        return await store.announced.fill(notice, audience, reach, at=now, due=now)
    together: dict[datetime, list[str]] = {}
    for zone in await store.announced.zones(audience, reach):
        together.setdefault(due_in(one.when, zone, now), []).append(zone)
    number = 0
    for due, zones in together.items():
        number += await store.announced.fill(notice, audience, reach, at=now, due=due, zones=zones)
    return number


async def _post_in_group(
    store: Store, now: datetime, one: Announcement, audience: Audience
) -> None:
    """What is for an exchange as a whole stands in its Telegram group, too."""
    exchange = await store.exchanges.by_id(audience.exchange or 0) if audience.whole else None
    if exchange is not None and exchange.group is not None:
        notice = AnnouncementMade(one.id, one.version)
        await store.outbox.add_to_group(notice, exchange.group, at=now)


async def _again(store: Store, one: Announcement) -> Announcement:
    return await store.announcements.by_id(one.id) or one


async def _record(store: Store, clock: Clock, verb: str, one: Announcement, by: Person) -> None:
    await store.roles.record(verb, one.subject, by=by.id, at=clock())
