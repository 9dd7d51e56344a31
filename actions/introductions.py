"""Verbs about introductions: ask, accept, decline, withdraw; remind and expire in time."""

from actions import telling
from domain.clock import Clock
from domain.errors import NoLongerOpen, NotYours, ProfileIncomplete, Refusal
from domain.introductions import Introduction, IntroductionState, Patience
from domain.notices import (
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionExpired,
    IntroductionReminder,
    IntroductionWithdrawn,
)
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.dismissals import bars_requests
from domain.rules.fullness import is_full
from storage.store import Store


async def ask(store: Store, clock: Clock, *, by: Person, organisation: int) -> Introduction:
    """Ask to be introduced. Asking twice returns the request that is open; when the other side
    has asked already, asking is agreeing. Who has declined is not asked again, but may ask; so may
    who takes no further partner for now."""
    async with store.transaction():
        own = await _published(store, by)
        other = await store.organisations.by_id(organisation)
        if other is None or not other.published or other.id == own.id:
            raise Refusal("refusal-partner-gone")
        await _past_dismissals(store, own.id, other.id)
        before = await store.introductions.between(own.id, other.id)
        if before is not None and before.open and before.asked == own.id:
            return await accept(store, clock, by=by, introduction=before.id)
        if before is not None and (before.open or before.state is IntroductionState.ACCEPTED):
            return before
        if before is not None and before.declined_by(other.id):
            raise NoLongerOpen
        if is_full(other, clock().date()):
            raise Refusal("refusal-partner-full")
        made = await store.introductions.add(
            asking=own.id, asked=other.id, asked_by=by.id, at=clock()
        )
        if made is None:
            return await _asked_at_once(store, clock, by, own, other)
        await telling.tell(store, clock, IntroductionAsked(made.id), other.id)
        return made


async def _asked_at_once(
    store: Store, clock: Clock, by: Person, own: Organisation, other: Organisation
) -> Introduction:
    """Somebody else has asked in the same moment: a colleague, or the other side."""
    there = await store.introductions.between(own.id, other.id)
    if there is None or not there.open:
        raise NoLongerOpen
    if there.asking == own.id:
        return there
    return await accept(store, clock, by=by, introduction=there.id)


async def accept(store: Store, clock: Clock, *, by: Person, introduction: int) -> Introduction:
    """Agree: both sides are shown each other's contacts. Agreeing twice changes nothing."""
    async with store.transaction():
        found = await _asked(store, by, introduction)
        settled = await _settle(store, clock, found, IntroductionState.ACCEPTED, by=by)
        if settled:
            await telling.tell(store, clock, IntroductionAccepted(found.id), found.asking)
            await telling.tell(
                store, clock, IntroductionAccepted(found.id), found.asked, answering=by
            )
        return await _again(store, found)


async def decline(store: Store, clock: Clock, *, by: Person, introduction: int) -> Introduction:
    """Rather not: the other side is told, without a reason and without a name."""
    async with store.transaction():
        found = await _asked(store, by, introduction)
        if await _settle(store, clock, found, IntroductionState.DECLINED, by=by):
            await telling.tell(store, clock, IntroductionDeclined(found.id), found.asking)
        return await _again(store, found)


async def withdraw(store: Store, clock: Clock, *, by: Person, introduction: int) -> Introduction:
    """Take a request back that nobody has answered yet."""
    async with store.transaction():
        found = await _found(store, introduction)
        own = await store.organisations.of(by.id)
        if own is None or found.asking != own.id:
            raise NotYours
        if await _settle(store, clock, found, IntroductionState.WITHDRAWN, by=by):
            await telling.tell(store, clock, IntroductionWithdrawn(found.id), found.asked)
        return await _again(store, found)


async def remind_due(store: Store, clock: Clock, patience: Patience) -> int:
    """Remind, once, of requests that nobody has answered; how many."""
    async with store.transaction():
        due = await store.introductions.to_be_reminded(clock() - patience.remind_after)
        alive = [one for one in due if one.asked_at > clock() - patience.expire_after]
        for one in alive:
            await telling.tell(store, clock, IntroductionReminder(one.id), one.asked)
        await store.introductions.record_reminder([one.id for one in alive], at=clock())
        return len(alive)


async def expire_due(store: Store, clock: Clock, patience: Patience) -> int:
    """Close requests that nobody has answered in time, and tell who asked; how many."""
    async with store.transaction():
        due = await store.introductions.unanswered_since(clock() - patience.expire_after)
        for one in due:
            if await _settle(store, clock, one, IntroductionState.EXPIRED, by=None):
                await telling.tell(store, clock, IntroductionExpired(one.id), one.asking)
        return len(due)


async def _published(store: Store, person: Person) -> Organisation:
    own = await store.organisations.of(person.id)
    if own is not None and own.hidden_at is not None:
        raise Refusal("refusal-organisation-hidden")
    if own is None or not own.published:
        raise ProfileIncomplete
    return own


async def _past_dismissals(store: Store, own: int, other: int) -> None:
    """Where either has reported the other there is no way; who has only set the other aside, and
    now asks, has thought better of it."""
    ours = await store.dismissals.between(own, other)
    theirs = await store.dismissals.between(other, own)
    if any(one is not None and bars_requests(one) for one in (ours, theirs)):
        raise Refusal("refusal-partner-gone")
    if ours is not None:
        await store.dismissals.remove(own, other)


async def _found(store: Store, introduction: int) -> Introduction:
    """The introduction; one whose other side has been erased is simply over."""
    found = await store.introductions.by_id(introduction)
    if found is None:
        raise NoLongerOpen
    return found


async def _asked(store: Store, by: Person, introduction: int) -> Introduction:
    """The introduction, if this person speaks for the side that was asked."""
    found = await _found(store, introduction)
    own = await store.organisations.of(by.id)
    if own is None or found.asked != own.id:
        raise NotYours
    return found


async def _again(store: Store, introduction: Introduction) -> Introduction:
    return await _found(store, introduction.id)


async def _settle(
    store: Store,
    clock: Clock,
    introduction: Introduction,
    state: IntroductionState,
    *,
    by: Person | None,
) -> bool:
    """Close it. False when it stands so already; refuses when it was settled otherwise."""
    if introduction.state is state:
        return False
    done = await store.introductions.settle(
        introduction.id, state, by=by.id if by else None, at=clock()
    )
    if done:
        return True
    # A colleague may have answered in the same moment; the same answer is no contradiction.
    if (await _again(store, introduction)).state is not state:
        raise NoLongerOpen
    return False
