"""What may be done with an announcement in which state, and that it is sent once; on both
databases."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from actions import announced, announcing, erasure, releasing
from domain.announcements import MAY_BECOME, AnnouncementState, Timing, When
from domain.audiences import Audience
from domain.errors import Refusal
from domain.people import Person
from domain.roles import Role
from storage.store import Store
from tests.support.announcements import Announcing, arrives, asked, draft, sent, to_members
from tests.support.outboxes import rows
from tests.support.partners import SetClock
from tests.support.roles import holding

S = AnnouncementState
REFUSED, GONE = "refused", "gone"


async def scheduled(store: Store, clock: SetClock) -> Announcing:
    made = await to_members(store, clock)
    one = await releasing.send(
        store, clock, by=made.by, announcement=made.id, version=made.announcement.version,
        when=When(Timing.AT, clock() + timedelta(days=1)),
    )  # fmt: skip
    return Announcing(made.setting, one, clock)


async def waiting(store: Store, clock: SetClock) -> Announcing:
    made = await to_members(store, clock)
    audience = Audience(exchange=made.setting.exchange.id)
    return Announcing(made.setting, await asked(store, clock, made.by, audience), clock)


async def all_told(store: Store, clock: SetClock) -> Announcing:
    made = await sent(store, clock)
    await arrives(store, clock)
    await announced.follow(store, clock)
    return made


async def cancelled(store: Store, clock: SetClock) -> Announcing:
    made = await sent(store, clock)
    await releasing.cancel(store, clock, by=made.by, announcement=made.id)
    return made


async def withdrawn(store: Store, clock: SetClock) -> Announcing:
    made = await sent(store, clock)
    await announced.withdraw(store, clock, by=made.by, announcement=made.id)
    return made


STATES: dict[S, Callable[[Store, SetClock], Awaitable[Announcing]]] = {
    S.DRAFT: to_members,
    S.WAITING: waiting,
    S.SCHEDULED: scheduled,
    S.SENDING: sent,
    S.SENT: all_told,
    S.CANCELLED: cancelled,
    S.WITHDRAWN: withdrawn,
}
# What each verb makes of each state; a state that is not named stays as it is.
VERBS: dict[str, dict[S, S | str]] = {
    "send": {S.DRAFT: S.SENDING, S.CANCELLED: REFUSED, S.WITHDRAWN: REFUSED},
    "release": {**dict.fromkeys(S, REFUSED), S.WAITING: S.SENDING},
    "take_back": {**dict.fromkeys(S, REFUSED), **dict.fromkeys(
        (S.DRAFT, S.WAITING, S.SCHEDULED), S.DRAFT)},
    "cancel": {**dict.fromkeys(S, REFUSED), S.SENDING: S.CANCELLED, S.CANCELLED: S.CANCELLED},
    "withdraw": {**dict.fromkeys((S.DRAFT, S.WAITING, S.SCHEDULED), REFUSED), **dict.fromkeys(
        (S.SENDING, S.SENT, S.CANCELLED), S.WITHDRAWN)},
    "retry_unknown": {**dict.fromkeys(S, REFUSED), S.SENDING: S.SENDING, S.SENT: S.SENT},
    "edit": {**dict.fromkeys((S.DRAFT, S.WAITING, S.SCHEDULED, S.WITHDRAWN), REFUSED)},
    "throw_away": {**dict.fromkeys(S, REFUSED), S.DRAFT: GONE},
    "begin_due": {S.SCHEDULED: S.SENDING},
    "follow": {},
}  # fmt: skip


class Undone(Exception):
    """It was done, and is to be undone."""


async def do(store: Store, made: Announcing, verb: str, other: Person) -> None:
    one = await store.announcements.by_id(made.id)
    module = next(each for each in (announced, announcing, releasing) if hasattr(each, verb))
    given: dict[str, object] = {"by": made.by, "announcement": made.id}
    if verb in ("begin_due", "follow"):
        given = {}
    if verb in ("send", "release"):
        given["version"] = one.version if one else 0
    if verb == "release":
        given["by"] = other
    if verb == "edit":
        given |= {"language": "fr", "html": "Bonjour"}
    clocks = () if verb in ("take_back", "throw_away") else (made.clock,)
    await getattr(module, verb)(store, *clocks, **given)


async def becomes(store: Store, made: Announcing, verb: str, other: Person) -> S | str:
    try:
        await do(store, made, verb, other)
    except Refusal:
        return REFUSED
    one = await store.announcements.by_id(made.id)
    return GONE if one is None else one.state


@pytest.mark.parametrize("state", S)
async def test_what_every_verb_makes_of_a_state(store: Store, state: S) -> None:
    clock, found, again = SetClock(), {}, {}
    other = await holding(store, clock, Role.COORDINATOR)
    made = await STATES[state](store, clock)
    one = await store.announcements.by_id(made.id)
    assert one is not None
    assert one.state is state
    clock.move(days=1)
    for verb in VERBS:
        with suppress(Undone):
            async with store.unit():
                found[verb] = await becomes(store, made, verb, other)
                again[verb] = await becomes(store, made, verb, other)
                raise Undone
    assert found == {verb: into.get(state, state) for verb, into in VERBS.items()}
    changed = {into for into in found.values() if isinstance(into, S) and into is not state}
    assert changed <= MAY_BECOME[state]
    # A second time changes nothing more.
    assert again == {verb: REFUSED if into is GONE else into for verb, into in found.items()}


async def test_who_may_announce_no_more_has_nothing_released(store: Store) -> None:
    clock = SetClock()
    other = await holding(store, clock, Role.COORDINATOR)
    made = await waiting(store, clock)
    async with store.transaction():
        await store.roles.revoke(made.by.id, Role.COORDINATOR)
    assert await becomes(store, made, "release", other) is S.CANCELLED
    assert [row.kind for row in await rows(store)].count("AnnouncementMade") == 0


async def test_two_coordinators_on_two_replicas_send_it_once(
    store: Store, database_url: str
) -> None:
    made = await to_members(store, SetClock())
    other = await holding(store, made.clock, Role.ADMINISTRATOR)
    replica = Store(database_url)
    try:
        both = await asyncio.gather(
            *(
                releasing.send(
                    where, made.clock, by=by, announcement=made.id,
                    version=made.announcement.version,
                )
                for where, by in ((store, made.by), (replica, other))
            )
        )  # fmt: skip
    finally:
        await replica.close()
    assert [one.state for one in both] == [S.SENDING] * 2
    kinds = [row.kind for row in await rows(store)]
    assert (kinds.count("AnnouncementMade"), kinds.count("AnnouncementProgress")) == (3, 1)
    async with store.transaction():
        trail = await store.roles.trail(limit=9)
    assert [entry.verb for entry in trail].count("send-announcement") == 1


async def test_two_coordinators_on_two_replicas_release_it_once(
    store: Store, database_url: str
) -> None:
    clock = SetClock()
    others = [await holding(store, clock, Role.COORDINATOR) for _ in range(2)]
    made = await waiting(store, clock)
    replica = Store(database_url)
    try:
        await asyncio.gather(
            *(
                releasing.release(
                    where, clock, by=by, announcement=made.id, version=made.announcement.version
                )
                for where, by in zip((store, replica), others, strict=True)
            )
        )
    finally:
        await replica.close()
    kinds = [row.kind for row in await rows(store)]
    assert (kinds.count("AnnouncementMade"), kinds.count("AnnouncementReleased")) == (3, 1)


async def test_drafts_go_with_who_wrote_them_and_what_was_told_stays(store: Store) -> None:
    made = await sent(store, SetClock())
    one = await draft(store, made.clock, made.by, None)
    await erasure.erase(store, made.clock, made.by)
    assert await store.announcements.by_id(one.id) is None
    told = await store.announcements.by_id(made.id)
    assert told == replace(made.announcement, author=None, asked_by=None)
