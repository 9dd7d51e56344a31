"""Verbs about changing an announcement that has been told. Where many have been told, a change
waits until another coordinator has released it; it is made under the announcement's lock, so that
it is made once, whoever presses."""

from actions.announcing import may_tell
from actions.releasing import coordinators
from actions.roles import require
from domain.announcements import Announcement, ProposedChange
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.notices import AnnouncementChangeReleased, AnnouncementChangeToRelease
from domain.people import Person
from domain.rules.announcements import may_release_change, may_take_change_back
from domain.rules.permissions import Verb
from storage.store import Store


async def make(
    store: Store, clock: Clock, one: Announcement, person: Person, language: str, html: str
) -> Announcement:
    """Let it read so from now on, as somebody has written it; in a transaction of the caller. A
    change that waits was meant for the words of before, and is dropped."""
    await store.proposed_changes.drop(one.id)
    await store.announcements.change(one.id, texts={**one.texts, language: html})
    await store.announced.correct(one, one.version + 1, at=clock())
    await store.roles.record("edit-announcement", one.subject, by=person.id, at=clock())
    return await store.announcements.by_id(one.id) or one


async def ask_others(
    store: Store, clock: Clock, one: Announcement, person: Person, language: str, html: str
) -> ProposedChange:
    """Keep a change until another coordinator has looked at it, in place of one that waits
    already; in a transaction of the caller. Proposed once more, the same one waits on."""
    before = await store.proposed_changes.of(one.id)
    same = (language, html, person.id)
    if before is not None and (before.language, before.html, before.proposed_by) == same:
        return before
    change = await store.proposed_changes.put(
        one.id, language=language, html=html, by=person.id, at=clock()
    )
    others = [
        each.id for each in await coordinators(store) if may_release_change(one, change, each.id)
    ]
    if not others:
        raise Refusal("refusal-nobody-to-release")
    await store.roles.record("propose-change", one.subject, by=person.id, at=clock())
    notice = AnnouncementChangeToRelease(one.id, change.number)
    await store.outbox.add(notice, others, at=clock())
    return change


async def waiting(
    store: Store, *, by: Person, announcement: int
) -> tuple[Announcement, ProposedChange]:
    """The change of an announcement that waits, to be read by every coordinator."""
    await require(store, by, Verb.ANNOUNCE)
    one = await store.announcements.by_id(announcement)
    if one is None:
        raise NotYours
    change = await store.proposed_changes.of(one.id)
    if change is None:
        raise Refusal("refusal-announcement-no-change")
    return one, change


async def release(
    store: Store, clock: Clock, *, by: Person, announcement: int, number: int
) -> tuple[Announcement, bool]:
    """Have a change made, as somebody who has neither proposed it nor written the announcement;
    whether it was made: one whose proposer may not announce it any more is dropped."""
    async with store.transaction():
        one, change = await _locked(store, by, announcement, number)
        if not may_release_change(one, change, by.id):
            raise Refusal("refusal-announcement-change-own")
        proposer = await store.people.by_id(change.proposed_by)
        if proposer is None or not await may_tell(store, proposer, one):
            await store.proposed_changes.drop(one.id)
            return one, False
        one = await make(store, clock, one, proposer, change.language, change.html)
        await store.roles.record("release-change", one.subject, by=by.id, at=clock())
        released = AnnouncementChangeReleased(one.id, change.number)
        await store.outbox.add(released, [proposer.id], at=clock())
        return one, True


async def take_back(store: Store, *, by: Person, announcement: int, number: int) -> Announcement:
    """Propose a change no longer, as who has proposed it or who wrote the announcement."""
    async with store.transaction():
        one, change = await _locked(store, by, announcement, number)
        if not may_take_change_back(one, change, by.id):
            raise NotYours
        await store.proposed_changes.drop(one.id)
        return one


async def _locked(
    store: Store, by: Person, announcement: int, number: int
) -> tuple[Announcement, ProposedChange]:
    """An announcement, which nobody else changes until the transaction ends, and the change of it
    that the person was shown; refused where that one does not wait any more."""
    await require(store, by, Verb.ANNOUNCE)
    await store.announcements.lock(announcement)
    one, change = await waiting(store, by=by, announcement=announcement)
    if change.number != number:
        raise Refusal("refusal-announcement-no-change")
    return one, change
